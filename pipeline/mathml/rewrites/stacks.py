"""Accents, braces, arrows and whatever else stands over or under something."""

from __future__ import annotations

from typing import Final

from pipeline.mathml.atoms import Atom
from pipeline.mathml.changes import accent, accent_under, classed, fixed_limits, forced_limits, spaced, stacked_limits
from pipeline.mathml.parser import Handler, Parser

_ACCENTS: Final = {  # command: the character above, and whether it grows with what is below it
    "\\acute": ("´", False),
    "\\grave": ("`", False),
    "\\ddot": ("¨", False),
    "\\tilde": ("~", False),
    "\\bar": ("¯", False),
    "\\breve": ("˘", False),
    "\\check": ("ˇ", False),
    "\\hat": ("^", False),
    "\\vec": ("→", False),
    "\\dot": ("˙", False),
    "\\mathring": ("˚", False),
    "\\dddot": ("⃛", False),
    "\\ddddot": ("⃜", False),
    "\\widetilde": ("~", True),
    "\\widehat": ("^", True),
    "\\widecheck": ("ˇ", True),
    "\\overline": ("‾", True),
    "\\overparen": ("⏜", True),
    "\\overrightarrow": ("→", True),
    "\\overleftarrow": ("←", True),
    "\\overleftrightarrow": ("↔", True),
}
_UNDER: Final = {
    "\\underline": "‾",
    "\\underbar": "‾",
    "\\underparen": "⏝",
    "\\underrightarrow": "→",
    "\\underleftarrow": "←",
    "\\underleftrightarrow": "↔",
}
_BRACES: Final = {"\\overbrace": "⏞", "\\overbracket": "⎴", "\\underbrace": "⏟", "\\underbracket": "⎵"}
_ARROWS: Final = {
    "\\xrightarrow": "→",
    "\\xleftarrow": "←",
    "\\xtwoheadrightarrow": "↠",
    "\\xtwoheadleftarrow": "↞",
    "\\xmapsto": "↦",
    "\\xlongequal": "=",
    "\\xtofrom": "⇄",
    "\\xleftrightarrow": "↔",
    "\\xRightarrow": "⇒",
    "\\xLeftarrow": "⇐",
    "\\xLeftrightarrow": "⇔",
    "\\xhookrightarrow": "↪",
    "\\xhookleftarrow": "↩",
    "\\xrightharpoonup": "⇀",
    "\\xrightharpoondown": "⇁",
    "\\xleftharpoonup": "↼",
    "\\xleftharpoondown": "↽",
    "\\xrightleftharpoons": "⇌",
    "\\xleftrightharpoons": "⇋",
}


def over(parser: Parser, name: str) -> Atom:
    r"""An accent; latex2mathml's own ones differ in character and stretch from what browsers need."""
    character, wide = _ACCENTS[name]
    parser.draft.mark(accent)
    parser.draft.write("\\overset", "{")
    if name == "\\vec":
        parser.draft.mark(classed("m-vec"))
    parser.draft.leaf("mo", character, stretchy="true" if wide else "false")
    parser.draft.write("}")
    parser.argument(name)
    return Atom.ORDINARY


def under(parser: Parser, name: str) -> Atom:
    """A line or arrow below."""
    parser.draft.mark(accent_under)
    parser.draft.write("\\underset", "{")
    parser.draft.leaf("mo", _UNDER[name], stretchy="true")
    parser.draft.write("}")
    parser.draft.shape.below += 1
    parser.argument(name)
    return Atom.ORDINARY


def brace(parser: Parser, name: str) -> Atom:
    """A brace over or under, whose script is its label."""
    if name.endswith("bracket"):  # of mathtools, with a thickness and a height
        parser.raw_brackets()
        parser.raw_brackets()
    below = name.startswith("\\under")
    parser.draft.write("{", "\\underset" if below else "\\overset", "{")
    parser.draft.leaf("mo", _BRACES[name], stretchy="true")
    parser.draft.write("}")
    parser.draft.shape.below += below
    parser.argument(name)
    parser.draft.write("}")
    return Atom.LIMITS


