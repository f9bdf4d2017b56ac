"""What stands before the items of an ordered list: "3.", "c)", "(iv)"."""

from __future__ import annotations

from pipeline.readers.pandoc.process import Json

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_SMALL = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LETTERS = 26


def item_marker(attributes: Json, place: int) -> str:
    """Return the marker of the item at ``place`` (from 0); ``attributes`` are pandoc's ListAttributes."""
    start, style, delimiter = attributes
    number = _number(start + place, style["t"])
    if delimiter["t"] == "TwoParens":
        return f"({number})"
    return f"{number})" if delimiter["t"] == "OneParen" else f"{number}."


def _number(number: int, style: str) -> str:
    if style.endswith("Alpha"):
        text = _letters(number)
    elif style.endswith("Roman"):
        text = _roman(number)
    else:
        text = str(number)
    return text.upper() if style.startswith("Upper") else text


def _letters(number: int) -> str:
    """Count a … z, aa … az, ba …; as digits where there is no such letter."""
    letters = ""
    rest = number
    while rest > 0:
        rest, letter = divmod(rest - 1, _LETTERS)
        letters = chr(ord("a") + letter) + letters
    return letters or str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:  # noqa: PLR2004 - Roman numerals end at 3999
        return str(number)
    text = ""
    for value, letters in (*_ROMAN, *_ROMAN_SMALL):
        count, number = divmod(number, value)
        text += letters * count
    return text
