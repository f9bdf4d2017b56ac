"""How wide a formula's tables will be, roughly, in em: their cells are judged by the signs that they show."""

from __future__ import annotations

from itertools import zip_longest
from typing import Final

from lxml import etree

from pipeline.writers.widths import text_width

_SMALL: Final = 0.71  # times the size of its base has a script
_BESIDE: Final = 1.0  # em on both sides of a cell together
_STACKED: Final = frozenset({"mfrac", "munder", "mover", "munderover"})
_WITH_SCRIPTS: Final = frozenset({"msub", "msup", "msubsup"})


def node_width(node: etree._Element) -> float:
    """Return the width of ``node``, a MathML element."""
    tag = etree.QName(node).localname
    widths = [node_width(child) for child in node]
    if not widths:
        return text_width((node.text or "").strip())
    if tag == "mtable":
        columns = zip_longest(*(map(node_width, row) for row in node), fillvalue=0.0)
        return sum(max(column) + _BESIDE for column in columns)
    if tag in _STACKED:
        return max(widths)
    if tag in _WITH_SCRIPTS:
        return widths[0] + _SMALL * max(widths[1:])
    return sum(widths)
