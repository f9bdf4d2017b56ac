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

_MONTH: Final = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
_DAY: Final = r"(?P<day>[0-9]{1,2})"
_YEAR: Final = r"(?P<year>[12][0-9]{3})"
_DIGITS: Final = "〇一二三四五六七八九"
_UNIT: Final = f"[{_DIGITS[1:]}]"
_SLASHED: Final = "slashed"  # 3/12/2019: which number is the month, the other days of a dump tell, if anything
_FORMS: Final = (
    ("day month", rf"{_DAY}(?:st|nd|rd|th|er|\.)?[ -](?:de )?{_MONTH}(?:,?[ -](?:de )?{_YEAR})?"),
    ("month day", rf"{_MONTH} {_DAY}(?:st|nd|rd|th)?(?:,? {_YEAR})?"),
    ("numeric", rf"{_YEAR}(?P<separator>[-/.])(?P<month>[0-9]{{1,2}})(?P=separator){_DAY}"),
    (_SLASHED, rf"(?P<month>[0-9]{{1,2}})(?P<separator>[-/]){_DAY}(?P=separator){_YEAR}"),
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
_BEFORE: Final = (
    rf"(?:(?:posted on|published on|发表于|发布于|發表於|發佈於|日期) ?:? ?|date ?: ?)?(?:(?:{_WEEKDAY}),? )?"
)
_TIME: Final = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[ap]\.?m\.?|z| ?[+-][0-9]{2}:?[0-9]{2})?"
_AFTER: Final = rf"(?:,? ?\(?(?:{_WEEKDAY})\)?)?(?:[ ,t]+(?:at |(?:[上下]午|오[전후]) ?)?{_TIME})?"
_BYLINE: Final = re.compile(r"(?:(?<=[0-9]{4})|(?<=[0-9]{4}-[0-9]{2}-[0-9]{2})),? by [^.!?:;。]{2,}", re.IGNORECASE)
"""The author, and the category, whom themes name behind a day with its year."""
_NUMBER: Final = re.compile("[0-9月]")  # what each form has, and few lines
_PATTERNS: Final = tuple((form, re.compile(_BEFORE + body + _AFTER, re.IGNORECASE)) for form, body in _FORMS)


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
        return _exists(self) or (self.form == _SLASHED and _exists(_turned(self)))


def settled(days: Sequence[DateLine]) -> tuple[DateLine | None, ...]:
    """Return ``days`` with month and day in their order; None for those of which nothing tells which is the month.

    What tells is that more of such days exist in one order than in the other. None as well for those that then do not.
    """
    doubtful = [day for day in days if day.form == _SLASHED]
    month_first, day_first = sum(map(_exists, doubtful)), sum(map(_exists, map(_turned, doubtful)))
    ordered = ((_turned(day) if day_first > month_first else day) if day.form == _SLASHED else day for day in days)
    return tuple(
        None if day.form == _SLASHED and (month_first == day_first or not _exists(day)) else day for day in ordered
    )


def _turned(day: DateLine) -> DateLine:
    return replace(day, month=day.day, day=day.month)


def _exists(day: DateLine) -> bool:
    return 1 <= day.month <= _MONTHS_OF_A_YEAR and 1 <= day.day <= monthrange(day.year or _LEAP, day.month)[1]


def parse_date_line(text: str) -> DateLine | None:
    """Return the day that ``text`` consists of, a byline aside; else None. It may not exist in the calendar."""
    text = text.strip(" \t\ufeff\u3000")
    if not text or len(text) > _LONGEST:
        return None
    text = normalize("NFKC", text)
    if not _NUMBER.search(text):
        return None
    text = _BYLINE.sub("", text)
    for form, pattern in _PATTERNS:
        if match := pattern.fullmatch(text):
            return DateLine(form, _number(match["year"]), _month(match["month"]), _number(match["day"]) or 0)
    return None


def byline_of(text: str) -> str:
    """Return what a date line says of who wrote on that day; empty where it says nothing."""
    match = _BYLINE.search(normalize("NFKC", text))
    return match[0].strip(" ,") if match else ""


def _number(text: str | None) -> int | None:
    """Return the number that digits write, or Chinese characters: 一九 as well as 十九."""
    if not text or text.isdigit():
        return int(text) if text else None
    tens, ten, ones = text.rpartition("十")
    digits = f"{tens or 1}{ones or 0}" if ten else text
    return int("".join(str(_DIGITS.index(digit)) if digit in _DIGITS else digit for digit in digits))


def _month(text: str) -> int:
    return MONTHS.get(text.lower()) or _number(text) or 0
