r"""From MathJax's TeX to LaTeX's: what one accepts and the other does not, one small named step each.

Every step takes the tokens of a formula and returns new ones. Text arguments (``\text{…}``) are left alone by the
steps that are about mathematics, and mathematics by the one that is about text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from pipeline.tex.tokens import is_blank
from pipeline.writers.latex.dialect.alphabets import alphabets
from pipeline.writers.latex.dialect.environments import arrays, empty_rows, plain_tables, row_ends
from pipeline.writers.latex.dialect.lengths import lengths
from pipeline.writers.latex.dialect.signs import characters, doubled, named, sizes, text_arguments
from pipeline.writers.latex.dialect.steps import (
    coloured,
    raised_primes,
    scripts,
    stray_backslashes,
    without_comments,
    without_numbers,
    without_web,
)

Step: TypeAlias = Callable[[list[str]], list[str]]


def to_latex(tokens: list[str]) -> list[str]:
    """Return the tokens of a formula as LaTeX takes them."""
    for step in STEPS:
        tokens = step(tokens)
    return tokens


def _prose(tokens: list[str]) -> list[str]:
    return text_arguments(tokens, to_latex)


STEPS: Final[tuple[Step, ...]] = (
    without_comments,
    without_numbers,
    without_web,
    stray_backslashes,
    coloured,
    plain_tables,
    arrays,
    empty_rows,
    lengths,
    scripts,
    alphabets,
    row_ends,
    raised_primes,
    _prose,
    named,
    doubled,
    characters,
    sizes,
)


def blank(tokens: list[str]) -> bool:
    """Whether nothing is left to be set."""
    return all(is_blank(piece) or piece in ("{", "}") for piece in tokens)
