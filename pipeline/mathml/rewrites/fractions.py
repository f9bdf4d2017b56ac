"""Fractions, binomial coefficients and roots."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pipeline.mathml.atoms import Atom
from pipeline.mathml.changes import classed, no_line
from pipeline.mathml.parser import Handler, Parser
from pipeline.mathml.rewrites.fences import read_delimiter, write_delimiter

_STYLES: Final = {"d": True, "t": False}
_STYLE_CLASSES: Final = {True: "m-display", False: "m-text"}
_STYLE_NUMBERS: Final = {"0": True, "1": False, "2": False, "3": False}


def fraction(parser: Parser, name: str) -> Atom:
    r"""``\frac``, ``\dfrac``, ``\tfrac``; latex2mathml takes a digit after it for a whole argument."""
    display = _STYLES.get(name[1])
    _open_style(parser, display)
    _pile(parser, name, display=display)
    _close_style(parser, display)
    return Atom.ORDINARY


def continued(parser: Parser, name: str) -> Atom:
    r"""``\cfrac[l]{…}{…}`` keeps display size all the way down."""
    parser.raw_brackets()
    saved = parser.setting
    parser.draft.mark(classed("m-display"))
    parser.draft.write("{", "\\frac")
    parser.draft.shape.fractions += 1
    for _ in range(2):
        parser.setting = replace(saved, display=True)
        parser.draft.write("{")
        parser.draft.mark(classed("m-display"))
        parser.argument(name)
        parser.draft.write("}")
    parser.setting = saved
    parser.draft.write("}")
    return Atom.ORDINARY


def binomial(parser: Parser, name: str) -> Atom:
    r"""``\binom`` and its kin: a pile between parentheses."""
    display = _STYLES.get(name[1]) if name != "\\binom" else None
    _open_style(parser, display)
    _fenced_pile(parser, name, "(", ")", display=display)
    _close_style(parser, display)
    return Atom.ORDINARY


def general(parser: Parser, name: str) -> Atom:
    r"""``\genfrac{(}{)}{thickness}{style}{…}{…}``."""
    opening, closing = (_bare_delimiter(parser, name) for _ in range(2))
    thickness, style = parser.raw_text(name), parser.raw_text(name)
    display = _STYLE_NUMBERS.get(style)
    _open_style(parser, display)
    _fenced_pile(parser, name, opening, closing, display=display, line=not _is_zero(thickness))
    _close_style(parser, display)
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


def _open_style(parser: Parser, display: bool | None) -> None:  # noqa: FBT001 - three states, not a flag
    if display is not None:
        parser.draft.mark(classed(_STYLE_CLASSES[display]))
        parser.draft.write("{")


def _close_style(parser: Parser, display: bool | None) -> None:  # noqa: FBT001 - three states, not a flag
    if display is not None:
        parser.draft.write("}")


def _pile(parser: Parser, name: str, *, display: bool | None) -> None:
    saved = parser.setting
    if display is not None:
        parser.setting = replace(saved, display=display, level=0)
    parser.draft.write("\\frac")
    parser.draft.shape.fractions += 1
    parser.small_argument(name)
    parser.small_argument(name)
    parser.setting = saved


def _fenced_pile(  # noqa: PLR0913 - what \genfrac takes
    parser: Parser, name: str, opening: str, closing: str, *, display: bool | None, line: bool = False
) -> None:
    parser.draft.write("{")
    write_delimiter(parser, opening, "prefix")
    if not line:
        parser.draft.mark(no_line)
    _pile(parser, name, display=display)
    write_delimiter(parser, closing, "postfix")
    parser.draft.write("}")


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
        line = not _is_zero(_dimension(parser))
    above = parser.draft.take(start)
    parser.draft.write("{")
    write_delimiter(parser, opening, "prefix")
    if not line:
        parser.draft.mark(no_line)
    parser.draft.write("\\frac", "{", *above, "}", "{")
    parser.draft.shape.fractions += 1
    parser.setting = replace(parser.setting, display=False)
    parser.items(end)
    parser.draft.write("}")
    write_delimiter(parser, closing, "postfix")
    parser.draft.write("}")


def _dimension(parser: Parser) -> str:
    """Read a length such as ``1.5pt``, bare or in braces."""
    if parser.peek() == "{":
        return parser.raw_text("\\above")
    length = ""
    while parser.peek() and (parser.peek().isdigit() or parser.peek() in ".-"):
        length += parser.next()
    for _ in range(2):
        length += parser.next() if parser.peek().isalpha() else ""
    return length


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


def root(parser: Parser, name: str) -> Atom:
    r"""``\sqrt[n]{x}``; latex2mathml wants the index in one group."""
    degree = parser.brackets()
    parser.draft.write("\\sqrt")
    if degree is not None:
        parser.draft.write("[", *degree, "]")
    parser.draft.shape.roots += 1
    parser.argument(name)
    return Atom.ORDINARY


def plain_root(parser: Parser, name: str) -> Atom:
    r"""``\root n \of x``."""
    start, opened = len(parser.draft.tokens), parser.position - 1
    parser.draft.write("{")
    parser.sequence("\\of")
    if not parser.accept("\\of"):
        raise parser.error("\\root without \\of", opened)
    parser.draft.write("}")
    parser.draft.write("\\sqrt", "[", *parser.draft.take(start), "]")
    parser.draft.shape.roots += 1
    parser.argument(name)
    return Atom.ORDINARY


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
