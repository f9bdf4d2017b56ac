"""The output gate: a tree leaves as text only if it holds nothing but known elements and attributes of MathML Core."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from pipeline.document import MATHML_NAMESPACE
from pipeline.mathml.draft import Shape
from pipeline.mathml.operators import SCRIPTED, Style, finish_operator, join_relations, style_inside, trim

_TOKENS: Final = frozenset({"mi", "mn", "mo", "mtext", "mspace"})
_LAYOUT_NAMES: Final = """
    mrow mfrac msqrt mroot msub msup msubsup munder mover munderover mmultiscripts mprescripts none mtable mtr mtd
    mpadded mphantom mstyle
"""
_LAYOUT: Final = frozenset(_LAYOUT_NAMES.split())
_ROWS: Final = frozenset({"mrow", "mtd", "msqrt", "mstyle", "mpadded", "mphantom"})
_ATTRIBUTE_NAMES: Final = """
    class mathvariant lspace rspace stretchy symmetric minsize maxsize form fence separator movablelimits largeop accent
    accentunder linethickness width height depth voffset columnspan rowspan
"""
_ATTRIBUTES: Final = frozenset(_ATTRIBUTE_NAMES.split())
_VALUE: Final = re.compile(r"[-+.#% a-zA-Z0-9]*")
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_ARITY: Final = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}


class GateError(Exception):
    """A tree holds what no output may hold."""


@dataclass(slots=True)
class Output:
    """MathML as text, and what it reads and looks like."""

    pieces: list[str] = field(default_factory=list)
    reading: list[str] = field(default_factory=list)
    shape: Shape = field(default_factory=Shape)


def serialise(content: Iterable[Element], *, display: bool) -> tuple[str, Output]:
    """Return a ``math`` element with this content, and what was found in it on the way.

    Raises:
        GateError: an element, attribute or character that is not allowed.
    """
    output = Output()
    block = ' display="block"' if display else ""
    output.pieces.append(f'<math xmlns="{MATHML_NAMESPACE}"{block}>')
    content = list(content)
    join_relations(content)
    if content:
        trim(content[0], "lspace")
        trim(content[-1], "rspace")
    for element in content:
        _write(element, output, Style.DISPLAY if display else Style.TEXT)
    output.pieces.append("</math>")
    return "".join(output.pieces), output


def _write(element: Element, output: Output, style: Style) -> None:
    tag = element.tag
    if tag in _TOKENS:
        _write_token(element, output, style)
        return
    if tag not in _LAYOUT or (element.text and element.text.strip()):
        raise GateError(f"<{tag}> is not allowed")
    if len(element) != _ARITY.get(tag, len(element)):
        raise GateError(f"<{tag}> has {len(element)} children")
    _count(tag, output.shape)
    output.pieces.append(f"<{tag}{_attributes(element.attrib)}>")
    inside = style_inside(element, style)
    scripts = Style.SCRIPT if tag in SCRIPTED else inside
    if tag in _ROWS:
        join_relations(element)
    for index, child in enumerate(element):  # a script that is one symbol has no space to lose
        _write(child, output, scripts if index and len(child) else inside)
    output.pieces.append(f"</{tag}>")


def _write_token(element: Element, output: Output, style: Style) -> None:
    text = element.text or ""
    if len(element) or _ILLEGAL.search(text):
        raise GateError(f"<{element.tag}> holds what it may not")
    attributes = finish_operator(text, element.attrib, style) if element.tag == "mo" else element.attrib
    output.reading.append(text)
    if element.tag == "mspace":
        output.pieces.append(f"<mspace{_attributes(attributes)}/>")
        return
    safe = text if text.isalnum() else text.translate(_SPECIAL)
    output.pieces.append(f"<{element.tag}{_attributes(attributes)}>{safe}</{element.tag}>")


def _attributes(attributes: dict[str, str]) -> str:
    if not attributes:
        return ""
    written = ""
    for name, value in attributes.items():
        if name not in _ATTRIBUTES or not _VALUE.fullmatch(value):
            raise GateError(f'{name}="{value}" is not allowed')
        written += f' {name}="{value}"'
    return written


def _count(tag: str, shape: Shape) -> None:
    shape.fractions += tag == "mfrac"
    shape.roots += tag in ("msqrt", "mroot")
    shape.below += tag in ("msub", "munder", "msubsup", "munderover")
    shape.above += tag in ("msup", "msubsup", "munderover")
