"""Macros: what a control sequence stands for, and what can be wrong with a definition or a use of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from pipeline.tex.expansion import Expansion


@dataclass(frozen=True, slots=True)
class Macro:
    r"""What a control sequence stands for; ``template`` holds the tokens before, between and after its parameters.

    A ``final`` body is not looked at again: ``\let\old\vec`` keeps the old meaning whatever ``\vec`` becomes.
    """

    body: tuple[str, ...]
    arity: int = 0
    default: tuple[str, ...] | None = None
    template: tuple[tuple[str, ...], ...] = ()
    final: bool = False


Shorthand: TypeAlias = "Callable[[Expansion, str], list[str]]"
"""A macro that reads its own arguments, told its name, and returns what stands for all of it."""

Macros: TypeAlias = dict[str, "Macro | Shorthand"]
r"""Definitions by control sequence (``\name``); environments by ``begin{name}`` and ``end{name}``."""


class MacroError(Exception):
    """A definition or use that cannot be followed; ``culprit`` is the control sequence that is to blame."""

    def __init__(self, message: str, culprit: str) -> None:
        super().__init__(message)
        self.culprit = culprit
