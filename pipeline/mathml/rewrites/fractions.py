"""Fractions, binomial coefficients and roots."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Final

from pipeline.mathml.atoms import STYLES, Atom
from pipeline.mathml.changes import classed, displayed_limits, movable_limits, no_line
from pipeline.mathml.parser import Handler, Parser
from pipeline.mathml.rewrites.fences import read_delimiter, write_delimiter
from pipeline.mathml.rewrites.spaces import read_length

_STYLES: Final = dict(zip("0123", STYLES.values(), strict=True))
"""The styles by the numbers that ``\\genfrac`` has for them."""
_STYLE_LETTERS: Final = {"d": "0", "t": "1"}


def fraction(parser: Parser, name: str) -> Atom:
    r"""``\frac``, ``\dfrac``, ``\tfrac``; latex2mathml takes a digit after it for a whole argument."""
    _pile(parser, name, style=_STYLE_LETTERS.get(name[1], ""))
    return Atom.ORDINARY


def continued(parser: Parser, name: str) -> Atom:
    r"""``\cfrac[l]{…}{…}`` keeps full size all the way down, though not the style of displays."""
    parser.raw_brackets()
    saved = parser.setting
    parser.draft.mark(classed("m-display"))
    parser.draft.write("{", "\\frac")
    parser.draft.shape.fractions += 1
    for _ in range(2):
        parser.setting = replace(saved, display=False, level=0)
        parser.draft.write("{")
        parser.draft.mark(classed("m-text"))
        parser.argument(name)
        parser.draft.write("}")
    parser.setting = saved
    parser.draft.write("}")
    return Atom.ORDINARY


def binomial(parser: Parser, name: str) -> Atom:
    r"""``\binom`` and its kin: a pile between parentheses."""
    style = _STYLE_LETTERS.get(name[1], "") if name != "\\binom" else ""
    _pile(parser, name, style=style, opening="(", closing=")", line=False)
    return Atom.ORDINARY


def general(parser: Parser, name: str) -> Atom:
    r"""``\genfrac{(}{)}{thickness}{style}{…}{…}``."""
    opening, closing = (_bare_delimiter(parser, name) for _ in range(2))
    thickness, index = parser.raw_text(name), parser.position
    style = parser.raw_text(name)
    if style and style not in _STYLES:
        raise parser.error(f"{name} has styles from 0 to 3", index)
    _pile(parser, name, style=style, opening=opening, closing=closing, line=not _is_zero(thickness))
    return Atom.ORDINARY


def _bare_delimiter(parser: Parser, name: str) -> str:
    if parser.accept("{"):
        delimiter = "." if parser.peek() == "}" else read_delimiter(parser, name)
        if not parser.accept("}"):
            raise parser.error(f"{name} needs a delimiter")
        return "" if delimiter == "." else delimiter
    return read_delimiter(parser, name)


def _is_zero(length: str) -> bool:
    return length[:1] == "0" and not any(character in "123456789" for character in length)


def _pile(  # noqa: PLR0913 - what \genfrac takes
    parser: Parser, name: str, *, style: str, opening: str = "", closing: str = "", line: bool = True
) -> None:
    """Read two arguments as a pile: with a line or without, between delimiters, in a style of its own."""
    saved = parser.setting
    if style in _STYLES:
        class_name, display, level = _STYLES[style]
        parser.draft.mark(classed(class_name))
        parser.setting = replace(saved, display=display, level=level)
    grouped = bool(style in _STYLES or opening or closing)
    parser.draft.write(*"{" * grouped)
    write_delimiter(parser, opening, "prefix")
    if not line:
        parser.draft.mark(no_line)
    parser.draft.write("\\frac")
    parser.draft.shape.fractions += 1
    parser.small_argument(name)
    parser.small_argument(name)
    write_delimiter(parser, closing, "postfix")
    parser.draft.write(*"}" * grouped)
    parser.setting = saved


_INFIX_FENCES: Final = {"\\choose": ("(", ")"), "\\brace": ("{", "}"), "\\brack": ("[", "]")}


def infix(parser: Parser, end: str, start: int) -> None:
    r"""``a \over b``: everything before it in the group is the numerator, everything after it the denominator."""
    name = parser.tokens[parser.position - 1]
    if parser.divided:
        raise parser.error(f"{name} after another division in the same group: braces are missing", parser.position - 1)
    parser.divided = True
    opening = closing = ""
    if name.endswith("withdelims"):
        opening, closing = read_delimiter(parser, name), read_delimiter(parser, name)
    elif name in _INFIX_FENCES:
        opening, closing = _INFIX_FENCES[name]
    line = name.startswith(("\\over", "\\above"))
    if name.startswith("\\above"):
        line = not _is_zero(read_length(parser, name))
    above = parser.draft.take(start)
    parser.draft.exchange(above, displayed_limits, movable_limits)  # what was read as part of a display is not in one
    parser.draft.write("{")
    write_delimiter(parser, opening, "prefix")
    if not line:
        parser.draft.mark(no_line)
    parser.draft.write("\\frac", "{", *above, "}", "{")
    parser.draft.shape.fractions += 1
    level = parser.setting.level + (not parser.setting.display)
    parser.setting = replace(parser.setting, display=False, level=level)
    parser.previous = Atom.NOTHING
    parser.items(end)
    parser.draft.write("}")
    write_delimiter(parser, closing, "postfix")
    parser.draft.write("}")


INFIX: Final = dict.fromkeys(
    (
        "\\over",
        "\\atop",
        "\\above",
        "\\choose",
        "\\brace",
        "\\brack",
        "\\overwithdelims",
        "\\atopwithdelims",
        "\\abovewithdelims",
    ),
    infix,
)


_LOW: Final = frozenset("acegmnopqrsuvwxyzαγεηικμνοπρςστυφχωϵϖϰϱ")
_ASCENT: Final = "0.7em"


def root(parser: Parser, name: str) -> Atom:
    r"""``\sqrt[n]{x}``; latex2mathml wants the index in one group."""
    degree = parser.brackets()
    parser.draft.write("\\sqrt")
    if degree is not None:
        parser.draft.write("[", *degree, "]")
    _radicand(parser, name)
    return Atom.ORDINARY


def plain_root(parser: Parser, name: str) -> Atom:
    r"""``\root n \of x``."""
    parser.draft.write("\\sqrt", "[", *parser.label("\\of", "\\root without \\of"), "]")
    _radicand(parser, name)
    return Atom.ORDINARY


def _radicand(parser: Parser, name: str) -> None:
    """Read what a root is of; low letters get the height of others, or half of the root would hang below the line.

    TeX puts half of what a root is too tall for above its radicand (TeXbook, appendix G, rule 11), MathML Core nothing.
    """
    parser.draft.shape.roots += 1
    start, read = len(parser.draft.tokens), len(parser.draft.reading)
    if parser.peek() == "\\frac":  # the one command whose arguments MathJax reads here
        parser.whole_argument(name)
    else:
        parser.argument(name)
    letters = parser.draft.reading[read:]
    only = len(parser.draft.tokens) - start <= len(letters) + len("{}")
    if letters and only and _LOW.issuperset(unicodedata.normalize("NFKC", "".join(letters))):
        radicand = parser.draft.take(start)
        parser.draft.write("{", *radicand)
        parser.draft.leaf("mspace", height=_ASCENT)
        parser.draft.write("}")


def root_shift(parser: Parser, name: str) -> Atom:
    r"""``\uproot`` and ``\leftroot`` move a root's index by hand, which MathML leaves to the font."""
    parser.raw_argument(name)
    return Atom.NOTHING


COMMANDS: Final[dict[str, Handler]] = {
    **dict.fromkeys(("\\frac", "\\dfrac", "\\tfrac"), fraction),
    **dict.fromkeys(("\\binom", "\\dbinom", "\\tbinom"), binomial),
    "\\cfrac": continued,
    "\\genfrac": general,
    "\\sqrt": root,
    "\\root": plain_root,
    "\\uproot": root_shift,
    "\\leftroot": root_shift,
}