def overset(parser: Parser, name: str) -> Atom:
    r"""``\overset{above}{base}``; a relation stays one."""
    parser.draft.mark(fixed_limits)
    parser.draft.write("\\overset")
    parser.script_argument(name)
    parser.argument(name)
    return Atom.OPERATOR


def underset(parser: Parser, name: str) -> Atom:
    r"""``\underset{below}{base}``."""
    parser.draft.mark(fixed_limits)
    parser.draft.write("\\underset")
    parser.draft.shape.below += 1
    parser.script_argument(name)
    parser.argument(name)
    return Atom.OPERATOR


def over_and_under(parser: Parser, name: str) -> Atom:
    r"""``\overunderset{above}{below}{base}``."""
    above, below = (parser.taken(parser.script_argument, name) for _ in range(2))
    parser.draft.mark(forced_limits)
    parser.argument(name)
    parser.draft.write("_", *below, "^", *above)
    parser.draft.shape.below += 1
    parser.draft.shape.above += 1
    return Atom.OPERATOR


def build_relation(parser: Parser, name: str) -> Atom:
    r"""``\buildrel above \over base``."""
    parser.draft.write("\\overset", *parser.label("\\over", "\\buildrel without \\over"))
    parser.argument(name)
    return Atom.OPERATOR


def arrow(parser: Parser, name: str) -> Atom:
    r"""``\xrightarrow[below]{above}``: an arrow as long as its labels."""
    below, above = parser.brackets(), parser.taken(parser.script_argument, name)
    parser.draft.mark(stacked_limits)
    parser.draft.write("{")
    parser.draft.leaf("mo", _ARROWS[name], stretchy="true")
    parser.draft.write("}")
    parser.draft.write(*(("_", *below) if below else ()), "^", *above)
    parser.draft.shape.below += below is not None
    parser.draft.shape.above += below is not None
    return Atom.OPERATOR


def relation(parser: Parser, name: str) -> Atom:
    r"""``\mathrel{…}`` and its kin: the space of another class around a lone operator, none in scripts."""
    space = parser.setting.space(CLASSES[name])
    parser.draft.mark(spaced(space, space))
    parser.argument(name)
    return Atom.OPERATOR if name != "\\mathclose" else Atom.CLOSING


RELATIONS: Final = frozenset({"\\overset", "\\underset", "\\overunderset", "\\stackrel", "\\buildrel", *_ARROWS})
"""Commands that are relations, as a rule."""
CLASSES: Final = {
    "\\mathrel": "0.2778em",
    "\\mathbin": "0.2222em",
    "\\mathopen": "0",
    "\\mathclose": "0",
    "\\mathpunct": "0",
}


def ordinary(parser: Parser, name: str) -> Atom:
    r"""``\mathord{…}``, ``\mathinner{…}``: a group."""
    parser.argument(name)
    return Atom.ORDINARY


def operator(parser: Parser, name: str) -> Atom:
    r"""``\mathop{…}`` takes limits."""
    parser.argument(name)
    return Atom.MOVABLE_GROUP


COMMANDS: Final[dict[str, Handler]] = {
    **dict.fromkeys(_ACCENTS, over),
    **dict.fromkeys(_UNDER, under),
    **dict.fromkeys(_BRACES, brace),
    **dict.fromkeys(_ARROWS, arrow),
    **dict.fromkeys(("\\overset", "\\stackrel", "\\stackbin"), overset),
    "\\underset": underset,
    "\\overunderset": over_and_under,
    "\\buildrel": build_relation,
    **dict.fromkeys(CLASSES, relation),
    **dict.fromkeys(("\\mathord", "\\mathinner", "\\vcenter"), ordinary),
    "\\mathop": operator,
}
