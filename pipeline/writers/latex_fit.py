"""How a formula is made to fit its line: as it is, a little smaller, broken at its relations, or scaled as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final


class Shape(Enum):
    """What is done to a formula that is wider than its line."""

    PLAIN = auto()
    SMALLER = auto()
    BROKEN = auto()
    SCALED = auto()


@dataclass(frozen=True, slots=True)
class Fit:
    """A shape, with the TeX size or the ratio that it takes."""

    shape: Shape = Shape.PLAIN
    size: str = ""
    ratio: float = 1.0


PLAIN: Final = Fit()
_SIZES: Final = ((r"\small", 0.9), (r"\footnotesize", 0.8), (r"\scriptsize", 0.7))
_LEGIBLE: Final = 0.9  # smaller than this, a line is better broken
_STICKS_OUT: Final = 1.0  # points that nobody sees


def fit_display(width: float, excess: float, room: float, *, one_row: bool, numbers: int) -> Fit:
    """Return the gentlest way to set a display of this width in ``room``; ``excess`` is what breaking cannot cure."""
    if width <= room:
        return PLAIN
    if one_row and excess <= _STICKS_OUT and width * _LEGIBLE > room:
        return Fit(Shape.BROKEN)
    if numbers > 1:  # rows keep their numbers at the margin as long as a smaller size will do
        for size, ratio in _SIZES:
            if width * ratio <= room:
                return Fit(Shape.SMALLER, size, ratio)
    return Fit(Shape.SCALED, ratio=room / width)


def fit_inline(width: float, excess: float, room: float) -> Fit:
    """Return how to set a formula inside a line: TeX breaks it, unless a part of it is wider than the line."""
    if width <= room or excess <= _STICKS_OUT:
        return PLAIN
    return Fit(Shape.SCALED, ratio=room / width)
