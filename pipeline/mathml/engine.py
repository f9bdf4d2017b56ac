"""One formula by latex2mathml, given TeX that it reads well, its tree cleaned up; what is uncertain is an error."""

from __future__ import annotations

from dataclasses import replace

from pipeline.mathml.atoms import TexError
from pipeline.mathml.conversion import Conversion, Formula
from pipeline.mathml.draft import Draft
from pipeline.mathml.nodes import convert_tokens
from pipeline.mathml.parser import Parser
from pipeline.mathml.rewrites.commands import COMMANDS, ENVIRONMENTS, INFIX, UNSPACED
from pipeline.mathml.rewrites.tables import lines
from pipeline.mathml.serialise import serialise
from pipeline.mathml.tree import UncertainError, replace_marks
from pipeline.tex.tokens import tokenize_math


def convert_one(formula: Formula) -> Conversion:
    """Convert one formula; runs in a worker."""
    tex, display = formula
    try:
        drafted = draft(tex, display=display)
    except TexError as error:
        position, length = place_of(tex, error.index)
        return Conversion(None, error=str(error), position=position, length=length)
    try:
        return Conversion(convert(drafted, display=display))
    except RecursionError:  # what commands hold may be deep without a brace, which is all that the gate counts
        return Conversion(None, error="the formula is nested too deeply")
    except Exception as error:  # noqa: BLE001 - latex2mathml raises whatever it stumbles over
        return Conversion(None, error=f"the conversion is uncertain: {error}")


def draft(tex: str, *, display: bool) -> Draft:
    """Return the draft of a formula.

    Raises:
        TexError: this is not TeX, or not the TeX that we know.
    """
    parser = Parser(tex, COMMANDS, INFIX, ENVIRONMENTS, UNSPACED)
    parser.setting = replace(parser.setting, display=display)
    lines(parser)
    if parser.position < len(parser.tokens) and parser.peek():
        raise parser.error(f"unmatched {parser.peek()}")
    return parser.draft


def convert(draft: Draft, *, display: bool) -> str:
    """Return the MathML of a draft.

    Raises:
        UncertainError: the result does not hold what the draft says.
        GateError: the result holds what no output may hold.
    """
    if not draft.tokens:
        return serialise((), display=display)[0]
    mathml, output = serialise(replace_marks(convert_tokens(draft.tokens), draft.marks), display=display)
    if sorted("".join(output.reading)) != sorted("".join(draft.reading)):
        raise UncertainError("the characters of the formula changed")
    if output.shape != draft.shape:
        raise UncertainError("the structure of the formula changed")
    return mathml


def place_of(tex: str, index: int) -> tuple[int, int]:
    """Return where the token that the parser calls number ``index`` stands in ``tex``, and its length."""
    wanted = tokenize_math(tex)
    if index >= len(wanted):
        return max(0, len(tex) - 1), 1
    position = 0
    for count, piece in enumerate(wanted):
        position = tex.index(piece, position)
        if count == index:
            return position, len(piece)
        position += len(piece)
    return 0, 1
