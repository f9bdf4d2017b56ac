"""Read the number that a title gives its post in a series: （一）, (3), （上）, ：7、, 第二篇, Part 2."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_DIGITS: Final = {mark: value for value, mark in enumerate("零一二三四五六七八九十")} | {"〇": 0, "两": 2}
_HALVES: Final = {"上": 1, "中": 2, "下": 3}
_ROMAN: Final = {"I": 1, "V": 5, "X": 10}

_NUMBER: Final = r"(?P<number>[0-9]{1,3}|[零〇一二两三四五六七八九十]{1,3}|[上中下]|[IVX]{1,5})"
_PATTERNS: Final = (
    re.compile(rf"[(（【\[]{_NUMBER}(?:/[0-9]{{1,3}})?[)）】\]]"),
    re.compile(rf"[:：]\s*{_NUMBER}(?:、|[.．](?![0-9]))(?=\s*\S)"),
    re.compile(rf"第{_NUMBER}[篇章部讲节回期]"),
    re.compile(rf"\b[Pp]art\s*{_NUMBER}\b"),
)
_EDGES: Final = " \t,，:：·⋅—–-"
_MARKS: Final = {"《": "》", "“": "”", "「": "」", "【": "】", "[": "]"}


@dataclass(frozen=True, slots=True)
class Part:
    """What a title says of its post's place in a series."""

    name: str  # of the series: 最小熵原理
    number: int
    label: str  # the name with the number: 最小熵原理（一）
    rest: str  # what follows: 无监督学习的原理
    half: bool  # numbered by 上, 中 or 下: 1, 2 and 3, of which 中 may be missing


def part_of(title: str) -> Part | None:
    """Return what ``title`` says of a series: its first number counts. None when it has none."""
    matches = [match for pattern in _PATTERNS if (match := pattern.search(title))]
    if not matches:
        return None
    match = min(matches, key=re.Match.start)
    name = _bare(title[: match.start()])
    if not name:
        return None
    label = title[: match.end()].lstrip("".join(_MARKS))
    rest = title[match.end() :].lstrip("".join(_MARKS.values()))
    return Part(name, _value(match["number"]), label.strip(_EDGES), rest.strip(_EDGES), match["number"] in _HALVES)


def _bare(name: str) -> str:
    """A series' name without marks around it, or with the one alone that its number cut off: 《虚拟的实在(3)》."""
    name = name.strip(_EDGES)
    closing = _MARKS.get(name[:1])
    if closing and closing not in name[:-1]:
        name = name[1:].removesuffix(closing)
    return name.strip(_EDGES)


def _value(number: str) -> int:
    if number.isdecimal():
        return int(number)
    if number in _HALVES:
        return _HALVES[number]
    if number[0] in _ROMAN:
        return _roman(number)
    return _chinese(number)


def _roman(number: str) -> int:
    values = [_ROMAN[letter] for letter in number]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))


def _chinese(number: str) -> int:
    """十二 is 12, 二十 is 20, 二十一 is 21; digits in a row, as in 一〇, are read one by one."""
    if "十" in number:
        tens, _, ones = number.partition("十")
        return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones[:1], 0)
    return int("".join(str(_DIGITS[mark]) for mark in number))
