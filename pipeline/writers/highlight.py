"""Code in a few tones, found by Pygments when the book is built: no script, and quiet enough for print."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from functools import cache
from itertools import groupby
from typing import Final

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Token, _TokenType, is_token_subtype
from pygments.util import ClassNotFound

_LONGEST_BLOCK: Final = 50_000  # characters; beyond, some lexers take time that grows with the square
_LONGEST_LINE: Final = 2_000


class Tone(Enum):
    """What a piece of code is; the value is the name of its style."""

    PLAIN = ""
    KEYWORD = "keyword"
    NAME = "name"
    COMMENT = "comment"


_TONES: Final = (
    (Token.Comment, Tone.COMMENT),
    (Token.Keyword, Tone.KEYWORD),
    (Token.Operator.Word, Tone.KEYWORD),
    (Token.Name.Function, Tone.NAME),
    (Token.Name.Class, Tone.NAME),
    (Token.Name.Tag, Tone.NAME),
    (Token.Name.Decorator, Tone.NAME),
)


def highlighted(text: str, language: str) -> tuple[tuple[Tone, str], ...]:
    """Return ``text`` in pieces with their tones; together they are ``text`` again.

    A language that Pygments does not know, and code longer than anybody reads, have one plain piece.
    """
    lexer = _lexer(language.lower())
    if lexer is None or len(text) > _LONGEST_BLOCK or any(len(line) > _LONGEST_LINE for line in text.split("\n")):
        return ((Tone.PLAIN, text),)
    pieces = tuple(_merged((_tone(kind), piece) for kind, piece in lexer.get_tokens(text)))
    return pieces if "".join(piece for _, piece in pieces) == text else ((Tone.PLAIN, text),)


def highlighted_lines(text: str, language: str) -> tuple[tuple[tuple[Tone, str], ...], ...]:
    """Return the same line by line, without the line ends."""
    lines: list[list[tuple[Tone, str]]] = [[]]
    for tone, piece in highlighted(text, language):
        first, *rest = piece.split("\n")
        lines[-1].append((tone, first))
        lines += [[(tone, line)] for line in rest]
    return tuple(tuple((tone, piece) for tone, piece in line if piece) for line in lines)


@cache
def _lexer(language: str) -> Lexer | None:
    if not language:
        return None
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def _tone(kind: _TokenType) -> Tone:
    return next((tone for parent, tone in _TONES if is_token_subtype(kind, parent)), Tone.PLAIN)


def _merged(pieces: Iterator[tuple[Tone, str]]) -> Iterator[tuple[Tone, str]]:
    """Join neighbours of one tone."""
    for tone, run in groupby(pieces, key=lambda piece: piece[0]):
        yield tone, "".join(piece for _, piece in run)
