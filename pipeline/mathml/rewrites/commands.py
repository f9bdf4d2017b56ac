"""Every command and environment there is a rewrite for, and the commands that print nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from pipeline.mathml.atoms import Atom
from pipeline.mathml.changes import fitted
from pipeline.mathml.glyphs import named_symbol
from pipeline.mathml.parser import ROW_ENDS, Handler, Parser
from pipeline.mathml.rewrites import boxes, colours, fences, fonts, fractions, names, spaces, stacks, tables, text
from pipeline.mathml.rewrites.diagrams import diagram
from pipeline.tex.symbols import SYMBOLS

_ESCAPED: Final = {"\\_": "_", "\\#": "#", "\\$": "$", "\\%": "%", "\\&": "&", "\\And": "&", "\\Bbbk": "𝕜"}
_SWALLOWED: Final = ("\\label", "\\tag")
_SILENT: Final = (
    "\\notag",
    "\\nonumber",
    "\\allowbreak",
    "\\relax",
    "\\displaylimits",
    "\\nonscript",
    "\\mathstrut",
    "\\-",
    "\\/",
    "\\hfil",
    "\\hfill",
    "\\hfilll",
)


def escaped(parser: Parser, name: str) -> Atom:
    r"""``\%``, ``\&``: the character itself."""
    character = _ESCAPED[name]
    parser.draft.leaf("mo" if character == "&" else "mi", character)
    return Atom.ORDINARY


def swallowed(parser: Parser, name: str) -> Atom:
    r"""``\label`` and ``\tag`` stand outside the formula, as anchor and number."""
    parser.accept("*")
    parser.raw_argument(name)
    return Atom.NOTHING


def silent(_parser: Parser, _name: str) -> Atom:
    """A command that prints nothing."""
    return Atom.NOTHING


def reference(parser: Parser, name: str) -> Atom:
    r"""``\eqref`` with its number, which the conversion put in the place of its label."""
    number = parser.raw_text(name)
    parser.draft.leaf("mtext", f"({number})" if name == "\\eqref" else number)
    return Atom.ORDINARY


def choice(parser: Parser, name: str) -> Atom:
    r"""``\mathchoice``: of four forms, the one for this style."""
    kept = 0 if parser.setting.display else min(3, parser.setting.level + 1)
    for index in range(4):
        if index == kept:
            parser.argument(name)
        else:
            parser.raw_argument(name)
    return Atom.ORDINARY


def _abbreviation(before: str, after: str, *fences_of: str) -> Handler:
    def handler(parser: Parser, name: str) -> Atom:
        if parser.peek() == "*":
            raise parser.error(
                f"{name} with a star is that of physics; only that of braket is supported, which has none"
            )
        grow = name[1].isupper()
        if grow:
            parser.draft.mark(fitted)
        parser.draft.write("{")
        _fence(parser, before, "prefix", grow=grow)
        parser.argument(name)
        if name == "\\braket" and parser.peek() == "{":
            raise parser.error(
                f"{name} with two arguments is that of physics; only that of braket is supported, which takes one"
            )
        for middle in fences_of:
            _fence(parser, middle, "postfix", grow=grow)
        if name in ("\\ketbra", "\\Ketbra"):
            parser.argument(name)
        _fence(parser, after, "postfix", grow=grow)
        parser.draft.write("}")
        return Atom.ORDINARY

    return handler


def _fence(parser: Parser, character: str, form: str, *, grow: bool) -> None:
    if grow:
        fences.write_delimiter(parser, character, form)
    else:
        parser.draft.leaf("mo", character, form=form, stretchy="false")


def skewed(parser: Parser, name: str) -> Atom:
    r"""``\skew{3}\hat{x}``: the accent, where the font puts it."""
    parser.raw_argument(name)
    accent = parser.next()
    handler = parser.commands.get(accent)
    if handler is None:
        raise parser.error(f"{name} needs an accent", parser.position - 1)
    saved = parser.setting
    parser.setting = replace(saved)
    handler(parser, accent)
    parser.setting = saved
    return Atom.ORDINARY


COMMANDS: Final[Mapping[str, Handler]] = MappingProxyType(
    {
        **dict.fromkeys(SYMBOLS, named_symbol),
        **boxes.COMMANDS,
        **colours.COMMANDS,
        **fences.COMMANDS,
        **fonts.COMMANDS,
        **fractions.COMMANDS,
        **names.COMMANDS,
        **spaces.COMMANDS,
        **stacks.COMMANDS,
        **tables.COMMANDS,
        **text.COMMANDS,
        **dict.fromkeys(_ESCAPED, escaped),
        **dict.fromkeys(_SWALLOWED, swallowed),
        **dict.fromkeys(_SILENT, silent),
        "\\ref": reference,
        "\\eqref": reference,
        "\\mathchoice": choice,
        "\\skew": skewed,
        **dict.fromkeys(("\\bra", "\\Bra"), _abbreviation("⟨", "|")),
        **dict.fromkeys(("\\ket", "\\Ket"), _abbreviation("|", "⟩")),
        **dict.fromkeys(("\\braket", "\\Braket"), _abbreviation("⟨", "⟩")),
        **dict.fromkeys(("\\set", "\\Set"), _abbreviation("{", "}")),
        **dict.fromkeys(("\\ketbra", "\\Ketbra"), _abbreviation("|", "|", "⟩", "⟨")),
    }
)
INFIX: Final = MappingProxyType(fractions.INFIX)
UNSPACED: Final = frozenset(
    {
        *(fences.COMMANDS.keys() - {"\\left"}),
        *spaces.SPACES,
        *stacks.CLASSES,
        *stacks.RELATIONS,
        *names.IMPLICATIONS,
        *INFIX,
        *ROW_ENDS,
        *_SWALLOWED,
        *_SILENT,
        *("\\dots", "\\end", "\\right", "\\of"),
    }
)
"""What a function's name keeps no thin space from, symbols aside: delimiters, spaces, other classes, dots, which bring
their own, what prints nothing, and ends."""
ENVIRONMENTS: Final[Mapping[str, Handler]] = MappingProxyType({**tables.ENVIRONMENTS, "CD": diagram})
