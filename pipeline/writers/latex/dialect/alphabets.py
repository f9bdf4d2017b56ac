r"""Letters and digits that TeX's fonts of one alphabet lack, where it would print other signs without a word.

The fonts of ``\mathbb`` and ``\mathcal`` have capitals alone; at the places of ``1`` and ``l`` stand ``⊮`` and ``↕``.
"""

from __future__ import annotations

from typing import Final

from pipeline.tex.alphabets import styled
from pipeline.tex.arguments import command_end
from pipeline.tex.tokens import Written, prose_of, read_argument, rewritten
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
    return rewritten(tokens, _alphabet)


def _alphabet(tokens: list[str], position: int) -> Written | None:
    piece = tokens[position]
    if prose := prose_of(tokens, position):
        return tokens[position : prose[1]], prose[1]
    if piece in _COMMANDS:
        content, end = read_argument(tokens, position + 1)
        return ["{", *_letters(content, piece), "}"] if _lacking(content) else tokens[position:end], end
    if piece in _SWITCHES:
        end = rest_of_group(tokens, position + 1)
        content = tokens[position + 1 : end]
        return _letters(content, _SWITCHES[piece]) if _lacking(content) else [piece, *alphabets(content)], end
    return None


def _lacking(tokens: list[str]) -> bool:
    """Whether there is a letter or a digit that is no capital."""
    return any(_styled(piece) and not piece.isupper() for piece in tokens)


def _styled(piece: str) -> bool:
    return len(piece) == 1 and piece.isascii() and piece.isalnum()


def _letters(tokens: list[str], command: str) -> list[str]:
    """Style letter by letter what stands in the argument of ``command``."""

    def rule(tokens: list[str], position: int) -> Written | None:
        piece = tokens[position]
        if piece in _WHOLE or piece.startswith(("\\math", "\\sym", "\\text")):
            end = command_end(tokens, position)
            return alphabets(tokens[position:end]), end
        return ([_letter(piece, command)], position + 1) if _styled(piece) else None

    return rewritten(tokens, rule)


def _letter(letter: str, command: str) -> str:
    if letter.isupper():
        return rf"{{{command}{{{letter}}}}}"
    found = styled(letter, _COMMANDS[command])
    return letter if found == letter else symbol(found)
