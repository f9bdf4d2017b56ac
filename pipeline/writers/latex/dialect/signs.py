r"""Steps from MathJax's TeX to LaTeX's that concern characters, text inside formulas, and sizes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from pipeline.tex.prose import PROSE
from pipeline.tex.symbols import KINDS
from pipeline.tex.text_symbols import TEXT_SYMBOLS
from pipeline.tex.tokens import group_end, is_blank, prose_of, skip_blanks
from pipeline.writers.latex.dialect.groups import CLOSING, OPENING, rest_of_group
from pipeline.writers.latex.dialect.symbols import CLASSES, DOUBLED, NAMES, SYMBOLS, symbol
from pipeline.writers.latex.text import escape

_HAN: Final = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff]")
_TEXT_ALONE: Final = frozenset({"\\TeX", "\\LaTeX"})


def named(tokens: list[str]) -> list[str]:
    r"""Give names that LaTeX lacks by their characters: those of symbols, and in formulas those of prose."""
    result: list[str] = []
    position = 0
    while position < len(tokens):
        prose = prose_of(tokens, position)
        end = prose[1] if prose else position + 1
        result += tokens[position:end] if prose else _named(tokens[position])
        position = end
    return result


def _named(piece: str) -> list[str]:
    if piece in TEXT_SYMBOLS:
        return ["\\text", "{", escape(TEXT_SYMBOLS[piece]), "}"]
    return ["\\text", "{", piece, "}"] if piece in _TEXT_ALONE else [NAMES.get(piece, piece)]


_FENCES: Final = frozenset(
    (
        "\\left",
        "\\middle",
        "\\right",
        *(f"\\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", *"lmr")),
    )
)


def doubled(tokens: list[str]) -> list[str]:
    r"""Make brackets that TeX's fonts lack of two: ``\left⟦`` of ``\left[`` and another, which grow like it."""
    if DOUBLED.keys().isdisjoint(tokens):
        return tokens
    result: list[str] = []
    before = ""
    for piece in tokens:
        pair = DOUBLED.get(piece)
        if pair is None:
            result.append(piece)
        elif before in _FENCES:
            result += [pair[0], "\\!", before, pair[1]]
        else:
            result += [CLASSES[KINDS[piece]], "{", pair[0], "\\!", pair[1], "}"]
        before = before if is_blank(piece) else piece
    return result


def characters(tokens: list[str]) -> list[str]:
    r"""Give characters that TeX's math fonts lack by their commands, Chinese as ``\text``, the rest by other fonts."""
    if all(map(str.isascii, tokens)):
        return tokens
    result: list[str] = []
    before = ""
    position = 0
    while position < len(tokens):
        prose = prose_of(tokens, position)
        end = prose[1] if prose else _run_end(tokens, position)
        piece = tokens[position]
        if prose or piece.isascii():
            result += tokens[position:end]
        else:
            result += _run(tokens[position:end], script=before in ("^", "_"))
        before = before if is_blank(piece) else piece
        position = end
    return result


def _kind(piece: str) -> str:
    """What a character becomes together with its neighbours: text, or one script; empty when it stands alone."""
    if _HAN.match(piece):
        return "text"
    return known[0] if (known := SYMBOLS.get(piece, "")) and known[0] in "^_" else ""


def _run_end(tokens: list[str], position: int) -> int:
    end = position + 1
    kind = _kind(tokens[position])
    while kind and end < len(tokens) and _kind(tokens[end]) == kind:
        end += 1
    return end


def _run(pieces: list[str], *, script: bool) -> list[str]:
    kind = _kind(pieces[0])
    if kind == "text":
        return ["\\text", "{", *map(escape, pieces), "}"]
    if kind:
        return [*([] if script else [kind]), "{", *(SYMBOLS[piece][1:] for piece in pieces), "}"]
    tex = symbol(pieces[0])
    if script and "{" in tex:
        return ["{", tex, "}"]
    return [tex, " "] if tex[-1:].isalpha() else [tex]


_IN_TEXT: Final = {
    **{name: escape(character) for name, character in TEXT_SYMBOLS.items()},
    "_": r"\_",
    "#": r"\#",
    "&": r"\&",
    "^": r"\textasciicircum{}",
    "~": "~",
    "%": r"\%",
    "`": r"\textquoteleft{}",
    "'": r"\textquoteright{}",
}
_QUOTES: Final = {"`": r"\textquotedblleft{}", "'": r"\textquotedblright{}"}
"""What two of a sign are: the fonts of text have no ligatures."""


def text_arguments(tokens: list[str], formula: Callable[[list[str]], list[str]]) -> list[str]:
    r"""Escape what is special in ``\text{…}`` but stands for itself in MathJax, and set what is in dollars."""
    if PROSE.keys().isdisjoint(tokens):
        return tokens
    tokens = ["\\text" if piece == "\\textmode" else piece for piece in tokens]
    result: list[str] = []
    position = 0
    while position < len(tokens):
        if prose := prose_of(tokens, position):
            result += tokens[position : prose[0]]
            result += _text_argument(tokens[slice(*prose)], formula)
            position = prose[1]
        else:
            result.append(tokens[position])
            position += 1
    return result


def _text_argument(tokens: list[str], formula: Callable[[list[str]], list[str]]) -> list[str]:
    result: list[str] = []
    printed: set[int] = set()  # braces of ``^{2}``, which is no script in prose and stands as it is
    position = 0
    while position < len(tokens):
        start, piece = position, tokens[position]
        position += 1
        if piece == "$" and "$" in tokens[position:]:
            position = tokens.index("$", position) + 1
            result += ["$", *formula(tokens[start + 1 : position - 1]), "$"]
            continue
        if piece in ("^", "_") and tokens[position : position + 1] == ["{"]:
            printed |= {position, group_end(tokens, position) - 1}
        if piece in _QUOTES and tokens[position : position + 1] == [piece]:
            result.append(_QUOTES[piece])
            position += 1
        elif start in printed:
            result.append(f"\\{piece}")
        else:
            result.append(_IN_TEXT.get(piece, piece) if piece.isascii() else escape(piece))
        if piece in TEXT_SYMBOLS:
            position = skip_blanks(tokens, position)
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
_SPLITS_A_CELL: Final = frozenset({"&", "\\\\", "\\cr", "\\right", "\\middle"})


def sizes(tokens: list[str]) -> list[str]:
    r"""Make ``\small`` and its like, which LaTeX ignores in mathematics, size what follows in their group."""
    for index, piece in enumerate(tokens):
        if piece in SIZES:
            end = rest_of_group(tokens, index + 1)
            rest = sizes(tokens[index + 1 : end])
            if not _SPLITS_A_CELL.isdisjoint(_outer(rest)):
                return [*tokens[:index], *rest, *sizes(tokens[end:])]
            size = _SIZE_NAMES.get(piece, piece)
            sized = ["\\text", "{", size, "$", "\\displaystyle ", *rest, "$", "}"]
            return [*tokens[:index], *sized, *sizes(tokens[end:])]
    return tokens


def _outer(tokens: list[str]) -> list[str]:
    """Return the tokens that stand in no inner group or environment."""
    found: list[str] = []
    depth = 0
    for piece in tokens:
        depth -= piece in CLOSING
        if depth == 0:
            found.append(piece)
        depth += piece in OPENING
    return found
