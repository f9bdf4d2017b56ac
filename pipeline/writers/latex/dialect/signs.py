r"""Steps from MathJax's TeX to LaTeX's that concern characters, text inside formulas, and sizes."""

from __future__ import annotations

import re
from typing import Final

from pipeline.tex.prose import PROSE
from pipeline.tex.tokens import group_end, prose_of
from pipeline.writers.latex.dialect.symbols import SYMBOLS
from pipeline.writers.latex.text import escape

_HAN: Final = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff]")


def characters(tokens: list[str]) -> list[str]:
    r"""Give characters that TeX's math fonts lack by their commands, Chinese as ``\text``, the rest by ``\sym``."""
    if all(map(str.isascii, tokens)):
        return tokens
    result: list[str] = []
    position = 0
    while position < len(tokens):
        prose = prose_of(tokens, position)
        end = prose[1] if prose else _run_end(tokens, position)
        piece = tokens[position]
        result += tokens[position:end] if prose or piece.isascii() else _run(tokens[position:end])
        position = end
    return result


def _kind(piece: str) -> str:
    """What a character becomes together with its neighbours: text, or one script; empty when it stands alone."""
    if _HAN.match(piece):
        return "text"
    return symbol[0] if (symbol := SYMBOLS.get(piece, "")) and symbol[0] in "^_" else ""


def _run_end(tokens: list[str], position: int) -> int:
    end = position + 1
    kind = _kind(tokens[position])
    while kind and end < len(tokens) and _kind(tokens[end]) == kind:
        end += 1
    return end


def _run(pieces: list[str]) -> list[str]:
    kind = _kind(pieces[0])
    if kind == "text":
        return ["\\text", "{", *map(escape, pieces), "}"]
    if kind:
        return [kind, "{", *(SYMBOLS[piece][1:] for piece in pieces), "}"]
    symbol = SYMBOLS.get(pieces[0])
    if symbol is None:
        return [rf"\text{{{escape(pieces[0])}}}"]
    return [symbol, " "] if symbol[-1:].isalpha() else [symbol]


_IN_TEXT: Final = {"_": r"\_", "#": r"\#", "&": r"\&", "^": r"\textasciicircum{}", "~": "~", "%": r"\%"}


def text_arguments(tokens: list[str]) -> list[str]:
    r"""Escape what is special in ``\text{…}`` but stands for itself in MathJax; mathematics between dollars stays."""
    if PROSE.keys().isdisjoint(tokens):
        return tokens
    tokens = ["\\text" if piece == "\\textmode" else piece for piece in tokens]
    result: list[str] = []
    position = 0
    while position < len(tokens):
        if prose := prose_of(tokens, position):
            result += tokens[position : prose[0]]
            result += _text_argument(tokens[slice(*prose)])
            position = prose[1]
        else:
            result.append(tokens[position])
            position += 1
    return result


def _text_argument(tokens: list[str]) -> list[str]:
    result: list[str] = []
    in_math = False
    printed: set[int] = set()  # braces of ``^{2}``, which is no script in prose and stands as it is
    for index, piece in enumerate(tokens):
        if piece == "$":
            in_math = not in_math
        if piece in ("^", "_") and not in_math and tokens[index + 1 : index + 2] == ["{"]:
            printed |= {index + 1, group_end(tokens, index + 1) - 1}
        if in_math or piece.isascii():
            result.append(piece if in_math else f"\\{piece}" if index in printed else _IN_TEXT.get(piece, piece))
        else:
            result.append(escape(piece))
    return result


SIZES: Final = frozenset(
    {
        "\\tiny",
        "\\Tiny",
        "\\scriptsize",
        "\\footnotesize",
        "\\small",
        "\\normalsize",
        "\\large",
        "\\Large",
        "\\LARGE",
        "\\huge",
        "\\Huge",
    }
)
_SIZE_NAMES: Final = {"\\Tiny": "\\scriptsize"}
_OPENING: Final = frozenset({"{", "\\begin", "\\begingroup"})
_CLOSING: Final = frozenset({"}", "\\end", "\\endgroup"})
_SPLITS_A_CELL: Final = frozenset({"&", "\\\\", "\\cr", "\\right", "\\middle"})


def sizes(tokens: list[str]) -> list[str]:
    r"""Make ``\small`` and its like, which LaTeX ignores in mathematics, size what follows in their group."""
    for index, piece in enumerate(tokens):
        if piece in SIZES:
            end = _group_rest(tokens, index + 1)
            rest = sizes(tokens[index + 1 : end])
            if not _SPLITS_A_CELL.isdisjoint(_outer(rest)):
                return [*tokens[:index], *rest, *sizes(tokens[end:])]
            size = _SIZE_NAMES.get(piece, piece)
            sized = ["\\text", "{", size, "$", "\\displaystyle ", *rest, "$", "}"]
            return [*tokens[:index], *sized, *sizes(tokens[end:])]
    return tokens


def _group_rest(tokens: list[str], position: int) -> int:
    """Return where the group or environment ends that ``position`` lies in."""
    depth = 0
    for index in range(position, len(tokens)):
        depth += (tokens[index] in _OPENING) - (tokens[index] in _CLOSING)
        if depth < 0:
            return index
    return len(tokens)


def _outer(tokens: list[str]) -> list[str]:
    """Return the tokens that stand in no inner group or environment."""
    found: list[str] = []
    depth = 0
    for piece in tokens:
        depth -= piece in _CLOSING
        if depth == 0:
            found.append(piece)
        depth += piece in _OPENING
    return found
