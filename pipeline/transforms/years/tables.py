"""What tells the year of a post: phrases, festivals and animals, apart from the logic that weighs them.

Patterns are searched in text whose marks may be full-width or ASCII, and never inside 《》 or “”: there others speak.
``YEAR`` stands for four digits that are no part of a longer number. Chinese is written in simplified characters here
and found in traditional ones too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from typing import Final, TypeVar

_T = TypeVar("_T")

FIRST: Final = 2000
LAST: Final = 2030
"""Festivals fall on the same day again after 8, 11 or 19 years, so they are looked for in these years alone."""

DIGITS: Final = re.compile("20[0-9]{2}|[aA]r[xX]iv")
"""Where a pattern with a year can match at all."""

_TRADITIONAL: Final = dict(
    zip(
        "现经过转间来总结顾乐进个后终马别见几开写于记发节阳腊农历阴传统刚为龙鸡猪论综献证布周这两",
        "現經過轉間來總結顧樂進個後終馬別見幾開寫於記發節陽臘農曆陰傳統剛為龍雞豬論綜獻證佈週這兩",
        strict=True,
    )
)
"""The simplified characters of the patterns that traditional Chinese writes otherwise."""


def _either(pattern: str) -> str:
    """Return ``pattern`` for both ways to write Chinese: each such character outside of a class becomes a class."""
    pieces: list[str] = []
    in_class = False
    for character in pattern:
        in_class = (in_class or character == "[") and character != "]"
        both = character + _TRADITIONAL.get(character, "")
        pieces.append(f"[{both}]" if len(both) > 1 and not in_class else both)
    return "".join(pieces)


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(_either(pattern.replace("YEAR", _YEAR)))


def _in_both(names: Mapping[str, _T]) -> dict[str, _T]:
    """Return ``names``, each also as traditional Chinese writes it."""
    table = str.maketrans(_TRADITIONAL)
    return {**names, **{name.translate(table): value for name, value in names.items()}}


_YEAR: Final = r"(?<![0-9.])(?P<year>20[0-9]{2})(?![0-9.])"


class Turn(Enum):
    """How the year in a phrase is related to the year of the post."""

    SAME = 0  # the post is of that year
    BEFORE = 1  # the phrase names the year before the post's
    AFTER = -1  # the phrase names the year after the post's
    COMING = 2  # said around New Year of the year that begins
    GOING = 3  # said around New Year of the year that ends


STATEMENTS: Final = tuple(
    (_compile(pattern), turn)
    for pattern, turn in (
        (r"(?:今年|现在|如今|眼下)(?:已经?)?是YEAR年", Turn.SAME),
        (r"(?:都|已经?)(?:是|到)?YEAR年了", Turn.SAME),
        (r"(?:转眼|一转眼|一晃|眨眼)(?:间|就|又|已经?)*(?:到了?|是)?YEAR年", Turn.SAME),
        (r"YEAR年(?:已经?)?(?:过半|过去了?一半|过去了?大半)", Turn.SAME),
        (r"\b[Ii]t(?:['’]s| is) already YEAR\b", Turn.SAME),
        (r"\b[Tt]his year \(YEAR\)", Turn.SAME),
        (r"\b[Ll]ast year \(YEAR\)", Turn.BEFORE),
        (r"\b[Nn]ext year \(YEAR\)", Turn.AFTER),
        (r"\b(?:[Hh]appy|[Ww]elcome(?: to)?|[Hh]ello,?) (?:[Nn]ew [Yy]ear,? )?YEAR\b", Turn.COMING),
        (r"\b(?:[Gg]oodbye|[Ff]arewell),? YEAR\b", Turn.GOING),
        (r"\bYEAR (?:[Ii]n [Rr]eview|[Yy]ear [Ii]n [Rr]eview|[Rr]etrospective)\b", Turn.GOING),
        (r"今年[(（]YEAR年?[)）]", Turn.SAME),
        (r"YEAR年[(（]今年[)）]", Turn.SAME),
        (r"去年[(（]YEAR年?[)）]", Turn.BEFORE),
        (r"YEAR年[(（]去年[)）]", Turn.BEFORE),
        (r"明年[(（]YEAR年?[)）]", Turn.AFTER),
        (r"YEAR年[(（]明年[)）]", Turn.AFTER),
        (r"YEAR年?(?:新年|元旦|新春)?快乐", Turn.COMING),
        (r"(?:迎来|迎接|跨入|踏入|进入|你好[,，]?)(?:了|崭新的|新的)?YEAR(?:年(?!以?后|以来|代)|$|[!！])", Turn.COMING),
        (r"YEAR年?的?(?:第一天|第一篇|开篇)", Turn.COMING),
        (r"(?:告别|再见[,，]?|送走)(?:了)?YEAR", Turn.GOING),
        (r"YEAR年?的?(?:最后一天|最后几天|最后一个月|最后一篇|年终总结|年度总结|总结|回顾)", Turn.GOING),
        (r"YEAR年(?:就要|即将|已经?|马上)?(?:过去|结束)(?!了?(?:一半|大半))", Turn.GOING),
    )
)

DATED: Final = _compile(
    r"(?P<when>今天|今晚|今日|昨天|昨晚|明天|明晚|现在是|写于|记于|发表于)[^\n。]{0,6}?"
    r"YEAR年(?P<month>1[0-2]|[1-9])月(?P<day>[12][0-9]|3[01]|[1-9])日"
)
"""A whole date that the text calls its own day, or the day beside it."""

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH: Final = rf"(?P<month>{'|'.join(MONTHS)})[a-z]{{0,6}}\.?"
_CITED_DAY: Final = r"(?P<day>[12][0-9]|3[01]|[1-9])"
CITED: Final = tuple(
    _compile(rf"[(（]{day}[)）](?P<title>[^\n]{{0,200}}?)\[Blog post\]")
    for day in (rf"{_MONTH} {_CITED_DAY}[,，] ?YEAR", rf"YEAR[,，] ?{_MONTH} {_CITED_DAY}")
)
"""How a blog says that a post is to be cited, in the form of the APA, by the day on which it was written."""

COLUMN_DAYS: Final = 50
"""How far from the middle of its month a monthly column may stand."""

TITLE_MONTH: Final = re.compile(_YEAR + r"年(?P<month>1[0-2]|[1-9])月")
"""A title that names a month, as monthly columns do: 2010年10月重要天象."""

DAYS: Final = _in_both(
    {"今天": 0, "今日": 0, "今晚": 0, "昨天": -1, "昨晚": -1, "前天": -2, "明天": 1, "明晚": 1, "后天": 2}
)

FESTIVALS: Final = _in_both(
    {
        "春节": (1, 1),
        "年三十": (12, 30),
        "除夕": (12, 30),
        "大年初一": (1, 1),
        "年初一": (1, 1),
        "正月初一": (1, 1),
        "大年初二": (1, 2),
        "年初二": (1, 2),
        "大年初三": (1, 3),
        "年初三": (1, 3),
        "元宵": (1, 15),
        "正月十五": (1, 15),
        "端午": (5, 5),
        "七夕": (7, 7),
        "中秋": (8, 15),
        "重阳": (9, 9),
        "腊八": (12, 8),
    }
)
"""Month and day in the lunar calendar; (12, 30) is its last day, though the month may have 29."""

_NAMES: Final = "|".join(sorted(FESTIVALS, key=len, reverse=True))
TODAY: Final = _compile(
    rf"(?P<when>{'|'.join(DAYS)})(?:就|正好|刚好|恰好|恰逢|又|已经)?(?:是|为)?(?:农历的?|阴历的?|传统的?)?(?P<name>{_NAMES})"
)
GREETING: Final = _compile(rf"(?P<name>{_NAMES})节?(?:快乐|愉快|安康|吉祥)")
GREETED: Final = _in_both({"春节": (-7, 3)})
GREETED_DAYS: Final = (-1, 2)
"""How many days after a post the festival may be that it greets: at least, and at most; negative: before."""

ANIMALS: Final = _in_both({animal: place for place, animal in enumerate("鼠牛虎兔龙蛇马羊猴鸡狗猪")})
ANIMAL: Final = _compile(rf"(?P<animal>[{''.join(ANIMALS)}])年(?:快乐|大吉|吉祥|行大运|新春|新年好|春节)")
FIRST_RAT: Final = 2008  # a year of the rat, the first animal

PAST: Final = tuple(
    (_compile(pattern), later)
    for pattern, later in (
        (r"早在YEAR年", 0),
        (r"YEAR年的(?:论文|文章|工作|文献|综述|博客)", 0),
        (r"于YEAR年(?:[0-9]{1,2}月)?(?:就)?(?:提出|发表|发布|公开|开源|出版|发现|证明)", 0),
        (r"(?:ICLR|ICML|NeurIPS|NIPS|ACL|EMNLP|NAACL|CVPR|ICCV|ECCV|AAAI|IJCAI|KDD)[ -]?YEAR", -1),
    )
)
"""What the text says is past; a conference's papers are read from the autumn of the year before it."""

ARXIV: Final = re.compile(
    r"arxiv(?:\.org/(?:abs|pdf)/|: ?)(?P<year>[0-9]{2})(?P<month>0[1-9]|1[0-2])\.[0-9]{4,5}", re.IGNORECASE
)
"""An identifier that says its month since April 2007 (arXiv identifier scheme)."""

NEAR: Final = (
    (_compile(r"(?:昨天|昨晚|前天)[^\n。]{0,16}$"), 3),
    (_compile(r"(?:前几天|前些天|前两天|这几天|几天前)[^\n。]{0,16}$"), 31),
    (_compile(r"(?:上周|上一周|上个?星期)[^\n。]{0,16}$"), 16),
    (_compile(r"(?:上个?月|半个?月前|一个月前)[^\n。]{0,16}$"), 75),
)
"""What stands before the title of another post, and how many days ago that post then is at most."""

LAST_YEAR: Final = _compile(r"去年[^\n。,，]{0,12}$")
ELSEWHERE: Final = re.compile(r"《[^《》\n]{0,200}》|“[^“”\n]{0,400}”|「[^「」\n]{0,400}」")
"""What is said there, others say."""
