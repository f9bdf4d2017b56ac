"""Where print divides a long formula: before its relations, else before its sums, outside of all brackets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Final

from pipeline.tex.symbols import SYMBOLS, Kind
from pipeline.tex.tokens import is_blank

OPENING: Final = frozenset(("{", "(", "[", "\\{", "\\lbrace", "\\langle", "\\left", "\\begin"))
CLOSING: Final = frozenset(("}", ")", "]", "\\}", "\\rbrace", "\\rangle", "\\right", "\\end"))
_CLOSE: Final = frozenset(("\\mid", "\\in", "\\ni", "\\notin", "\\parallel", "\\perp"))
"""Relations whose sides belong together more than those of a sum."""
_RELATIONS: Final = {name for name, symbol in SYMBOLS.items() if symbol.kind is Kind.RELATION} - _CLOSE | set("=<>")
_SUMS: Final = frozenset(("+", "-", "\\pm", "\\mp"))
_NO_TERM: Final = _RELATIONS | _SUMS | OPENING | {"", "^", "_", ",", "&", "\\\\", "\\cdot", "\\times"}
"""After these a sign belongs to what follows it."""
_TAKES_SIGN: Final = frozenset(("\\left", "\\right", "\\middle", "^", "_"))
_JOINED: Final = frozenset((":", "\\not"))
"""With these, a relation makes one sign."""


class Break(Enum):
    """What stands behind a place where a formula may be divided."""

    RELATION = "relation"
    SUM = "sum"


def breaks(tokens: Sequence[str]) -> Iterator[tuple[int, Break]]:
    """Yield the places of the tokens that may begin a line, in order; what begins the formula is none of them."""
    depth = last = 0
    before = ""
    for place, piece in enumerate(tokens):
        if is_blank(piece):
            continue
        depth += (piece in OPENING) - (piece in CLOSING)
        if depth == 0 and before:
            start = last if before in _JOINED else place
            if start and piece in _RELATIONS and before not in _RELATIONS | _TAKES_SIGN:
                yield start, Break.RELATION
            elif piece in _SUMS and before not in _NO_TERM:
                yield place, Break.SUM
        before, last = ")" if before == "\\right" else piece, place
