"""TeX as a list of tokens. Joined in order, the tokens of a text are that text again, so offsets can be counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from typing import Final, TypeAlias

from pipeline.tex.prose import PROSE

TOKEN: Final = re.compile(r"\\[a-zA-Z]+|\\.|%[^\n]*\n?|\s+|.", re.DOTALL)
"""A control word, a control symbol, a comment with the end of its line, white space, or one character."""


_SOLID: Final = re.compile(r"\\\\\*|\\[a-zA-Z]+|\\.|[^\s%]", re.DOTALL)
_BLANKS_COUNT: Final = re.compile(rf"\\(?:{'|'.join(name[1:] for name in sorted(PROSE))}|verb)(?![a-zA-Z])")


def tokenize_math(tex: str) -> list[str]:
    r"""Return the tokens of a formula without white space and comments, which count in prose alone.

    A star directly after a row's end belongs to it, as to MathJax: that of ``1 & * \\ * & 1`` stands in a cell.
    """
    return _without_blanks(tokenize(tex)) if "%" in tex or _BLANKS_COUNT.search(tex) else _SOLID.findall(tex)


def _without_blanks(tokens: list[str]) -> list[str]:
    """Drop blanks outside the arguments of commands that set prose."""
    result: list[str] = []
    index = 0
    while index < len(tokens):
        piece = tokens[index]
        index += 1
        if is_blank(piece):
            continue
        if piece == "\\\\" and tokens[index : index + 1] == ["*"]:
            piece += "*"
            index += 1
        result.append(piece)
        if piece == "\\verb":
            start = skip_blanks(tokens, index)
            index = verbatim_end(tokens, start)
            result += tokens[start:index]
        elif prose := prose_of(tokens, index - 1):
            result += [before for before in tokens[index : prose[0]] if not is_blank(before)]
            result += tokens[slice(*prose)]
            index = prose[1]
    return result


def verbatim_end(tokens: list[str], index: int) -> int:
    r"""Return where the argument of ``\verb`` ends, whose delimiter stands at ``index``."""
    end = index + 1
    while end < len(tokens) and tokens[end] != tokens[index]:
        end += 1
    return min(end + 1, len(tokens))


_ENDS_IN_SPACE: Final = re.compile(r"(?<!\\)(?:\\\\)*\\$")


def with_last_space(tex: str) -> str:
    r"""Return a stripped formula so that a ``\ `` at its end is one still, and escapes no dollar after it."""
    return tex + " {}" if _ENDS_IN_SPACE.search(tex) else tex


_COMMENT: Final = re.compile(r"(\\.)|%[^\n]*", re.DOTALL)
_PERCENT: Final = re.compile(r"(\\.)|%", re.DOTALL)


def with_literal_percents(tex: str) -> str:
    r"""Return ``tex`` with ``\%`` for bare ``%`` where comments would swallow closing braces: ``\text{50%}``."""
    if "%" not in tex or _depth(tex) != 0 or _depth(_COMMENT.sub(lambda match: match[1] or "", tex)) == 0:
        return tex
    return _PERCENT.sub(lambda match: match[1] or "\\%", tex)


def _depth(tex: str) -> int:
    """Return how many braces more are opened than closed, escaped ones aside."""
    plain = _PERCENT.sub(" ", tex) if "\\" in tex else tex
    return plain.count("{") - plain.count("}")


def tokenize(tex: str) -> list[str]:
    """Return the tokens of ``tex``; nothing is dropped."""
    return TOKEN.findall(tex)


Written: TypeAlias = tuple[list[str], int]
"""Tokens, and the position after those whose place they take."""

Rule: TypeAlias = Callable[[list[str], int], Written | None]
"""What a token and those after it become, given all tokens and its position; None for a token that stays."""


def rewritten(tokens: list[str], rule: Rule) -> list[str]:
    """Return ``tokens`` with ``rule`` applied from left to right; what it wrote is not read again."""
    result: list[str] = []
    position = 0
    while position < len(tokens):
        written = rule(tokens, position)
        if written is None:
            result.append(tokens[position])
            position += 1
        else:
            pieces, position = written
            result += pieces
    return result


def join(tokens: Iterable[str]) -> str:
    """Return ``tokens`` as text, with a space wherever a control word would swallow the letter after it."""
    pieces: list[str] = []
    after_word = False
    for piece in tokens:
        if after_word and piece[:1].isalpha() and piece[:1].isascii():
            pieces.append(" ")
        pieces.append(piece)
        after_word = is_word(piece)
    return "".join(pieces)


def is_word(piece: str) -> bool:
    r"""Whether a token is a control word, such as ``\alpha``."""
    return piece[:1] == "\\" and piece[1:].isalpha() and piece.isascii()


def is_blank(piece: str) -> bool:
    """Whether a token is white space or a comment."""
    return piece.isspace() or piece[:1] == "%"


def skip_blanks(tokens: list[str], position: int) -> int:
    """Return the index of the first token at or after ``position`` that is neither white space nor comment."""
    while position < len(tokens) and is_blank(tokens[position]):
        position += 1
    return position


def group_end(tokens: list[str], position: int) -> int:
    """Return the index after the group that opens with ``{`` at ``position``; the length if it never ends."""
    depth = 0
    for index in range(position, len(tokens)):
        if tokens[index] == "{":
            depth += 1
        elif tokens[index] == "}":
            depth -= 1
            if depth == 0:
                return index + 1
    return len(tokens)


def read_argument(tokens: list[str], position: int) -> tuple[list[str], int]:
    """Read one argument: a group without its braces, or one token; empty at the end. Returns it and where it ends."""
    position = skip_blanks(tokens, position)
    if position >= len(tokens):
        return [], position
    if tokens[position] != "{":
        return [tokens[position]], position + 1
    end = group_end(tokens, position)
    closed = end <= len(tokens) and tokens[end - 1] == "}"
    return tokens[position + 1 : end - 1 if closed else end], end


def read_brackets(tokens: list[str], position: int) -> tuple[list[str] | None, int]:
    """Read an optional argument in brackets; None where there is none. Brackets inside braces do not end it."""
    start = skip_blanks(tokens, position)
    if start >= len(tokens) or tokens[start] != "[":
        return None, position
    depth = 0
    for index in range(start + 1, len(tokens)):
        depth += (tokens[index] == "{") - (tokens[index] == "}")
        if tokens[index] == "]" and depth == 0:
            return tokens[start + 1 : index], index + 1
    return None, position


def places_at_top(tokens: list[str], wanted: Collection[str]) -> list[int]:
    """Return where one of the tokens wanted stands outside of braces and environments."""
    places: list[int] = []
    depth = 0
    for place, piece in enumerate(tokens):
        depth += (piece in ("{", "\\begin")) - (piece in ("}", "\\end"))
        if piece in wanted and depth == 0:
            places.append(place)
    return places


def prose_of(tokens: list[str], position: int) -> tuple[int, int] | None:
    """Return where the prose of the command at ``position`` begins and ends, with its braces; None without any."""
    before = PROSE.get(tokens[position])
    if before is None:
        return None
    start = skip_blanks(tokens, position + 1)
    for opening in before:
        if tokens[start : start + 1] == [opening]:
            end = group_end(tokens, start) if opening == "{" else read_brackets(tokens, start)[1]
            start = skip_blanks(tokens, end)
    return (start, group_end(tokens, start)) if tokens[start : start + 1] == ["{"] else None
