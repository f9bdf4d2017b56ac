"""Date lines: every form in which a dump may write the day above a post."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from unicodedata import normalize

from pipeline.readers.months import MONTHS

_MONTHS_OF_A_YEAR: Final = 12
_LEAP: Final = 2000  # a year that has every day
_LONGEST: Final = 80
_DATED: Final = re.compile(r"\d|年")  # what every day has

_MONTH: Final = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
_DAY: Final = r"(?P<day>[0-9]{1,2})"
_YEAR: Final = r"(?P<year>[12][0-9]{3})"
_DIGITS: Final = "〇一二三四五六七八九"
_UNIT: Final = f"[{_DIGITS[1:]}]"
SLASHED: Final = "slashed"  # 3/12/2019: which number is the month, the other days of a dump tell, if anything
_FORMS: Final = (
    ("day month", rf"{_DAY}(?:st|nd|rd|th|er|\.)?[ -](?:de )?{_MONTH}(?:,?[ -](?:de )?{_YEAR})?"),
    ("month day", rf"{_MONTH} {_DAY}(?:st|nd|rd|th)?(?:,? {_YEAR})?"),
    ("numeric", rf"{_YEAR}(?P<separator>[-/.])(?P<month>[0-9]{{1,2}})(?P=separator){_DAY}"),
    (SLASHED, rf"(?P<month>[0-9]{{1,2}})(?P<separator>[-/]){_DAY}(?P=separator){_YEAR}"),
    ("dotted", rf"{_YEAR}\. ?(?P<month>[0-9]{{1,2}})\. ?{_DAY}\.?"),
    ("german", rf"{_DAY}\.(?P<month>[0-9]{{1,2}})\.{_YEAR}"),
    ("chinese", rf"(?:{_YEAR} ?[年년] ?)?(?P<month>[0-9]{{1,2}}) ?[月월] ?{_DAY} ?[日号號일]"),
    (
        "written out",
        rf"(?P<year>[{_DIGITS}]{{4}})年(?P<month>十[一二]?|{_UNIT})月(?P<day>[二三]?十{_UNIT}?|{_UNIT})[日号號]",
    ),
)
_WEEKDAY: Final = (
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?|(?:星期|周|週|礼拜|禮拜)[一二三四五六日天]"
    r"|[日月火水木金土](?:曜日?)?|[일월화수목금토](?:요일)?"
)
_SIGNED: Final = r"(?:(?:posted )?by [^.!?:;。|]{2,40}?(?: on |,? ?[|·•] ?)|作者 ?:? ?[^\s.!?;。|]{1,20} +)"
"""Who wrote, before the day."""
_BEFORE: Final = (
    rf"(?:[^\w\s\"'(\[<>$#*+-]\ufe0f? ?)?(?P<signed>{_SIGNED})?"
    r"(?P<label>(?:posted on|published on|(?:last )?updated on|posted @|发表于|发布于|發表於|發佈於|写于|首发于"
    rf"|(?:最后)?更新于|日期|时间) ?:? ?|date ?: ?)?(?:(?:{_WEEKDAY}),? )?"
)
_TIME: Final = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[ap]\.?m\.?|z| ?[+-][0-9]{2}:?[0-9]{2})?"
_AFTER: Final = rf"(?:,? ?\(?(?:{_WEEKDAY})\)?)?(?:[ ,t]+(?:at |(?:[上下]午|오[전후]) ?)?{_TIME})?"
_LABEL: Final = (
    r"by |作者(?![注按])|分类|分類|标签|标籤|(?:[^\s.!?;,。|]{1,20} +)?(?:阅读|閱讀|浏览|评论)[^0-9]{0,8}[0-9]"
    r"|更新(?:于|时间|日期)? ?:? ?[0-9]|字数|约 ?[0-9]|[0-9,]+ ?(?:字|views?|comments?|min)"
)
_BESIDE: Final = (
    rf"(?P<beside>(?: ?[|·•/]+ ?|[ \t]{{2,}}|,? ?)(?:{_LABEL})[^.!?;。]*|(?: ?[|·•] ?| / )(?![0-9])[^.!?;:。]{{2,40}})"
)
"""What themes say behind a day that has a year: author, category, how often it was read; some without a label."""
_PATTERNS: Final = tuple(
    (form, re.compile(f"{_BEFORE}{body}{_AFTER}{_BESIDE}?", re.IGNORECASE)) for form, body in _FORMS
)


@dataclass(frozen=True, slots=True)
class DateLine:
    """A day as a line states it. ``form`` names how: all posts of a dump write their days alike, year or not."""

    form: str
    year: int | None
    month: int
    day: int

    @property
    def exists(self) -> bool:
        """Whether the calendar has this day, in either order if it may be; 29 February without a year does exist."""
        return _exists(self) or (self.form == SLASHED and _exists(_turned(self)))


def settled(days: Sequence[DateLine]) -> tuple[DateLine | None, ...]:
    """Return ``days`` with month and day in their order; None for those of which nothing tells which is the month.

    What tells is that more of such days exist in one order than in the other. None as well for those that then do not.
    """
    doubtful = [day for day in days if day.form == SLASHED]
    month_first, day_first = sum(map(_exists, doubtful)), sum(map(_exists, map(_turned, doubtful)))
    ordered = ((_turned(day) if day_first > month_first else day) if day.form == SLASHED else day for day in days)
    return tuple(
        None if day.form == SLASHED and (month_first == day_first or not _exists(day)) else day for day in ordered
    )


def _turned(day: DateLine) -> DateLine:
    return replace(day, month=day.day, day=day.month)


def _exists(day: DateLine) -> bool:
    return 1 <= day.month <= _MONTHS_OF_A_YEAR and 1 <= day.day <= monthrange(day.year or _LEAP, day.month)[1]


def parse_date_line(text: str) -> DateLine | None:
    """Return the day that ``text`` consists of, what themes say beside it aside; else None. It may not exist."""
    found = _found(text)
    if not found:
        return None
    form, match = found
    written = f"{form}, labelled" if form != SLASHED and _labelled(match) else form
    return DateLine(written, _number(match["year"]), _month(match["month"]), _number(match["day"]) or 0)


def _labelled(match: re.Match[str]) -> bool:
    """Whether a line says more of its day than who wrote: days with a label are written otherwise than bare ones."""
    beside = match["beside"] or ""
    return bool(match["label"] or beside) and not beside.lstrip(" ,").lower().startswith("by ")


def beside_day(text: str) -> str:
    """Return what a date line says beside its day, such as who wrote; empty where it says nothing."""
    found = _found(text)
    beside = (found[1]["signed"] or found[1]["beside"] or "") if found else ""
    return " ".join(beside.strip(" ,|·•/\t").removesuffix(" on").split())


def labels_day(text: str) -> bool:
    """Whether a date line says more than its day, such as that something was posted then: themes do below a title."""
    found = _found(text)
    return found is not None and any(found[1][group] for group in ("label", "signed", "beside"))


def _found(text: str) -> tuple[str, re.Match[str]] | None:
    """Return in which form a line states a day, and how; a day without a year has nothing beside it."""
    text = text.strip(" \t\ufeff\u3000")
    if not text or len(text) > _LONGEST or not _DATED.search(text):
        return None
    text = normalize("NFKC", text)
    for form, pattern in _PATTERNS:
        match = pattern.fullmatch(text)
        if match and (match["year"] or not (match["signed"] or match["beside"])):
            return form, match
    return None


def _number(text: str | None) -> int | None:
    """Return the number that digits write, or Chinese characters: 一九 as well as 十九."""
    if not text or text.isdigit():
        return int(text) if text else None
    tens, ten, ones = text.rpartition("十")
    digits = f"{tens or 1}{ones or 0}" if ten else text
    return int("".join(str(_DIGITS.index(digit)) if digit in _DIGITS else digit for digit in digits))


def _month(text: str) -> int:
    return MONTHS.get(text.lower()) or _number(text) or 0
