"""Date lines: every form in which a dump may write the day above a post."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class DateLine:
    """A day as a line states it, and the ``form`` in which it does: "day month", "month day", "iso" or "chinese"."""

    form: str
    year: int | None
    month: int
    day: int


_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>[0-9]{1,2})"
_YEAR = r"(?P<year>[0-9]{4})"
_FORMS: Final = tuple(
    (form, re.compile(pattern, re.IGNORECASE))
    for form, pattern in (
        ("day month", rf"{_DAY}(?:st|nd|rd|th)?[ -]{_MONTH}(?:,?[ -]{_YEAR})?"),
        ("month day", rf"{_MONTH} {_DAY}(?:st|nd|rd|th)?(?:,? {_YEAR})?"),
        ("iso", rf"{_YEAR}(?P<sep>[-/.])(?P<month>[0-9]{{1,2}})(?P=sep){_DAY}"),
        ("chinese", rf"(?:{_YEAR} ?年 ?)?(?P<month>[0-9]{{1,2}}) ?月 ?{_DAY} ?日"),
    )
)
_LONGEST: Final = 40


def parse_date_line(text: str) -> DateLine | None:
    """Return the day that ``text`` states and nothing else; None for any other line and for days that do not exist."""
    text = text.strip(" \t\ufeff\u3000")
    if len(text) > _LONGEST:
        return None
    for form, pattern in _FORMS:
        if match := pattern.fullmatch(text):
            return _checked(form, match)
    return None


def _checked(form: str, match: re.Match[str]) -> DateLine | None:
    year = int(match["year"]) if match["year"] else None
    month, day = _month_number(match["month"]), int(match["day"])
    if not 1 <= month <= len(_DAYS) or not 1 <= day <= _DAYS[month - 1]:
        return None
    if (month, day) == (2, 29) and year is not None and not _leap(year):
        return None
    return DateLine(form, year, month, day)


def _month_number(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS.index(text[:3].lower()) + 1


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
