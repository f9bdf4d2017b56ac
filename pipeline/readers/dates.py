"""Days as blogs write them in front matter, file names and feeds: "2016-01-02T08:00:00+08:00", "2016年1月2日"."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from pipeline.book import PostDate
from pipeline.readers.months import MONTHS_IN_TEXT

_DAY: Final = re.compile(r"(?<![0-9])([12][0-9]{3})\s*[-/.年_]\s*([0-9]{1,2})\s*[-/.月_]\s*([0-9]{1,2})(?![0-9])")
_DATED_NAME: Final = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[-_ ]*(.+)", re.DOTALL)
_MONTH: Final = "|".join(sorted(MONTHS_IN_TEXT, key=len, reverse=True))
_WORDS: Final = re.compile(
    rf"(?<![^\W_])(?:([0-9]{{1,2}})\.?\s+)?({_MONTH})\.?\s+(?:([0-9]{{1,2}}),?\s+)?([12][0-9]{{3}})(?![0-9])"
)


def find_date(text: str) -> PostDate | None:
    """Return the first day that ``text`` states with its year, as its author wrote it: times and zones are ignored."""
    match = _DAY.search(text)
    if match:
        return _date(int(match[1]), int(match[2]), int(match[3]))
    words = _WORDS.search(text.lower())
    if words and (words[1] or words[3]):
        return _date(int(words[4]), MONTHS_IN_TEXT[words[2]], int(words[1] or words[3]))
    return None


def without_date(name: str) -> str:
    """Return the name of a file without the day that it begins with; the name itself where it is nothing but a day."""
    match = _DATED_NAME.fullmatch(name)
    return match[1] if match else name


def _date(year: int, month: int, day: int) -> PostDate | None:
    try:
        date(year, month, day)
    except ValueError:
        return None
    return PostDate(year, month, day)
