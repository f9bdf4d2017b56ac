"""In which years a day of the solar calendar is a day of the lunar one. The calendar itself is lunardate's."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from lunardate import LunarDate

from pipeline.transforms.years.tables import FIRST, LAST

LAST_DAY = (12, 30)
"""The last day of the lunar year, though its month may have 29 days."""


def years_of(month: int, day: int, festival: tuple[int, int], offsets: Iterable[int]) -> frozenset[int]:
    """Return the years in which the lunar ``festival`` is ``offsets`` days after ``month`` and ``day``, any of them."""
    wanted = tuple(timedelta(days=offset) for offset in offsets)
    days = (day_of(year, month, day) for year in range(FIRST, LAST + 1))
    return frozenset(own.year for own in days if own and any(_is(own + offset, festival) for offset in wanted))


def day_of(year: int, month: int, day: int) -> date | None:
    """Return the day of the solar calendar, or None where it has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _is(day: date, festival: tuple[int, int]) -> bool:
    if festival == LAST_DAY:
        return _lunar(day + timedelta(days=1)) == (1, 1)
    return _lunar(day) == festival


def _lunar(day: date) -> tuple[int, int] | None:
    """Month and day; None in a leap month, where no festival is kept."""
    lunar = LunarDate.from_solar_date(day.year, day.month, day.day)
    return None if lunar.is_leap_month else (lunar.month, lunar.day)
