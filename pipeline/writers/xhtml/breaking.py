"""Displayed formulas in pieces, so that a line too short for the whole is broken where a typesetter would break it.

No engine breaks a line inside ``<math>``, and a page of an e-reader cannot be scrolled sideways: measured at 360 CSS
pixels, half of a blog's displays lost their ends. Between two ``<math>`` lines may be broken, so a formula is divided
before its relations and after its wide spaces; a piece that is still long, before its sums. Where the line is long
enough the pieces stand together as the whole would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from typing import Final

from lxml import etree

_M: Final = "{http://www.w3.org/1998/Math/MathML}"
_RELATIONS: Final = frozenset("=≠≈≡∼≃≅≜≝≐<>≤≥⩽⩾≪≫≲≳∈∉∋⊂⊆⊃⊇∝≺≻⪯⪰→←↔↦⇒⇐⇔⟶⟵⟷⟹⟸⟺⟼⇌")
_SUMS: Final = frozenset("+−±∓")
_OPENING: Final = frozenset("([{⟨⌈⌊⟦")
_CLOSING: Final = frozenset(")]}⟩⌉⌋⟧")
_SCRIPTED: Final = frozenset(f"{_M}{name}" for name in ("msub", "msup", "msubsup", "munder", "mover", "munderover"))
_LONG: Final = 22  # signs; a formula or piece with more may not fit a phone's line


def broken(mathml: str) -> str:
    """Return a displayed formula divided where a narrow page may ask for it, and as it is where it is short."""
    return divided(mathml) if signs_in([etree.fromstring(mathml)]) > _LONG else mathml


def divided(mathml: str) -> str:
    """Return a displayed formula as one ``<math>`` or several, each in display style, with all that it held.

    Statements with wide spaces between them stand each in a box of its own, which goes to the next line as a whole
    where it can.
    """
    root = etree.fromstring(mathml)
    nodes = list(root)
    while len(nodes) == 1 and nodes[0].tag == f"{_M}mrow" and not nodes[0].attrib:
        nodes = list(nodes[0])
    statements = [list(_parts(part)) for part in _divided(nodes, _starts_statement)]
    if sum(map(len, statements)) == 1:
        return mathml
    pieces = ["".join(_piece(root, part) for part in parts) for parts in statements]
    return pieces[0] if len(pieces) == 1 else "".join(f'<span class="statement">{piece}</span>' for piece in pieces)


def _parts(nodes: list[etree._Element]) -> Iterator[list[etree._Element]]:
    for part in _divided(nodes, _starts_relation):
        if signs_in(part) > _LONG:
            yield from _divided(part, _starts_sum)
        else:
            yield part


def signs_in(nodes: Iterable[etree._Element]) -> int:
    """Return how many signs ``nodes`` print, about two an em."""
    return sum(len("".join(map(str, node.itertext())).strip()) for node in nodes)


def _divided(
    nodes: list[etree._Element], starts: Callable[[etree._Element, etree._Element], bool]
) -> Iterator[list[etree._Element]]:
    """Divide ``nodes``, never inside brackets, where ``starts`` says so of a node and the one before it."""
    part: list[etree._Element] = []
    depth = 0
    for node in nodes:
        if part and depth == 0 and starts(part[-1], node):
            yield part
            part = []
        sign = _sign(node)
        depth = max(0, depth + (sign in _OPENING) - (sign in _CLOSING))
        part.append(node)
    yield part


def _starts_statement(last: etree._Element, node: etree._Element) -> bool:
    return _is_wide(last) and not _is_wide(node)


def _starts_relation(last: etree._Element, node: etree._Element) -> bool:
    return _sign(node) in _RELATIONS and _sign(last) not in _RELATIONS | {":"}


def _starts_sum(last: etree._Element, node: etree._Element) -> bool:
    return _sign(node) in _SUMS and (not _sign(last) or _sign(last) in _CLOSING)


def _sign(node: etree._Element) -> str:
    """The operator that ``node`` is, with scripts or without (MathML Core, 3.2.4.1); empty for anything else."""
    while node.tag in _SCRIPTED and len(node):
        node = node[0]
    return (node.text or "").strip() if node.tag == f"{_M}mo" else ""


def _is_wide(node: etree._Element) -> bool:
    """Whether ``node`` is a quad or wider, which stands between two statements."""
    width = str(node.get("width", "")).removesuffix("em")
    return node.tag == f"{_M}mspace" and width.replace(".", "", 1).isdigit() and float(width) >= 1


def _piece(root: etree._Element, nodes: list[etree._Element]) -> str:
    names = " ".join(filter(None, ("m-display", root.get("class"))))
    piece = etree.Element(f"{_M}math", {"class": names}, nsmap={None: _M[1:-1]})  # type: ignore[dict-item] # the default namespace
    piece.extend([deepcopy(node) for node in nodes])
    if _sign(piece[0]) in _SUMS and piece[0].tag == f"{_M}mo":
        piece[0].set("form", "infix")  # what comes first in a row is taken for a sign of its own
    for node in piece:
        node.tail = None
    return etree.tostring(piece, encoding="unicode")
