r"""Delimiters: ``\left … \right``, ``\big``, and what may stand after them."""

from __future__ import annotations

from typing import Final

from pipeline.mathml.atoms import Atom
from pipeline.mathml.changes import boxed, fitted
from pipeline.mathml.parser import Handler, Parser
from pipeline.mathml.scripts import SCRIPTS
from pipeline.tex.symbols import SYMBOLS, Kind

_BARE: Final = {
    **{character: character for character in "()[]/|"},
    ".": "",
    "<": "⟨",
    ">": "⟩",
    "\\|": "‖",
    "\\{": "{",
    "\\}": "}",
    "\\lbrace": "{",
    "\\rbrace": "}",
    "\\lbrack": "[",
    "\\rbrack": "]",
    "\\lt": "⟨",
    "\\gt": "⟩",
    "\\backslash": "\\",
    "\\\\": "\\",
    "\\vert": "|",
    "\\Vert": "‖",
    "⟨": "⟨",
    "⟩": "⟩",
    "‖": "‖",
    "\\lparen": "(",
    "\\rparen": ")",
}
_BY_THEMSELVES: Final = {
    **dict.fromkeys(("\\{", "\\lbrace", "\\lbrack", "\\lparen"), Atom.OPERATOR),
    **dict.fromkeys(("\\}", "\\rbrace", "\\rbrack", "\\rparen"), Atom.CLOSING),
    **dict.fromkeys(("\\|", "\\vert", "\\Vert"), Atom.ORDINARY),
}
"""Delimiters that are atoms where no command of size comes before them."""
_ARROWS: Final = frozenset("↑↓↕⇑⇓⇕")
_SIZES: Final = {"big": "1.2em", "Big": "1.8em", "bigg": "2.4em", "Bigg": "3em"}
_SIDES: Final = {"l": Atom.OPERATOR, "r": Atom.CLOSING, "m": Atom.OPERATOR, "": Atom.ORDINARY}


def read_delimiter(parser: Parser, name: str) -> str:
    r"""Read a delimiter and return its character; ``.`` is the empty one.

    Raises:
        TexError: what comes next is no delimiter.
    """
    braced = parser.accept("{")  # MathJax takes \big{(} too
    index = parser.position
    piece = parser.next()
    if braced and not parser.accept("}"):
        raise parser.error(f"{name} needs a delimiter", index)
    if piece in _BARE:
        return _BARE[piece]
    symbol = SYMBOLS.get(piece)
    character = symbol.character if symbol else piece
    if symbol and (symbol.kind in (Kind.OPENING, Kind.CLOSING, Kind.FENCE) or character in _ARROWS):
        return character
    if character in _ARROWS:
        return character
    raise parser.error(f"{name} needs a delimiter", index)


def write_delimiter(parser: Parser, character: str, form: str) -> None:
    """Write a delimiter that grows with what it encloses; nothing for the empty one."""
    if character:
        parser.draft.leaf("mo", character, form=form, stretchy="true", symmetric="true")


def left_right(parser: Parser, name: str) -> Atom:
    r"""``\left( … \right)`` is a group with growing delimiters; latex2mathml loses them across ``\\`` and ``&``."""
    opened = parser.position - 1
    opening = read_delimiter(parser, name)
    parser.draft.mark(fitted)
    parser.draft.write("{")
    write_delimiter(parser, opening, "prefix")
    parser.sequence("\\right")
    if not parser.accept("\\right"):
        raise parser.error("\\left without \\right", opened)
    write_delimiter(parser, read_delimiter(parser, "\\right"), "postfix")
    parser.draft.write("}")
    return Atom.INNER


def middle(parser: Parser, name: str) -> Atom:
    r"""``\middle|`` grows with the delimiters around it."""
    if not parser.fenced:
        raise parser.error(f"{name} that is not directly between \\left and \\right", parser.position - 1)
    character = read_delimiter(parser, name)
    if character:
        parser.draft.leaf(
            "mo", character, form="infix", stretchy="true", symmetric="true", lspace="0.05em", rspace="0.05em"
        )
    return Atom.OPERATOR


def big(parser: Parser, name: str) -> Atom:
    r"""``\big(``, ``\Biggl(``: delimiters of a fixed size."""
    side = name[-1] if name[-1] in "lrm" else ""
    size = _SIZES[name[1:].removesuffix(side)]
    character = read_delimiter(parser, name)
    if not character:
        return Atom.NOTHING
    space = "0.2778em" if side == "m" else "0"
    form = {"l": "prefix", "r": "postfix"}.get(side, "infix")
    if parser.peek() in SCRIPTS:  # Chromium sets the base of a script in its smallest size, a row aside
        parser.draft.mark(boxed("mrow"))
    parser.draft.leaf(
        "mo",
        character,
        form=form,
        stretchy="true",
        symmetric="true",
        minsize=size,
        maxsize=size,
        lspace=space,
        rspace=space,
    )
    return _SIDES[side]


def fence(parser: Parser, name: str) -> Atom:
    r"""A delimiter by itself, such as ``\{`` or ``\|``."""
    parser.draft.leaf("mo", _BARE[name])
    return _BY_THEMSELVES[name]


COMMANDS: Final[dict[str, Handler]] = {
    "\\left": left_right,
    "\\middle": middle,
    **{f"\\{size}{side}": big for size in _SIZES for side in _SIDES},
    **dict.fromkeys(_BY_THEMSELVES, fence),
}
