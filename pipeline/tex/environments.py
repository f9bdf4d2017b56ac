r"""The environments that make a display, in one table: which rows have numbers, and what sets them elsewhere.

Names are without their star, which takes automatic numbers away. Which rows are numbered is what MathJax's
``AmsMappings`` and its extension ``cases`` say; the inner forms are those of amsmath.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final


class Numbers(Enum):
    """Which rows of an environment without a star get a number."""

    NONE = "none"
    WHOLE = "whole"  # one for the formula, of several rows at the last
    ROWS = "rows"  # one for each


class Argument(Enum):
    """What becomes of the argument of an environment in the form that sets it."""

    NONE = "none"  # it has none, or none that differs
    COUNT = "count"  # how many pairs of columns there are, which the form wants to know too
    DROPPED = "dropped"  # the same, and the form does not take it
    BEFORE = "before"  # a formula, which stands before the form


@dataclass(frozen=True, slots=True)
class Environment:
    """An environment: ``inner`` is its form inside a formula, empty where that is its content alone.

    ``display`` is the display of amsmath that sets it row by row, empty where the inner form stands in an equation.
    """

    inner: str
    display: str = ""
    numbers: Numbers = Numbers.NONE
    argument: Argument = Argument.NONE


ENVIRONMENTS: Final = {
    "equation": Environment("", numbers=Numbers.WHOLE),
    "displaymath": Environment(""),
    "math": Environment(""),
    "subequations": Environment(""),
    "align": Environment("aligned", "align", Numbers.ROWS),
    "flalign": Environment("aligned", "align", Numbers.ROWS),
    "eqnarray": Environment("aligned", "align", Numbers.ROWS),
    "alignat": Environment("alignedat", "alignat", Numbers.ROWS, Argument.COUNT),
    "xalignat": Environment("aligned", "align", Numbers.ROWS, Argument.DROPPED),
    "xxalignat": Environment("aligned", "align", Numbers.NONE, Argument.DROPPED),
    "gather": Environment("gathered", "gather", Numbers.ROWS),
    "multline": Environment("gathered", "multline", Numbers.WHOLE),
    "split": Environment("aligned"),
    "displaylines": Environment("gathered"),
    "darray": Environment("array"),
    "numcases": Environment("cases", numbers=Numbers.ROWS, argument=Argument.BEFORE),
    "subnumcases": Environment("cases", numbers=Numbers.ROWS, argument=Argument.BEFORE),
    "empheq": Environment("aligned", numbers=Numbers.ROWS),  # shown as its TeX, but its rows count
}
BY_ROW: Final = frozenset(name for name, environment in ENVIRONMENTS.items() if environment.display)
"""What is set row by row."""
WHOLE: Final = frozenset(name for name, environment in ENVIRONMENTS.items() if not environment.inner)
"""What holds one formula, and is nothing but that formula inside another."""
_BEGIN: Final = re.compile(r"\s*\\begin\s*\{([^{}]+)\}")


def environment_of(name: str) -> Environment | None:
    r"""Return the entry of an environment, starred or not; None if it is not a display, as ``pmatrix``."""
    return ENVIRONMENTS.get(unstarred(name))


def stands_alone(tex: str) -> bool:
    r"""Whether ``tex`` opens with an environment that TeX sets in running text; others, as pmatrix, need dollars."""
    opening = _BEGIN.match(tex)
    known = environment_of(opening[1]) if opening else None
    return known is not None and (not known.inner or bool(known.display) or known.numbers is not Numbers.NONE)


def unstarred(name: str) -> str:
    """Return the name of an environment without its star and the blanks around it."""
    return name.strip().removesuffix("*")
