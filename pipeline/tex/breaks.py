"""Where print divides a long formula: before its relations, else before its sums, outside of all brackets.

A bracket that has no partner, as in ``1)`` or ``[0,1)``, moves no brace: what TeX takes for one thing is kept apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Final

from pipeline.tex.arguments import command_end
from pipeline.tex.symbols import SYMBOLS, Kind
from pipeline.tex.tokens import group_end, is_blank

_ENDS: Final = {"{": "}", "\\begin": "\\end", "\\left": "\\right"}
"""What ends that which TeX takes for one thing, by what begins it."""
_OPENING: Final = frozenset(("(", "[", "\\{", "\\lbrace", "\\langle"))
_CLOSING: Final = frozenset((")", "]", "\\}", "\\rbrace", "\\rangle"))
_CLOSE: Final = frozenset(("\\mid", "\\in", "\\ni", "\\notin", "\\parallel", "\\perp"))
"""Relations whose sides belong together more than those of a sum."""
_RELATIONS: Final = {name for name, symbol in SYMBOLS.items() if symbol.kind is Kind.RELATION} - _CLOSE | set("=<>")
_SUMS: Final = frozenset(("+", "-", "\\pm", "\\mp"))
_WAITING: Final = r"""
    ^ _ \big \Big \bigg \Bigg \bigl \Bigl \biggl \Biggl \bigm \Bigm \biggm \Biggm \bigr \Bigr \biggr \Biggr \middle
    \above \abovewithdelims \atopwithdelims \over \overwithdelims
    \hskip \kern \leftroot \lower \mkern \moveleft \moveright \mskip \raise \uproot
"""
_TAKES_SIGN: Final = frozenset(_WAITING.split())
"""What follows these is their script, delimiter or length, or what stands above or below."""
_NO_TERM: Final = _RELATIONS | _SUMS | _OPENING | _TAKES_SIGN | {"", ",", "&", "\\\\", "\\cdot", "\\times"}
"""After these a sign belongs to what follows it."""
_JOINED: Final = frozenset((":", "\\not", "\\centernot"))
"""With these, a relation makes one sign."""


class Break(Enum):
    """What stands behind a place where a formula may be divided."""

    RELATION = "relation"
    SUM = "sum"


def breaks(tokens: list[str]) -> Iterator[tuple[int, Break]]:
    """Yield the places of the tokens that may begin a line, in order; what begins the formula is none of them."""
    last = 0
    earlier = before = ""
    for place, piece, depth in things(tokens):
        if depth == 0 and before:
            start, waiting = (last, earlier) if before in _JOINED else (place, before)
            if start and waiting not in _TAKES_SIGN and piece in _RELATIONS and before not in _RELATIONS:
                yield start, Break.RELATION
            elif piece in _SUMS and before not in _NO_TERM:
                yield place, Break.SUM
        earlier, before, last = before, piece, place


def things(tokens: list[str]) -> Iterator[tuple[int, str, int]]:
    """Yield what TeX takes for one thing each: its place, its token, and how many brackets are open behind it.

    A group, an environment, and a command with its arguments are ``}``. What is not nested well ends all.
    """
    depth = place = 0
    while place < len(tokens):
        piece = tokens[place]
        end = group_end(tokens, place) if piece == "{" else command_end(tokens, place)
        if not _is_nested(tokens[place:end]):
            return
        depth = max(depth + (piece in _OPENING) - (piece in _CLOSING), 0)
        if not is_blank(piece):
            yield place, piece if end == place + 1 else "}", depth
        place = end


def _is_nested(tokens: list[str]) -> bool:
    """Whether groups, environments and brackets of TeX's end in the order in which they should."""
    ends: list[str] = []
    for piece in tokens:
        if piece in _ENDS:
            ends.append(_ENDS[piece])
        elif piece in _ENDS.values() and (not ends or ends.pop() != piece):
            return False
    return not ends
