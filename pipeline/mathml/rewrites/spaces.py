"""Spaces. latex2mathml names some of them (``negativethinmathspace``), which MathML Core does not know."""

from __future__ import annotations

from typing import Final

from pipeline.mathml.atoms import Atom
from pipeline.mathml.changes import boxed
from pipeline.mathml.parser import Handler, Parser
from pipeline.tex.lengths import LENGTH, ems

_WIDTHS: Final = {
    "\\,": "0.1667em",
    "\\:": "0.2222em",
    "\\>": "0.2222em",
    "\\;": "0.2778em",
    "\\!": "-0.1667em",
    "\\ ": "0.333em",
    "\\\n": "0.333em",
    "\\\t": "0.333em",
    "\\\u00a0": "0.333em",
    "\\space": "0.333em",
    "\\nobreakspace": "0.333em",
    "\\nobreak": "0",
    "\\enspace": "0.5em",
    "\\enskip": "0.5em",
    "\\quad": "1em",
    "\\qquad": "2em",
    "\\thinspace": "0.1667em",
    "\\medspace": "0.2222em",
    "\\thickspace": "0.2778em",
    "\\negthinspace": "-0.1667em",
    "\\negmedspace": "-0.2222em",
    "\\negthickspace": "-0.2778em",
}
_SKIPS: Final = ("\\hspace", "\\hskip", "\\kern", "\\mkern", "\\mskip", "\\mspace")
SPACES: Final = frozenset({*_WIDTHS, *_SKIPS})
"""Every command that is a space and nothing else."""


def space(parser: Parser, name: str) -> Atom:
    r"""``\,``, ``\quad`` and the like."""
    parser.draft.leaf("mspace", width=_WIDTHS[name])
    return Atom.NOTHING


def skip(parser: Parser, name: str) -> Atom:
    r"""``\hspace{1em}``, ``\kern 3mu``."""
    parser.accept("*")
    parser.draft.leaf("mspace", width=read_length(parser, name))
    return Atom.NOTHING


def read_length(parser: Parser, name: str) -> str:
    """Read a length, braced or bare, and return it in ems.

    Raises:
        TexError: what comes next is no length.
    """
    start = parser.position
    if parser.peek() == "{":
        width = ems(parser.raw_text(name))
    else:
        text = "".join(parser.tokens[parser.position : parser.position + 24])
        match = LENGTH.match(text)
        width = ems(match[0]) if match else None
        end = match.end() if match else 0
        while end > 0:
            end -= len(parser.tokens[parser.position])
            parser.position += 1
    if width is None:
        raise parser.error(f"{name} needs a length", start)
    return width


def rule(parser: Parser, name: str) -> Atom:
    r"""``\rule[raise]{width}{height}``: a black box; ``\Space`` is an empty one."""
    parser.raw_brackets()
    width, height = read_length(parser, name), read_length(parser, name)
    depth = "0"
    if name != "\\rule":
        depth = read_length(parser, name)
    if name != "\\Space":  # browsers paint no ground behind a space itself
        parser.draft.mark(boxed("mrow", **{"class": "m-rule"}))
    parser.draft.leaf("mspace", width=width, height=height, depth=depth)
    return Atom.ORDINARY


def raised(parser: Parser, name: str) -> Atom:
    r"""``\raise 2pt{…}``, ``\lower 2pt\hbox{…}``, ``\raisebox{2pt}{…}``."""
    length = read_length(parser, name)
    parser.draft.mark(boxed("mpadded", voffset=_negated(length) if name == "\\lower" else length))
    parser.whole_argument(name)
    return Atom.ORDINARY


def moved(parser: Parser, name: str) -> Atom:
    r"""``\moveleft 2pt{…}``: space before it and the opposite after it."""
    length = read_length(parser, name)
    first, last = (_negated(length), length) if name == "\\moveleft" else (length, _negated(length))
    parser.draft.leaf("mspace", width=first)
    parser.whole_argument(name)
    parser.draft.leaf("mspace", width=last)
    return Atom.ORDINARY


def _negated(length: str) -> str:
    return length[1:] if length.startswith("-") else "-" + length


COMMANDS: Final[dict[str, Handler]] = {
    **dict.fromkeys(_WIDTHS, space),
    **dict.fromkeys(_SKIPS, skip),
    **dict.fromkeys(("\\rule", "\\Rule", "\\Space"), rule),
    **dict.fromkeys(("\\raise", "\\lower", "\\raisebox"), raised),
    **dict.fromkeys(("\\moveleft", "\\moveright"), moved),
}
