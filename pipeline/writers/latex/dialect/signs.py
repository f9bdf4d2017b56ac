r"""Steps from MathJax's TeX to LaTeX's that concern characters, text inside formulas, and sizes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from pipeline.tex.prose import PROSE
from pipeline.tex.symbols import KINDS
from pipeline.tex.text_symbols import TEXT_SYMBOLS
from pipeline.tex.tokens import Written, group_end, is_blank, prose_of, rewritten, skip_blanks
from pipeline.writers.latex.dialect.groups import CLOSING, OPENING, is_script, is_written, rest_of_group
from pipeline.writers.latex.dialect.symbols import CLASSES, DOUBLED, NAMES, SYMBOLS, symbol
from pipeline.writers.latex.text import escape

_HAN: Final = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff]")
_TEXT_ALONE: Final = frozenset({"\\TeX", "\\LaTeX"})


def named(tokens: list[str]) -> list[str]:
    r"""Give names that LaTeX lacks by their characters: those of symbols, and in formulas those of prose."""
    return rewritten(tokens, _named)


def _named(tokens: list[str], position: int) -> Written | None:
    piece = tokens[position]
    if prose := prose_of(tokens, position):
        return tokens[position : prose[1]], prose[1]
    if piece in TEXT_SYMBOLS:
        return ["\\text", "{", escape(TEXT_SYMBOLS[piece]), "}"], position + 1
    if piece in _TEXT_ALONE:
        return ["\\text", "{", piece, "}"], position + 1
    return ([NAMES[piece]], position + 1) if piece in NAMES else None


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
    return rewritten(tokens, _characters)


def _characters(tokens: list[str], position: int) -> Written | None:
    if prose := prose_of(tokens, position):
        return tokens[position : prose[1]], prose[1]
    if tokens[position].isascii() or is_written(tokens[position]):
        return None
    end = _run_end(tokens, position)
    return _run(tokens[position:end], script=is_script(tokens, position)), end


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

    def rule(tokens: list[str], position: int) -> Written | None:
        prose = prose_of(tokens, position)
        if prose is None:
            return None
        return [*tokens[position : prose[0]], *_text_argument(tokens[slice(*prose)], formula)], prose[1]

    return rewritten(tokens, rule)


def _text_argument(tokens: list[str], formula: Callable[[list[str]], list[str]]) -> list[str]:
    def rule(tokens: list[str], position: int) -> Written:
        piece, after = tokens[position], position + 1
        if piece == "$" and piece in tokens[after:]:
            end = tokens.index(piece, after)
            return [piece, *formula(tokens[after:end]), piece], end + 1
        if piece in _QUOTES and tokens[after : after + 1] == [piece]:
            return [_QUOTES[piece]], after + 1
        if piece in ("^", "_") and tokens[after : after + 1] == ["{"]:  # no script in prose: it stands as it is
            end = group_end(tokens, after)
            return [_IN_TEXT[piece], r"\{", *_text_argument(tokens[after + 1 : end - 1], formula), r"\}"], end
        if piece in TEXT_SYMBOLS:
            return [_IN_TEXT[piece]], skip_blanks(tokens, after)
        kept = piece.isascii() or is_written(piece)
        return [_IN_TEXT.get(piece, piece) if kept else escape(piece)], after

    return rewritten(tokens, rule)


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
