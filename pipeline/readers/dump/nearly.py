"""A line that is nearly a day: what to name where no post was found, since a day in some other form hides them all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.readers.dates import find_date
from pipeline.readers.dump.dates import parse_date_line
from pipeline.readers.dump.lines import Line

_LONGEST: Final = 80
_DIGITS: Final = re.compile(
    r"(?<![0-9])(?:[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:[12][0-9])?[0-9]{2}|[12][0-9]{3}(?:0[1-9]|1[0-2])[0-3][0-9])(?![0-9])"
)
"""A day in numbers whose order or century is not told, or without marks between them: 3/12/19, 20190312."""


def nearly_a_day(lines: Sequence[Line]) -> Line | None:
    """Return the first short line below an empty one that states a day, somehow and among other words."""
    above = (True, *(line.blank for line in lines[:-1]))
    return next((line for line, blank in zip(lines, above, strict=True) if blank and _states_a_day(line.text)), None)


def _states_a_day(text: str) -> bool:
    if len(text) > _LONGEST:
        return False
    return bool(parse_date_line(text) or find_date(text) or _DIGITS.search(text))
