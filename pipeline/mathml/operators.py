"""What an operator has to say of itself: where TeX gives it another space or height than MathML Core's dictionary.

Browsers set the dictionary's space (MathML Core, appendix B) in scripts and small fractions too, where TeX keeps none
but that of large operators and names.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Final
from xml.etree.ElementTree import Element

from pipeline.tex.symbols import KINDS, Kind


class Style(Enum):
    """TeX's styles, as far as the space between symbols depends on them."""

    DISPLAY = "display"
    TEXT = "text"
    SCRIPT = "script"  # and what is smaller


_CLASSES: Final = {
    "m-display": Style.DISPLAY,
    "m-text": Style.TEXT,
    "m-script": Style.SCRIPT,
    "m-scriptscript": Style.SCRIPT,
    "m-smallmatrix": Style.SCRIPT,
}
_DISPLAYED: Final = frozenset({"m-aligned", "m-gathered", "m-eqnarray", "m-multline"})
"""Tables whose cells are displays."""
SCRIPTED: Final = frozenset({"msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts", "mroot"})
"""What holds scripts after its base."""

_STRETCHY: Final = frozenset("()[]{}|‖⟨⟩⌈⌉⌊⌋∣∥⌜⌝⌞⌟↑↓↕⇑⇓⇕⎰⎱⟮⟯⏐⎪")
_FENCES: Final = {"prefix": frozenset("([{⟨⌈⌊⟮|"), "postfix": frozenset(")]}⟩⌉⌋⟯|")}
"""What every dictionary lets grow on both sides of the axis, in this form."""
_TIGHT: Final = frozenset("/.?@⌜⌝⌞⌟⎰⎱⏐⎪")
"""What TeX gives no space, unlike the dictionary."""
_BARS: Final = frozenset("|‖")
"""The same, unless they are said to open or to close."""
_CLOSE: Final = frozenset("()[]{}⟨⟩⌈⌉⌊⌋⟮⟯!′″‴⁗‘’'\"")
"""What the dictionary gives none either."""
_SPACED: Final = frozenset({Kind.LARGE, Kind.INTEGRAL})
"""What TeX gives the same space in every style."""
_RELATIONS: Final = frozenset("=<>:⊥")
"""Relations that the table of symbols does not list as such: of the keyboard, and one that is a letter as well."""
_KEYBOARD: Final = frozenset("+−∗,;:=<>")
"""Characters of the keyboard that have space beside them."""
_APART: Final = frozenset({Kind.RELATION, Kind.BINARY, Kind.PUNCTUATION, *_SPACED})
"""Symbols that have."""
_THICK: Final = "0.2778em"


def style_inside(element: Element, style: Style) -> Style:
    """Return the style of what an element in ``style`` holds, its scripts aside, as ``styles/math.css`` has it."""
    if not element.attrib and element.tag not in ("mfrac", "mtable"):
        return style
    names = element.get("class", "").split()
    if element.tag == "mtable" and style is not Style.SCRIPT:
        style = Style.TEXT if _DISPLAYED.isdisjoint(names) else Style.DISPLAY
    for name in names:
        style = _CLASSES.get(name, style)
    if element.tag == "mfrac":
        style = Style.TEXT if style is Style.DISPLAY else Style.SCRIPT
    return style


def join_relations(row: Iterable[Element]) -> None:
    r"""Take the space from between relations, which are one to TeX: ``==``, ``:=``, ``\perp\!\!\!\perp``."""
    before: Element | None = None
    for element in row:
        if element.tag == "mspace":
            continue
        after = element if element.tag == "mo" and _is_relation(element.text or "") else None
        if before is not None and after is not None and "rspace" not in before.attrib and "lspace" not in after.attrib:
            before.set("rspace", "0")
            after.set("lspace", "0")
        before = after


def trim(element: Element, side: str) -> None:
    r"""Take the space on one side of what begins or ends a list of TeX's, which has none there: ``\otimes`` alone."""
    core = element
    while core.tag in SCRIPTED:
        core = core[0]
    text = core.text or ""
    if core.tag == "mo" and "form" not in core.attrib and (text in _KEYBOARD or KINDS.get(text) in _APART):
        core.set(side, "0")


def _is_relation(text: str) -> bool:
    return text in _RELATIONS or KINDS.get(text) is Kind.RELATION


def finish_operator(text: str, attributes: dict[str, str], style: Style) -> dict[str, str]:
    """Return the attributes of an operator: fences stay as tall as a letter unless they were told to grow."""
    told = attributes.get("stretchy")
    if text in _FENCES.get(attributes.get("form", ""), ()) and told and "minsize" not in attributes:
        return {name: value for name, value in attributes.items() if value != "true"}
    whole = "lspace" in attributes and "rspace" in attributes
    space = {} if whole else _space(text, style, alone=bool(told) or "form" in attributes)
    if text in _STRETCHY and told is None:
        attributes["stretchy"] = "false"
    for name, width in space.items():
        attributes.setdefault(name, width)
    return attributes


def _space(text: str, style: Style, *, alone: bool) -> dict[str, str]:
    """Return the space of an operator as attributes; ``alone`` is a sign, a delimiter or an accent."""
    if text in _TIGHT or (text in _BARS and not alone):
        return {"lspace": "0", "rspace": "0"}
    if style is not Style.SCRIPT:
        return {"lspace": _THICK, "rspace": _THICK} if text == ":" else {}
    if alone or text in _CLOSE or KINDS.get(text) in _SPACED:
        return {}
    return {"rspace": "0"} if text in ",;" else {"lspace": "0", "rspace": "0"}
