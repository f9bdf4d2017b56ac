"""How a formula is made to fit its line: as it is, a little smaller, broken at its relations, or scaled as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final


class Shape(Enum):
    """What is done to a formula that is wider than its line."""

    PLAIN = auto()
    LONG = auto()
    SMALLER = auto()
    BROKEN = auto()
    SCALED = auto()


@dataclass(frozen=True, slots=True)
class Fit:
    """A shape, with the TeX size or the ratio that it takes."""

    shape: Shape = Shape.PLAIN
    size: str = ""
    ratio: float = 1.0


@dataclass(frozen=True, slots=True)
class Size:
    """A width and a height, in points."""

    width: float
    height: float


PLAIN: Final = Fit()
_SIZES: Final = ((r"\small", 0.9), (r"\footnotesize", 0.8), (r"\scriptsize", 0.7))
LEGIBLE: Final = 0.9  # smaller than this, a line is better broken
_LONG: Final = 0.08  # of a line: what stands before a formula of this length cannot fill its line in its place
_STICKS_OUT: Final = 1.0  # points that nobody sees


def fit_display(size: Size, room: Size, excess: float, *, one_row: bool, numbers: int) -> Fit:
    """Return the gentlest way to set a display in ``room``; ``excess`` is what sticks out of its lines when broken.

    Rows that have numbers of their own may go on on the next page and keep the numbers at the margin, so they are set
    in a smaller size as long as one will do.
    """
    too_tall = size.height > room.height and numbers <= 1
    if size.width <= room.width and not too_tall:
        return PLAIN
    if one_row and not too_tall and excess <= _STICKS_OUT and size.width * LEGIBLE > room.width:
        return Fit(Shape.BROKEN)
    if numbers > 1:
        for name, ratio in _SIZES:
            if size.width * ratio <= room.width:
                return Fit(Shape.SMALLER, name, ratio)
    return Fit(Shape.SCALED, ratio=_ratio(size, room))


def fit_inline(size: Size, room: Size, excess: float) -> Fit:
    """Return how to set a formula inside a line: TeX breaks it, unless a part of it is wider than the line."""
    wide = size.width > room.width and excess > _STICKS_OUT
    if wide or size.height > room.height:
        return Fit(Shape.SCALED, ratio=_ratio(size, room))
    return Fit(Shape.LONG) if size.width > room.width * _LONG else PLAIN


def _ratio(size: Size, room: Size) -> float:
    return min(1.0, room.width / max(size.width, 1.0), room.height / max(size.height, 1.0))
