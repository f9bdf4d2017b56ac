"""Frames, strikes, phantoms: ``menclose`` and half of ``mpadded`` are not in MathML Core, so classes stand in."""

from __future__ import annotations

import sys
from typing import Final, TypeAlias

from pipeline.mathml.atoms import Atom, Setting
from pipeline.mathml.changes import boxed, classed, multiscripts
from pipeline.mathml.draft import ARRAY
from pipeline.mathml.parser import Handler, Parser
from pipeline.mathml.rewrites.text import text, write_text
from pipeline.mathml.scripts import Scripts, collect_scripts, with_primes, write_scripts
from pipeline.tex.colours import colour_class
from pipeline.tex.tokens import join

_CLASSES: Final = {
    "\\cancel": "m-cancel",
    "\\bcancel": "m-bcancel",
    "\\xcancel": "m-xcancel",
    "\\sout": "m-strike",
}
NOTATIONS: Final = {
    "box": "m-box",
    "roundedbox": "m-box m-round",
    "circle": "m-box m-circle",
    "left": "m-line-before",
    "right": "m-line-after",
    "top": "m-line-above",
    "bottom": "m-line-below",
    "updiagonalstrike": "m-cancel",
    "downdiagonalstrike": "m-bcancel",
    "horizontalstrike": "m-strike",
    "verticalstrike": "m-vstrike",
    "actuarial": "m-line-above m-line-after",
    "madruwb": "m-line-below m-line-after",
    "longdiv": "m-line-above m-line-before",
    "radical": "m-line-above m-line-before",
    "phasorangle": "m-line-below",
}
_BOXES: Final = {
    "\\phantom": ("mphantom", {}),
    "\\hphantom": ("mpadded", {"height": "0", "depth": "0"}),
    "\\vphantom": ("mpadded", {"width": "0"}),
    "\\smash": ("mpadded", {"height": "0", "depth": "0"}),
    "\\rlap": ("mpadded", {"width": "0"}),
    "\\mathrlap": ("mpadded", {"width": "0"}),
}
_LAPS: Final = {
    "\\llap": "m-llap",
    "\\mathllap": "m-llap",
    "\\clap": "m-clap",
    "\\mathclap": "m-clap",
}
_SMASHES: Final = {"t": {"height": "0"}, "b": {"depth": "0"}}


def enclosed(parser: Parser, name: str) -> Atom:
    r"""``\cancel{…}``."""
    if name.endswith("cancel"):
        parser.raw_brackets()
    parser.draft.mark(classed(_CLASSES[name]))
    parser.boxed_argument(name)
    return Atom.ORDINARY


def boxed_display(parser: Parser, name: str) -> Atom:
    r"""``\boxed{…}``: a frame around a display of its own, which no font around it changes."""
    saved = parser.setting
    parser.setting = Setting(display=True, bold=saved.bold)
    parser.draft.mark(classed("m-box", "m-display"))
    parser.boxed_argument(name)
    parser.setting = saved
    return Atom.ORDINARY


def framed_text(parser: Parser, name: str) -> Atom:
    r"""``\fbox{…}`` frames prose."""
    if name == "\\framebox":
        parser.raw_brackets()
        parser.raw_brackets()
    parser.draft.mark(classed("m-box"))
    return text(parser, name)


def enclose(parser: Parser, name: str) -> Atom:
    r"""``\enclose{circle,box}[attributes]{…}``."""
    notations = parser.raw_text(name).replace(",", " ").split()
    parser.raw_brackets()
    parser.draft.mark(classed(*(NOTATIONS[notation] for notation in notations if notation in NOTATIONS)))
    parser.boxed_argument(name)
    return Atom.ORDINARY


def cancel_to(parser: Parser, name: str) -> Atom:
    r"""``\cancelto{0}{x}``: struck out, with what it tends to above."""
    parser.raw_brackets()
    value = parser.taken(parser.script_argument, name)
    parser.draft.write("{")
    parser.draft.mark(classed("m-cancel"))
    parser.boxed_argument(name)
    parser.draft.write("}", "^", *value)
    parser.draft.shape.above += 1
    return Atom.ORDINARY


def bounding_box(parser: Parser, name: str) -> Atom:
    r"""``\bbox[border: 1px solid red; 5px]{…}``: MathJax's frame or ground."""
    style = parser.raw_brackets() or ""
    classes = [] if "border" not in style else ["m-box m-dashed" if "dashed" in style else "m-box"]
    ground = next((part for part in style.replace(";", ",").split(",") if part.strip().isalpha()), "")
    if ground:
        classes.append(colour_class(ground.strip(), ground=True))
    if classes:
        parser.draft.mark(classed(*classes))
    parser.boxed_argument(name)
    return Atom.ORDINARY


