"""MathML of other converters, taken in through the same gate: parsed strictly, cleaned up, and compared."""

from __future__ import annotations

import unicodedata
from typing import Final
from xml.etree.ElementTree import Element

from lxml import etree

from pipeline.mathml.draft import Draft, Shape
from pipeline.mathml.serialise import NAMESPACE, GateError, serialise
from pipeline.mathml.tree import UncertainError
from pipeline.tex.alphabets import styled

_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
_DROPPED: Final = frozenset({"annotation", "annotation-xml"})
_TRANSPARENT: Final = frozenset({"semantics", "mstyle"})
_KEPT: Final = frozenset(
    {
        "accent",
        "accentunder",
        "linethickness",
        "width",
        "height",
        "depth",
        "form",
        "lspace",
        "rspace",
        "minsize",
        "maxsize",
    }
)
_IGNORED: Final = frozenset("\u2061\u2062\u2063\u2064\u200b^ˆ~˜¯ˉ‾―_˙¨´`ˇ˘˚⏞⏟⃗→ \u00a0")
_SAME: Final = str.maketrans({"∣": "|", "∥": "‖", "∗": "*", "−": "-", "′": "'", "ϕ": "φ", "ϵ": "ε", "⋆": "*", "⋅": "·"})


def adopt(mathml: str, *, display: bool) -> tuple[str, str, Shape]:
    """Return foreign MathML as ours, with what it reads, folded for comparison, and its shape.

    Raises:
        GateError: it is not well-formed, or holds what no output may hold.
    """
    source = mathml.replace("&ApplyFunction;", "\u2061")
    try:
        root = etree.fromstring(source.encode(), _PARSER)
    except etree.XMLSyntaxError as error:
        raise GateError(f"not well-formed: {error}") from None
    content = [child for element in root for child in _adopt(element)]
    written, output = serialise(content, display=display)
    return written, folded("".join(output.reading)), output.shape


def agrees(reading: str, shape: Shape, draft: Draft) -> None:
    """Compare foreign MathML with our own reading of the TeX.

    Raises:
        UncertainError: it reads otherwise, or is built otherwise.
    """
    if reading != folded("".join(draft.reading)):
        raise UncertainError("converters read it differently")
    if (shape.fractions, shape.roots) != (draft.shape.fractions, draft.shape.roots):
        raise UncertainError("converters build it differently")


def folded(text: str) -> str:
    """Return the characters of a reading in an order of their own, without accents and spaces."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(sorted(c for c in plain.translate(_SAME) if c not in _IGNORED and not unicodedata.combining(c)))


def _adopt(element: etree._Element) -> list[Element]:
    if isinstance(element, (etree._Comment, etree._ProcessingInstruction)):  # noqa: SLF001 - their only names
        return []
    name = etree.QName(element)
    if name.localname in _DROPPED:
        return []
    if name.namespace not in (None, NAMESPACE):
        raise GateError(f"<{name.localname}> is not MathML")
    children = [child for inner in element for child in _adopt(inner)]
    if name.localname in _TRANSPARENT:
        return _row(children)
    fresh = Element(name.localname, {key: str(value) for key, value in element.attrib.items() if key in _KEPT})
    fresh.extend(children)
    fresh.text = _text(element)
    if element.get("mathvariant") == "normal" and fresh.tag == "mi":
        fresh.set("mathvariant", "normal")
    return [fresh]


def _row(children: list[Element]) -> list[Element]:
    if len(children) <= 1:
        return children
    row = Element("mrow")
    row.extend(children)
    return [row]


def _text(element: etree._Element) -> str | None:
    text = element.text
    variant = element.get("mathvariant")
    return styled(text, str(variant)) if text and variant else text
