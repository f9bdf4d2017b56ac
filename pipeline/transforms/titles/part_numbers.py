"""Read the number that a title gives its post in a series: （一）, (3), （上）, ：7、, 第二篇, Part 2, 其一, ①, #4."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pipeline.han import HAN

_DIGITS: Final = {mark: value for value, mark in enumerate("零一二三四五六七八九十")} | {"〇": 0, "两": 2}
_HALVES: Final = {"上": 1, "前": 1, "中": 2, "下": 3, "后": 3}
_ROMAN: Final = {"I": 1, "V": 5, "X": 10}
_SINGLE: Final = _HALVES | {chr(0x2460 + place): place + 1 for place in range(20)}  # ① to ⑳

_NUMERALS: Final = "[零〇一二两三四五六七八九十]{1,3}"
_NUMBER: Final = rf"(?P<number>[0-9]{{1,3}}|{_NUMERALS}|[上中下]|[IVX]{{1,5}})"
_HALF: Final = r"(?P<number>[上中下]|[前后](?=篇))[篇集部]?"
_WORD: Final = "part|teil|folge|partie|épisode|parte|deel|część|часть"
_END: Final = r"(?=\s*(?:$|[:：(（》」”]))"
_PATTERNS: Final = (
    re.compile(rf"[(（【\[]{_NUMBER}(?:/[0-9]{{1,3}})?[)）】\]]"),
    re.compile(rf"[:：]\s*{_NUMBER}(?:、|[.．](?![0-9]))(?=\s*\S)"),
    re.compile(rf"第{_NUMBER}[篇章部讲节回期天课季集]"),
    re.compile(rf"\b(?i:{_WORD})\s*{_NUMBER}(?:/[0-9]{{1,3}})?(?!\w)"),
    re.compile(rf"[(（【\[]{_HALF}[)）】\]]"),
    re.compile(rf"[:：\s·—–-]{_HALF}{_END}"),
    re.compile(rf"[(（]其(?P<number>{_NUMERALS})[)）]"),
    re.compile(rf"[其之](?P<number>{_NUMERALS}){_END}"),
    re.compile(r"(?P<number>[①-⑳])"),
    re.compile(r"(?<![A-Za-z])[#＃](?P<number>[0-9]{1,3})\b"),
)
_BARE: Final = (  # a number without a mark may be part of a name: GPT 2, Windows 10
    re.compile(rf"(?<=[{HAN}\s])(?P<number>[1-9][0-9]?){_END}"),
    re.compile(rf"(?<=\s)(?P<number>[IVX]{{1,4}}){_END}"),
)
_EDGES: Final = " \t,，:：·⋅—–-"
_MARKS: Final = {"《": "》", "“": "”", "「": "」", "【": "】", "[": "]"}


@dataclass(frozen=True, slots=True)
class SeriesPart:
    """What a title says of its post's place in a series."""

    name: str  # of the series: 最小熵原理
    number: int
    mark: str  # the number as the title has it: 一
    label: str  # the name with the number: 最小熵原理（一）
    rest: str  # what follows: 无监督学习的原理
    half: bool  # numbered by 上, 中 or 下: 1, 2 and 3, of which 中 may be missing
    bare: bool  # the number stands without a mark: 论文笔记1


def part_of(title: str) -> SeriesPart | None:
    """Return what ``title`` says of a series: its first number, one with a mark if there is; None without."""
    match = _first(_PATTERNS, title) or _first(_BARE, title)
    name = _unmarked(title[: match.start()]) if match else ""
    if match is None or not name:
        return None
    label = title[: match.end()].lstrip("".join(_MARKS)).strip(_EDGES)
    rest = title[match.end() :].lstrip("".join(_MARKS.values())).strip(_EDGES)
    mark = match["number"]
    return SeriesPart(name, _value(mark), mark, label, rest, half=mark in _HALVES, bare=match.re in _BARE)


def _first(patterns: Iterable[re.Pattern[str]], title: str) -> re.Match[str] | None:
    found = (match for pattern in patterns if (match := pattern.search(title)))
    return min(found, key=re.Match.start, default=None)


def _unmarked(name: str) -> str:
    """A series' name without marks around it, or with the one alone that its number cut off: 《虚拟的实在(3)》."""
    name = name.strip(_EDGES)
    closing = _MARKS.get(name[:1])
    if closing and closing not in name[:-1]:
        name = name[1:].removesuffix(closing)
    return name.strip(_EDGES)


def _value(number: str) -> int:
    if number.isdecimal():
        return int(number)
    if number in _SINGLE:
        return _SINGLE[number]
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
