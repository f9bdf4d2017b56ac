"""Recognise posts that are numbered as a series: （一）（二）, (3), 上/下, 系列：7、.

A number alone makes no series: two posts at least share the name, and their numbers differ.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import Final, NamedTuple

from pipeline.book import Book, Post, SeriesPlace
from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.fold import fold
from pipeline.walk import source_text

_CHINESE_DIGITS: Final = {mark: value for value, mark in enumerate("零一二三四五六七八九十")} | {"〇": 0, "两": 2}
_HALVES: Final = {"上": 1, "中": 2, "下": 3}

_NUMBER: Final = r"(?P<number>[0-9]{1,3}|[零〇一二两三四五六七八九十]{1,3}|上|中|下|[IVX]{1,5})"
_PATTERNS: Final = (
    re.compile(rf"^(?P<name>.+?)[(（【\[]{_NUMBER}[)）】\]]"),  # 最小熵原理（一）：…
    re.compile(rf"^(?P<name>[^:：]+)[:：]\s*{_NUMBER}[、.．]\s*\S"),  # 生成扩散模型漫谈：1、…
    re.compile(rf"^(?P<name>.+?)[\s—–-]*第{_NUMBER}[篇章部讲节回期]"),
    re.compile(rf"^(?P<name>.+?)[\s,，—–-]+[Pp]art\s*{_NUMBER}\b"),
)
_ROMAN: Final = {"I": 1, "V": 5, "X": 10}


class _Entry(NamedTuple):
    """One post of a series: its number, and its place among the posts of the book."""

    number: int
    post: int


def series(book: Book, reporter: Reporter) -> Book:
    """Return ``book`` with ``Post.series`` set on every post that belongs to one."""
    groups: defaultdict[str, list[_Entry]] = defaultdict(list)
    names: dict[str, str] = {}
    for index, post in enumerate(book.posts):
        found = numbered(source_text(post.title))
        if found:
            name, number = found
            names.setdefault(fold(name), name)
            groups[fold(name)].append(_Entry(number, index))
    posts = list(book.posts)
    for key, entries in groups.items():
        _place(posts, names[key], sorted(entries), reporter)
    return replace(book, posts=tuple(posts))


def _place(posts: list[Post], name: str, entries: list[_Entry], reporter: Reporter) -> None:
    """Number the posts of one series; the same number twice means that the name is not a series' name."""
    numbers = [entry.number for entry in entries]
    if len(entries) < 2 or len(set(numbers)) < len(numbers):  # noqa: PLR2004 - one post is no series
        return
    for place, entry in enumerate(entries, start=1):
        posts[entry.post] = replace(posts[entry.post], series=SeriesPlace(name, place))
    missing = sorted(set(range(1, numbers[-1])) - set(numbers))
    if missing and not _halves(numbers):
        listed = ", ".join(map(str, missing))
        reporter.report(Code.SERIES_GAP, f"the series {name!r} has no part {listed}", posts[entries[0].post].span)


def _halves(numbers: list[int]) -> bool:
    """上 and 下 without 中 are a whole."""
    return numbers == [1, 3]


def numbered(title: str) -> tuple[str, int] | None:
    """Return the name of the series that ``title`` belongs to and its number in it; None when it has no number."""
    for pattern in _PATTERNS:
        match = pattern.match(title)
        if match:
            return _bare(match["name"]), _value(match["number"])
    return None


def _bare(name: str) -> str:
    """A series' name without the quotation mark that only a part's title closes: 《虚拟的实在(3)》."""
    name = name.strip(" ,，:：—–-")
    return name[1:] if name[:1] in "《“「『" and not re.search("[》”」』]", name) else name


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
        return _CHINESE_DIGITS.get(tens, 1) * 10 + _CHINESE_DIGITS.get(ones, 0)
    return int("".join(str(_CHINESE_DIGITS[mark]) for mark in number))
