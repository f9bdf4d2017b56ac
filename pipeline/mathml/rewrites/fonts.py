"""Fonts and styles. latex2mathml writes ``mathvariant``, which browsers ignore; letters of Unicode's alphabets work."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pipeline.mathml.atoms import STYLES, Atom
from pipeline.mathml.changes import classed
from pipeline.mathml.parser import Handler, Parser
from pipeline.tex.alphabets import FONT_SWITCHES

_FONTS: Final = {
    "rm": "normal",
    "up": "normal",
    "normal": "",
    "bf": "bold",
    "bfup": "bold",
    "it": "italic",
    "bfit": "bold-italic",
    "bb": "double-struck",
    "frak": "fraktur",
    "bffrak": "bold-fraktur",
    "scr": "script",
    "bfscr": "bold-script",
    "cal": "script",
    "bfcal": "bold-script",
    "sf": "sans-serif",
    "sfup": "sans-serif",
    "bfsf": "bold-sans-serif",
    "bfsfup": "bold-sans-serif",
    "sfit": "sans-serif-italic",
    "bfsfit": "sans-serif-bold-italic",
    "tt": "monospace",
}
_COMMANDS: Final = {
    **{f"\\{prefix}{name}": font for prefix in ("math", "sym") for name, font in _FONTS.items()},
    "\\Bbb": "double-struck",
    "\\bold": "bold",
    "\\mathds": "double-struck",
    "\\mathbbm": "double-struck",
}
_STYLES: Final = {f"\\{name}style": style for name, style in STYLES.items()}
_SIZES: Final = {
    "\\tiny": "m-tiny",
    "\\Tiny": "m-tiny",
    "\\scriptsize": "m-scriptsize",
    "\\footnotesize": "m-small",
    "\\small": "m-small",
    "\\normalsize": "m-normalsize",
    "\\large": "m-large",
    "\\Large": "m-larger",
    "\\LARGE": "m-largest",
    "\\huge": "m-huge",
    "\\Huge": "m-hugest",
}


def font(parser: Parser, name: str) -> Atom:
    r"""``\mathbb{…}`` and its kin: letters that stand together are one name."""
    parser.argument_in(name, replace(parser.setting, font=_COMMANDS[name], words=True))
    return Atom.ORDINARY


def bold(parser: Parser, name: str) -> Atom:
    r"""``\boldsymbol{…}`` keeps letters apart and slanted."""
    parser.argument_in(name, replace(parser.setting, bold=True))
    return Atom.ORDINARY


def font_switch(parser: Parser, name: str) -> Atom:
    r"""``\bf`` holds up to the end of its group."""
    parser.setting = replace(parser.setting, font=FONT_SWITCHES[name], words=False)
    return Atom.NOTHING


def style(parser: Parser, name: str) -> Atom:
    r"""``\displaystyle`` holds up to the end of its group."""
    class_name, display, level = _STYLES[name]
    parser.wrap_rest(classed(class_name))
    parser.setting = replace(parser.setting, display=display, level=level)
    return Atom.NOTHING


def size(parser: Parser, name: str) -> Atom:
    r"""``\small`` holds up to the end of its group."""
    parser.wrap_rest(classed(_SIZES[name]))
    return Atom.NOTHING


COMMANDS: Final[dict[str, Handler]] = {
    **dict.fromkeys(_COMMANDS, font),
    **dict.fromkeys(("\\boldsymbol", "\\bm", "\\pmb"), bold),
    **dict.fromkeys(FONT_SWITCHES, font_switch),
    **dict.fromkeys(_STYLES, style),
    **dict.fromkeys(_SIZES, size),
}
