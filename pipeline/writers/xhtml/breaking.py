"""Displayed formulas in pieces, so that a line too short for the whole is broken where a typesetter would break it.

No engine breaks a line inside ``<math>``, and a page of an e-reader cannot be scrolled sideways: measured at 360 CSS
pixels, half of a blog's displays lost their ends. Between two ``<math>`` lines may be broken, so a formula is divided
before its relations and after its wide spaces; a piece that is still long, before its sums. Where the line is long
enough the pieces stand together as the whole would.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import Final, NamedTuple

from lxml import etree

_M: Final = "{http://www.w3.org/1998/Math/MathML}"
_RELATIONS: Final = frozenset("=≠≈≡∼≃≅≜≝≐<>≤≥⩽⩾≪≫≲≳∈∉∋⊂⊆⊃⊇∝≺≻⪯⪰→←↔↦⇒⇐⇔⟶⟵⟷⟹⟸⟺⟼⇌")
_SUMS: Final = frozenset("+−±∓")
_OPENING: Final = frozenset("([{⟨⌈⌊⟦")
_CLOSING: Final = frozenset(")]}⟩⌉⌋⟧")
_SCRIPTED: Final = frozenset(f"{_M}{name}" for name in ("msub", "msup", "msubsup", "munder", "mover", "munderover"))
_TAG: Final = re.compile("<[^>]*>")
_LONG: Final = 22  # signs; a formula or piece with more may not fit a phone's line


class _Break(IntEnum):
    """What may begin at a node, by how willingly a line is broken before it."""

    NOTHING = 0
    SUM = 1
    RELATION = 2
    STATEMENT = 3


class _Node(NamedTuple):
    begins: _Break
    element: etree._Element


def broken(mathml: str) -> str:
    """Return a displayed formula divided where a narrow page may ask for it, and as it is where it is short."""
    return divided(mathml) if len(_TAG.sub("", mathml)) > _LONG else mathml


def divided(mathml: str) -> str:
    """Return a displayed formula as one ``<math>`` or several, each in display style, with all that it held.

    Statements with wide spaces between them stand each in a box of its own, which goes to the next line as a whole
    where it can.
    """
    root = etree.fromstring(mathml)
    row = root
    while len(row) == 1 and row[0].tag == f"{_M}mrow" and not row[0].attrib:
        row = row[0]
    statements = [list(_parts(statement)) for statement in _split(list(_breaks(row)), _Break.STATEMENT)]
    if sum(map(len, statements)) == 1:
        return mathml
    names = " ".join(filter(None, ("m-display", root.get("class"))))
    pieces = ["".join(_piece(part, names) for part in parts) for parts in statements]
    return pieces[0] if len(pieces) == 1 else "".join(f'<span class="statement">{piece}</span>' for piece in pieces)


def signs_in(nodes: Iterable[etree._Element]) -> int:
    """Return how many signs ``nodes`` print, about two an em."""
    return sum(len("".join(map(str, node.itertext())).strip()) for node in nodes)


def _breaks(row: etree._Element) -> Iterator[_Node]:
    """Yield each node of ``row`` with what begins at it; nothing does inside brackets or within ``:=``."""
    depth, last, gap = 0, "", False
    for node in row:
        sign, wide = _sign(node), _is_wide(node)
        begins = _Break.NOTHING
        if depth == 0:
            if gap and not wide:
                begins = _Break.STATEMENT
            elif sign in _RELATIONS and last not in _RELATIONS and last != ":":
                begins = _Break.RELATION
            elif sign in _SUMS and (not last or last in _CLOSING):
                begins = _Break.SUM
        yield _Node(begins, node)
        depth = max(0, depth + (sign in _OPENING) - (sign in _CLOSING))
        last, gap = sign, wide


def _split(nodes: list[_Node], least: _Break) -> Iterator[list[_Node]]:
    part: list[_Node] = []
    for node in nodes:
        if part and node.begins >= least:
            yield part
            part = []
        part.append(node)
    yield part


def _parts(statement: list[_Node]) -> Iterator[list[_Node]]:
    for part in _split(statement, _Break.RELATION):
        has_sum = any(node.begins is _Break.SUM for node in part)
        if has_sum and signs_in(node.element for node in part) > _LONG:
            yield from _split(part, _Break.SUM)
        else:
            yield part


def _sign(node: etree._Element) -> str:
    """The operator that ``node`` is, with scripts or without (MathML Core, 3.2.4.1); empty for anything else."""
    while (tag := node.tag) in _SCRIPTED and len(node):
        node = node[0]
    return (node.text or "").strip() if tag == f"{_M}mo" else ""


def _is_wide(node: etree._Element) -> bool:
    """Whether ``node`` is a quad or wider, which stands between two statements."""
    if node.tag != f"{_M}mspace":
        return False
    width = str(node.get("width", "")).removesuffix("em")
    return width.replace(".", "", 1).isdigit() and float(width) >= 1


def _piece(part: list[_Node], names: str) -> str:
    piece = etree.Element(f"{_M}math", {"class": names}, nsmap={None: _M[1:-1]})  # type: ignore[dict-item] # the default
    piece.extend([node.element for node in part])
    if _sign(piece[0]) in _SUMS and piece[0].tag == f"{_M}mo":
        piece[0].set("form", "infix")  # what comes first in a row is taken for a sign of its own
    return etree.tostring(piece, encoding="unicode")
