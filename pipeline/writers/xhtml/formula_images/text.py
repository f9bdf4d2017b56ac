"""Simple formulas as plain markup, for readers without MathML: ``x``, ``x_1``, ``a = b + 1``.

Text keeps the reader's face, size and colours, which no picture does, so everything that one line of letters, signs
and scripts can say is said so. Two scripts of one letter stand over one another, which no line of text can.
"""

from __future__ import annotations

import unicodedata
from html import escape
from typing import Final

from lxml import etree

_SPACED: Final = frozenset("=≠≈≡∼≃≅≜<>≤≥≪≫∈∉⊂⊆⊃∪∩+−±×÷⋅∘→←⇒⇔↔↦∝∣")
_AFTER: Final = frozenset(",;")
_WIDE: Final = "\u2005"  # a quarter of an em: TeX has 5/18 beside relations, 4/18 beside signs of operation
_THIN: Final = "\u2006"  # a sixth of an em, as TeX has it; a thin space is narrower in math fonts
_MOST_LEAVES: Final = 24  # a longer formula is read more easily as it was set
_SCRIPTS: Final = {"msub": "sub", "msup": "sup"}


def formula_as_text(mathml: str) -> str | None:
    """Return ``mathml`` as phrasing content, or None when it says more than a line of text can."""
    root = etree.fromstring(mathml)
    if sum(1 for node in root.iter() if len(node) == 0) > _MOST_LEAVES:
        return None
    return _row(list(root), scripts=True)


def _row(nodes: list[etree._Element], *, scripts: bool) -> str | None:
    pieces: list[str] = []
    for node in nodes:
        piece = _node(node, first=not pieces, scripts=scripts)
        if piece is None:
            return None
        pieces.append(piece)
    return "".join(pieces)


def _node(node: etree._Element, *, first: bool, scripts: bool) -> str | None:
    if node.get("class"):
        return None
    match etree.QName(node).localname:
        case "mrow":
            return _row(list(node), scripts=scripts)
        case "mi":
            return _identifier(node.text or "", upright=node.get("mathvariant") == "normal")
        case "mn":
            return escape(node.text or "") if (node.text or "").isascii() else None
        case "mo":
            return _operator(node.text or "", alone=first or node.get("form") == "prefix", scripts=scripts)
        case "msub" | "msup" as name if scripts and len(node) == 2:  # noqa: PLR2004 - a base and its script
            return _scripted(node, _SCRIPTS[name])
        case _:
            return None


def _scripted(node: etree._Element, tag: str) -> str | None:
    base, script = (_node(part, first=True, scripts=False) for part in node)
    return f"{base}<{tag}>{script}</{tag}>" if base and script else None


def _identifier(text: str, *, upright: bool) -> str | None:
    """Letters: of Unicode's mathematical alphabets only bold and italic, which any face has."""
    plain = unicodedata.normalize("NFKC", text)
    if len(text) != 1:
        return escape(text) if text.isalpha() and text.isascii() else None
    if plain == text:
        return f"<i>{escape(text)}</i>" if text.isalpha() and not upright else escape(text)
    name = unicodedata.name(text, "")
    if not name.startswith(("MATHEMATICAL BOLD ", "MATHEMATICAL ITALIC ")) or "SCRIPT" in name or "FRAKTUR" in name:
        return None
    slanted = f"<i>{escape(plain)}</i>" if "ITALIC" in name else escape(plain)
    return f"<b>{slanted}</b>" if "BOLD" in name else slanted


def _operator(text: str, *, alone: bool, scripts: bool) -> str | None:
    if text in _SPACED and scripts and not alone:
        return f"{_WIDE}{escape(text)}{_WIDE}"
    if text in _AFTER:
        return f"{escape(text)}{_THIN}"
    if text in ("\u2061", "\u2062", "\u2063"):
        return ""
    return escape(text) if len(text) == 1 and not unicodedata.category(text).startswith("L") else None
