"""Numbers as headings and points write them: 12, １２, ⑫, 十二."""

from __future__ import annotations

from typing import Final

_DIGITS: Final = {numeral: value for value, numeral in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_CIRCLED_ONE: Final = 0x2460
_CIRCLED: Final = 20
CHINESE: Final = "〇零一二两三四五六七八九十百"
"""The characters of Chinese numbers up to 999, for patterns."""


def number_of(text: str) -> int | None:
    """Return the number that ``text`` writes, or None."""
    if text.isdecimal():
        return int(text)
    if len(text) == 1 and 0 <= ord(text) - _CIRCLED_ONE < _CIRCLED:
        return ord(text) - _CIRCLED_ONE + 1
    return _chinese(text)


def _chinese(text: str) -> int | None:
    """Return the value of a number such as 二十一; a ten without a digit before it is one ten."""
    total = digit = 0
    for numeral in text:
        if numeral in _DIGITS:
            digit = _DIGITS[numeral]
        elif numeral in "十百":
            total += (digit or 1) * (10 if numeral == "十" else 100)
            digit = 0
        else:
            return None
    return total + digit if text else None
