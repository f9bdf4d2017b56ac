"""Stand-in for ``pipeline.tex.delimiters`` until it exists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from pipeline.document import Delimiters


@dataclass(frozen=True, slots=True)
class FormulaSpan:
    """Where a formula stands, its delimiters included."""

    start: int
    end: int
    delimiters: Delimiters
    tex: str


_FORMULA: Final = re.compile(
    r"(?P<DOLLARS>\$\$.*?\$\$)|(?P<DOLLAR>\$[^$]+\$)|(?P<PARENTHESES>\\\(.*?\\\))|(?P<BRACKETS>\\\[.*?\\\])"
    r"|(?P<ENVIRONMENT>\\begin\{(?P<name>[a-z]+\*?)\}.*?\\end\{(?P=name)\})",
    re.DOTALL,
)


def find_formulas(text: str) -> tuple[FormulaSpan, ...]:
    """Return the formulas of ``text`` in order."""
    return tuple(_span(match) for match in _FORMULA.finditer(text))


def _span(match: re.Match[str]) -> FormulaSpan:
    kind = next(kind for kind in Delimiters if match[kind.name])
    opening, closing = kind.value
    tex = match[0][len(opening) : len(match[0]) - len(closing)]
    return FormulaSpan(match.start(), match.end(), kind, tex)