def box(parser: Parser, name: str) -> Atom:
    r"""``\phantom`` takes its place unseen; ``\smash`` and ``\rlap`` are seen and take none."""
    tag, attributes = _BOXES[name]
    position = parser.raw_brackets() if name == "\\smash" else None
    parser.draft.mark(boxed(tag, **_SMASHES.get(position or "", attributes)))
    if name in ("\\hphantom", "\\vphantom"):
        parser.draft.mark(boxed("mphantom"))
    parser.boxed_argument(name)
    return Atom.ORDINARY


def lap(parser: Parser, name: str) -> Atom:
    r"""``\llap``: to the left of its place; a style sheet must do it. ``\clap`` takes prose."""
    parser.draft.mark(boxed("mpadded", width="0"))
    parser.draft.mark(classed(_LAPS[name]))
    if name == "\\clap":
        return text(parser, name)
    parser.boxed_argument(name)
    return Atom.ORDINARY


def strut(parser: Parser, _name: str) -> Atom:
    r"""``\strut``: the height of a line, without width."""
    parser.draft.leaf("mspace", width="0", height="0.7em", depth="0.3em")
    return Atom.NOTHING


def verbatim(parser: Parser, name: str) -> Atom:
    r"""``\verb|…|``."""
    rest = "".join(parser.tokens[parser.position :])
    delimiter = rest[:1]
    end = rest.find(delimiter, 1)
    if end < 0:
        raise parser.error(f"{name} does not end", parser.position - 1)
    consumed = 0
    while consumed <= end:
        consumed += len(parser.tokens[parser.position])
        parser.position += 1
    write_text(parser, rest[1:end].replace(" ", "\u00a0"), "m-mono")
    return Atom.ORDINARY


def unicode_character(parser: Parser, name: str) -> Atom:
    r"""``\unicode[font]{x263a}``; latex2mathml would write any reference, a control character too."""
    index = parser.position
    parser.raw_brackets()
    number = join(parser.raw_argument(name)).strip().lower()
    try:
        code = int(number.lstrip("xu+"), 16) if number[:1] in ("x", "u") else int(number)
    except ValueError:
        raise parser.error(f"{name} needs a number", index) from None
    if code not in range(sys.maxunicode + 1) or not chr(code).isprintable():
        raise parser.error(f"{name} names no character", index)
    parser.draft.leaf("mtext", chr(code))
    return Atom.ORDINARY


def sideset(parser: Parser, name: str) -> Atom:
    r"""``\sideset{_a^b}{'}\sum``: scripts at all corners of an operator."""
    before, after = _corner_scripts(parser, name), _corner_scripts(parser, name)
    if any(before):
        _corners(parser, name, before, after)
    else:
        write_scripts(parser, parser.taken(parser.argument, name), Scripts(stacked=False, below=after[0]), after[1])
    return Atom.MOVABLE_GROUP


def prescript(parser: Parser, name: str) -> Atom:
    r"""``\prescript{14}{6}{C}``: scripts before a letter."""
    above, below = (parser.taken(parser.script_argument, name) for _ in range(2))
    _corners(parser, name, (below, above), ([], []))
    return Atom.ORDINARY


_Corners: TypeAlias = tuple[list[str], list[str]]
"""What is below and what is above on one side, each as a group of tokens."""


def _corners(parser: Parser, name: str, before: _Corners, after: _Corners) -> None:
    """Read one argument and write it with scripts on both sides."""
    parser.draft.mark(multiscripts)
    parser.draft.write(*ARRAY)
    parser.argument(name)
    for script in (*after, *before):
        parser.draft.write("&", *(script or ("{", "}")))
    parser.draft.write("\\end{array}")


def _corner_scripts(parser: Parser, name: str) -> _Corners:
    """Read one argument of scripts without a base; return what is below and what is above."""
    if not parser.accept("{"):
        raise parser.error(f"{name} needs scripts in braces")
    found = collect_scripts(parser, Atom.ORDINARY)
    above = with_primes(parser, found)
    if not parser.accept("}"):
        raise parser.error(f"{name} takes scripts alone")
    return found.below, above


COMMANDS: Final[dict[str, Handler]] = {
    **dict.fromkeys(_CLASSES, enclosed),
    "\\boxed": boxed_display,
    **dict.fromkeys(("\\fbox", "\\framebox"), framed_text),
    "\\enclose": enclose,
    "\\cancelto": cancel_to,
    "\\bbox": bounding_box,
    **dict.fromkeys(_BOXES, box),
    **dict.fromkeys(_LAPS, lap),
    "\\strut": strut,
    "\\verb": verbatim,
    "\\unicode": unicode_character,
    "\\sideset": sideset,
    "\\prescript": prescript,
}
