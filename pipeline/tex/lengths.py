"""Lengths as TeX and MathJax write them: a number, with a comma for its point if need be, and a unit."""

from __future__ import annotations

import re
from typing import Final

LENGTH: Final = re.compile(
    r"\s*([-+]?\s*(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+))\s*(em|ex|mu|px|pt|pc|mm|cm|in|bp|dd|sp)\s*"
)
_EMS: Final = {  # one unit in ems, at ten points to the em
    "em": 1.0,
    "ex": 0.43,
    "mu": 1 / 18,
    "px": 0.0625,
    "pt": 0.1,
    "pc": 1.2,
    "mm": 0.28453,
    "cm": 2.8453,
    "in": 7.227,
    "bp": 0.100375,
    "dd": 0.107,
    "sp": 1 / 655_360,
}
_NOT_OF_TEX: Final = frozenset({"mu", "px"})
"""Units that TeX knows nowhere, or as the space between signs alone."""
_MAX_EMS: Final = 60.0


def ems(length: str) -> str | None:
    """Return a length in ems, as CSS and TeX write it; None when it is none."""
    match = LENGTH.fullmatch(length)
    if not match:
        return None
    value = float("".join(match[1].split()).replace(",", ".")) * _EMS[match[2]]
    value = max(-_MAX_EMS, min(_MAX_EMS, value))
    return f"{value:.4f}".rstrip("0").rstrip(".") + "em"


def tex_length(length: str) -> str | None:
    """Return a length as TeX takes it anywhere; None when it is none."""
    match = LENGTH.fullmatch(length)
    return ems(length) if match is None or match[2] in _NOT_OF_TEX else length.strip()
