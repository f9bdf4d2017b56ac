r"""Letters and digits that TeX's fonts of one alphabet lack, where it would print other signs without a word.

The fonts of ``\mathbb`` and ``\mathcal`` have capitals alone; at the places of ``1`` and ``l`` stand ``⊮`` and ``↕``.
"""

from __future__ import annotations

from typing import Final

from pipeline.tex.alphabets import styled
from pipeline.tex.arguments import command_end
from pipeline.tex.tokens import prose_of, read_argument
from pipeline.writers.latex.dialect.groups import rest_of_group
from pipeline.writers.latex.dialect.symbols import symbol

_VARIANTS: Final = {
    "double-struck": r"\mathbb \Bbb \mathds \mathbbm \symbb",
    "script": r"\mathcal \symcal \mathscr \symscr",
    "bold-script": r"\mathbfcal \symbfcal \mathbfscr \symbfscr",
}
_COMMANDS: Final = {name: variant for variant, names in _VARIANTS.items() for name in names.split()}
_SWITCHES: Final = {"\\bbFont": "\\mathbb", "\\cal": "\\mathcal", "\\scr": "\\mathscr"}
"""Commands for the rest of their group, and those that do the same for an argument."""
_OTHERS: Final = r"""
    \begin \bm \bold \boldsymbol \color \enclose \genfrac \hskip \hspace \kern \left \lifted \mkern \mskip \mspace \rule
"""
_WHOLE: Final = frozenset(_OTHERS.split())
"""Fonts of their own, and commands that take more than formulas: names, lengths, numbers."""


def alphabets(tokens: list[str]) -> list[str]:
    r"""Write ``\mathbb{1}`` and ``\mathcal{l}`` so that TeX prints what a browser shows."""
    if _COMMANDS.keys().isdisjoint(tokens) and _SWITCHES.keys().isdisjoint(tokens):
        return tokens
    result: list[str] = []
    position = 0
    while position < len(tokens):
        piece = tokens[position]
        start, position = position, position + 1
        if prose := prose_of(tokens, start):
            position = prose[1]
            result += tokens[start:position]
        elif piece in _COMMANDS:
            content, position = read_argument(tokens, position)
            result += ["{", *_letters(content, piece), "}"] if _lacking(content) else tokens[start:position]
        elif piece in _SWITCHES:
            position = rest_of_group(tokens, position)
            content = tokens[start + 1 : position]
            result += _letters(content, _SWITCHES[piece]) if _lacking(content) else [piece, *alphabets(content)]
        else:
            result.append(piece)
    return result


def _lacking(tokens: list[str]) -> bool:
    """Whether there is a letter or a digit that is no capital."""
    return any(_styled(piece) and not piece.isupper() for piece in tokens)


def _styled(piece: str) -> bool:
    return len(piece) == 1 and piece.isascii() and piece.isalnum()


def _letters(tokens: list[str], command: str) -> list[str]:
    """Style letter by letter what stands in the argument of ``command``."""
    result: list[str] = []
    position = 0
    while position < len(tokens):
        piece = tokens[position]
        start, position = position, position + 1
        if piece in _WHOLE or piece.startswith(("\\math", "\\sym", "\\text")):
            position = command_end(tokens, start)
            result += alphabets(tokens[start:position])
        else:
            result.append(_letter(piece, command) if _styled(piece) else piece)
    return result


def _letter(letter: str, command: str) -> str:
    if letter.isupper():
        return rf"{{{command}{{{letter}}}}}"
    found = styled(letter, _COMMANDS[command])
    return letter if found == letter else symbol(found)
