"""What the parser of formulas and its rewrites pass to one another."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Final

THIN: Final = "0.1667em"
"""TeX's thin space (three eighteenths of a quad)."""

STYLES: Final = {
    "display": ("m-display", True, 0),
    "text": ("m-text", False, 0),
    "script": ("m-script", False, 1),
    "scriptscript": ("m-scriptscript", False, 2),
}
"""TeX's styles (TeXbook, chapter 17): class, whether it is that of displays, how deep in scripts."""


class TexError(Exception):
    """TeX that cannot be read; ``index`` is the token to blame."""

    def __init__(self, message: str, index: int) -> None:
        super().__init__(message)
        self.index = index


class Atom(Enum):
    """What was just read, as far as scripts and spacing around it depend on it."""

    NOTHING = "nothing"  # no output, or space alone
    ORDINARY = "ordinary"
    OPERATOR = "operator"  # relations, binary operators, punctuation, opening delimiters
    CLOSING = "closing"
    INNER = "inner"  # dots, and what stands between \left and \right: they bring their own space
    INTEGRAL = "integral"  # limits beside it, unless \limits follows
    FUNCTION = "function"  # a name such as sin
    MOVABLE = "movable"  # limits below and above in displays, beside it elsewhere
    MOVABLE_GROUP = "movable group"  # the same for \mathop{…}
    MOVABLE_NAME = "movable name"  # the same for a name such as max
    OPERATOR_NAME = "operator name"  # the same for \operatorname*{…}
    LIMITS = "limits"  # limits below and above everywhere


MOVABLE: Final = frozenset({Atom.MOVABLE, Atom.MOVABLE_GROUP, Atom.MOVABLE_NAME, Atom.OPERATOR_NAME})
DECIDED: Final = frozenset({Atom.MOVABLE_GROUP, Atom.OPERATOR_NAME})
"""What has its limits where the style says when it is read; others say so to the browser."""
NAMES: Final = frozenset({Atom.FUNCTION, Atom.MOVABLE_NAME, Atom.OPERATOR_NAME, Atom.MOVABLE_GROUP})
TAKES_LIMITS: Final = frozenset({Atom.LIMITS, Atom.INTEGRAL, *MOVABLE, *NAMES})
SOLID: Final = frozenset({Atom.ORDINARY, Atom.CLOSING})
"""What TeX keeps a thin space from a name or a fence that follows; these do so by themselves."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What commands earlier in the same group decide about those after them."""

    display: bool
    level: int = 0  # how deep in scripts
    font: str = ""  # a mathvariant; empty: letters slanted, digits upright
    bold: bool = False  # inside \boldsymbol
    words: bool = False  # letters that stand together are one name

    def space(self, width: str) -> str:
        """Return the space beside a sign: scripts have none."""
        return "0" if self.level else width

    def lowered(self, level: int) -> Setting:
        """Return the setting of something smaller inside this one."""
        return Setting(display=False, level=level, font=self.font, bold=self.bold, words=self.words)


@dataclass(slots=True)
class Rows:
    """What is learnt of the rows of a table while its cells are read."""

    count: int = 0
    lines: dict[int, str] = field(default_factory=dict)
    gaps: set[int] = field(default_factory=set)
    shoves: dict[int, str] = field(default_factory=dict)
