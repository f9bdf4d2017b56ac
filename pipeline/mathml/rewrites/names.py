"""Names of functions, negation, dots: what reads as a word or depends on what follows."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import Final

from pipeline.mathml.atoms import Atom
from pipeline.mathml.changes import accent, accent_under, boxed
from pipeline.mathml.glyphs import write_character, write_dots
from pipeline.mathml.parser import Handler, Parser
from pipeline.mathml.scripts import read_scripts
from pipeline.tex.alphabets import styled
from pipeline.tex.symbols import SYMBOLS, Kind
from pipeline.tex.tokens import join

_FUNCTION_NAMES: Final = """
    arccos arcctg arcsin arctan arctg arg ch cos cosec cosh cot cotg coth csc ctg cth deg dim exp hom ker lg ln log sec
    sh sin sinh tan tanh tg th
"""
_FUNCTIONS: Final = frozenset(_FUNCTION_NAMES.split())
_LIMITS: Final = {
    **{name: name for name in ("argmax", "argmin", "det", "gcd", "inf", "lim", "max", "min", "plim", "Pr", "sup")},
    "injlim": "inj\u2009lim",
    "liminf": "lim\u2009inf",
    "limsup": "lim\u2009sup",
    "projlim": "proj\u2009lim",
}
_DECORATED: Final = {
    "\\varliminf": ("\\underset", "‾"),
    "\\varlimsup": ("\\overset", "‾"),
    "\\varinjlim": ("\\underset", "→"),
    "\\varprojlim": ("\\underset", "←"),
}
_NAME: Final = re.compile(r"(?:[-A-Za-z0-9*]|\\[,;:! ]|\\quad(?![A-Za-z])|\\(?:math)?rm(?![A-Za-z])|~|[{}\s])+")
_NAME_SPACES: Final = re.compile(r"\\[,;: ]|~|\\quad")
_NAME_NOISE: Final = re.compile(r"\\!|\\(?:math)?rm(?![A-Za-z])|[{}\s]")
_LOW_DOTS: Final = "…"
_HIGH_DOTS: Final = "⋯"
_HIGH: Final = frozenset("+-=<>*:")


def function(parser: Parser, name: str) -> Atom:
    r"""``\sin``; as an operator of our own it can say what space it needs."""
    parser.draft.leaf("mo", _lettered(parser, name[1:]))
    return Atom.FUNCTION


def _lettered(parser: Parser, name: str) -> str:
    r"""Return a name in bold letters inside ``\boldsymbol``, which no other font changes."""
    return styled(name, "bold") if parser.setting.bold else name


def limits(parser: Parser, name: str) -> Atom:
    r"""``\max``: latex2mathml sets its limits beside it even in displays."""
    parser.draft.leaf("mo", _lettered(parser, _LIMITS[name[1:]]))
    return Atom.MOVABLE_NAME


def decorated(parser: Parser, name: str) -> Atom:
    r"""``\varlimsup``: "lim" with a line or an arrow."""
    command, character = _DECORATED[name]
    below = command == "\\underset"
    parser.draft.mark(accent_under if below else accent)
    parser.draft.write(command, "{")
    parser.draft.leaf("mo", character, stretchy="true")
    parser.draft.write("}", "{")
    parser.draft.leaf("mi", "lim")
    parser.draft.write("}")
    parser.draft.shape.below += below
    return Atom.MOVABLE_GROUP


def operator_name(parser: Parser, name: str) -> Atom:
    r"""``\operatorname{…}``; latex2mathml cuts it at the first brace."""
    starred = parser.accept("*") or name == "\\operatornamewithlimits"
    start = parser.position
    tex = join(parser.raw_argument(name))
    if tex.strip() and _NAME.fullmatch(tex):
        parser.draft.leaf("mo", _NAME_NOISE.sub("", _NAME_SPACES.sub("\u2009", tex)))
        atom = Atom.OPERATOR_NAME if starred else Atom.FUNCTION
    else:
        parser.position = start
        parser.argument_in(name, replace(parser.setting, font="normal", words=True))
        atom = Atom.MOVABLE_GROUP if starred else Atom.INTEGRAL
    if not starred:
        parser.accept("\\limits")
    return atom


def binary_modulus(parser: Parser, _name: str) -> Atom:
    r"""``a \bmod n``."""
    parser.draft.leaf("mo", "mod", lspace="0.2778em", rspace="0.2778em")
    return Atom.OPERATOR


def modulus(parser: Parser, name: str) -> Atom:
    r"""``\pmod{n}``, ``\mod{n}``, ``\pod{n}``; a script belongs to the last parenthesis."""
    parser.draft.leaf("mspace", width="1em" if parser.setting.display else "0.444em")
    if name != "\\mod":
        parser.draft.leaf("mo", "(", stretchy="false")
    if name != "\\pod":
        parser.draft.leaf("mi", "mod")
        parser.draft.leaf("mspace", width="0.333em")
    parser.argument(name)
    if name == "\\mod":
        return Atom.ORDINARY
    start = len(parser.draft.tokens)
    parenthesis = write_character(parser, ")")
    parser.unseen()
    read_scripts(parser, start, parenthesis)
    return parenthesis


def negation(parser: Parser, _name: str) -> Atom:
    r"""``\not=``, ``\centernot{=}``: one character where Unicode has it, else an overlay; styles may be missing."""
    braced = parser.peek() == "{" and parser.tokens[parser.position + 2 : parser.position + 3] == ["}"]
    piece = parser.tokens[parser.position + 1] if braced else parser.peek()
    symbol = SYMBOLS.get(piece)
    character = symbol.character if symbol else IMPLICATIONS.get(piece, piece)
    if len(character) != 1 or character in "{}\\&#$%^_":
        parser.draft.mark(boxed("mpadded", width="0"))
        parser.draft.leaf("mtext", "⧸")
        return Atom.NOTHING
    parser.position += 3 if braced else 1
    negated = unicodedata.normalize("NFC", character + "\u0338")
    parser.draft.leaf("mi" if character.isalpha() else "mo", negated)
    return Atom.ORDINARY if character.isalpha() else Atom.OPERATOR


def dotted_integral(parser: Parser, _name: str) -> Atom:
    r"""``\idotsint``."""
    parser.draft.write("{")
    for character in "∫⋯∫":
        parser.draft.leaf("mo", character)
    parser.draft.write("}")
    return Atom.INTEGRAL


def dots(parser: Parser, _name: str) -> Atom:
    r"""``\dots`` are high between binary operators and relations, low elsewhere."""
    following = parser.peek()
    symbol = SYMBOLS.get(following)
    high = following in _HIGH or (symbol is not None and symbol.kind in (Kind.BINARY, Kind.RELATION))
    write_dots(parser, _HIGH_DOTS if high else _LOW_DOTS)
    return Atom.INNER


def logo(parser: Parser, name: str) -> Atom:
    r"""``\TeX`` and ``\LaTeX`` as words."""
    parser.draft.leaf("mtext", name[1:])
    return Atom.ORDINARY


def implication(parser: Parser, name: str) -> Atom:
    r"""``\implies`` and ``\iff`` keep more space around them than an arrow."""
    parser.draft.leaf("mo", IMPLICATIONS[name], lspace="0.5556em", rspace="0.5556em")
    return Atom.OPERATOR


IMPLICATIONS: Final = {"\\implies": "⟹", "\\impliedby": "⟸", "\\iff": "⟺"}

COMMANDS: Final[dict[str, Handler]] = {
    **{"\\" + name: function for name in _FUNCTIONS},
    **{"\\" + name: limits for name in _LIMITS},
    **dict.fromkeys(_DECORATED, decorated),
    "\\operatorname": operator_name,
    "\\operatornamewithlimits": operator_name,
    "\\bmod": binary_modulus,
    **dict.fromkeys(("\\pmod", "\\pod", "\\mod"), modulus),
    **dict.fromkeys(("\\not", "\\centernot"), negation),
    "\\dots": dots,
    "\\idotsint": dotted_integral,
    **dict.fromkeys(("\\TeX", "\\LaTeX"), logo),
    **dict.fromkeys(IMPLICATIONS, implication),
}
