r"""Colours as classes, so that a style sheet can keep them readable on a dark page."""

from __future__ import annotations

from typing import Final

from pipeline.mathml.atoms import Atom
from pipeline.mathml.changes import classed
from pipeline.mathml.parser import Handler, Parser
from pipeline.mathml.rewrites.text import text
from pipeline.tex.colours import colour_class


def _read_colour(parser: Parser, name: str, *, ground: bool = False) -> str:
    """Read a colour and return its class; one that nobody knows leaves things as they are."""
    model = parser.raw_brackets() or ""
    return colour_class(parser.raw_text(name), model, ground=ground)


def colour(parser: Parser, name: str) -> Atom:
    r"""``\color{red}{…}`` colours the group after it, as authors mean it; where there is none, what follows."""
    found = classed(_read_colour(parser, name))
    if parser.peek() != "{":
        parser.wrap_rest(found)
        return Atom.NOTHING
    parser.draft.mark(found)
    parser.boxed_argument(name)
    return Atom.ORDINARY


def text_colour(parser: Parser, name: str) -> Atom:
    r"""``\textcolor{red}{…}``."""
    parser.draft.mark(classed(_read_colour(parser, name)))
    parser.boxed_argument(name)
    return Atom.ORDINARY


def colour_box(parser: Parser, name: str) -> Atom:
    r"""``\colorbox{red}{prose}``, ``\fcolorbox{black}{red}{prose}``."""
    classes = ["m-box"] if name == "\\fcolorbox" else []
    if name == "\\fcolorbox":
        _read_colour(parser, name)
    classes.append(_read_colour(parser, name, ground=True))
    parser.draft.mark(classed(*classes))
    return text(parser, name)


COMMANDS: Final[dict[str, Handler]] = {
    "\\color": colour,
    "\\textcolor": text_colour,
    "\\colorbox": colour_box,
    "\\fcolorbox": colour_box,
}
