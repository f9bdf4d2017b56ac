"""Displayed formulas in pieces, so that a line too short for the whole is broken where a typesetter would break it.

No engine breaks a line inside ``<math>``, and a page of an e-reader cannot be scrolled sideways: measured at 360 CSS
pixels, half of a blog's displays lost their ends. Between two ``<math>`` lines may be broken, so a formula is divided
before its relations and after its wide spaces; a piece that is still long, before its sums. Where the line is long
enough the pieces stand together as the whole would.

MathML is taken apart as the text that the math stage made, whose tags are balanced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from typing import Final, NamedTuple

from pipeline.document import MATHML_NAMESPACE

_RELATIONS: Final = frozenset("=≠≈≡∼≃≅≜≝≐≤≥⩽⩾≪≫≲≳∈∉∋⊂⊆⊃⊇∝≺≻⪯⪰→←↔↦⇒⇐⇔⟶⟵⟷⟹⟸⟺⟼⇌") | {"&lt;", "&gt;"}
_SUMS: Final = frozenset("+−±∓")
_OPENING: Final = frozenset("([{⟨⌈⌊⟦")
_CLOSING: Final = frozenset(")]}⟩⌉⌋⟧")
_LONGEST_LINE: Final = 22  # signs, two an em; a formula or piece with more may not fit a phone's line

_TAG: Final = re.compile("<[^>]*>")
_MATH: Final = re.compile(r"<math([^>]*)>(.*)</math>", re.DOTALL)
_CLASS: Final = re.compile(r'class="([^"]*)"')
_ROW: Final = re.compile(r"<mrow>(.*)</mrow>", re.DOTALL)
_SIGN: Final = re.compile(r"(?:<m(?:sub|sup|subsup|under|over|underover)\b[^>]*>)*<mo\b[^>]*>\s*([^<]*?)\s*</mo>")
"""The operator that a node is, with scripts or without (MathML Core, 3.2.4.1)."""

_WIDE: Final = re.compile(r'<mspace width="[1-9][0-9.]*em"/>')
"""A quad or wider, which stands between two statements."""


class _Break(IntEnum):
    """What may begin at a node, by how willingly a line is broken before it."""

    NOTHING = 0
    SUM = 1
    RELATION = 2
    STATEMENT = 3


class _Node(NamedTuple):
    begins: _Break
    markup: str


def broken(mathml: str) -> str:
    """Return a displayed formula divided where a narrow page may ask for it, and as it is where it is short."""
    return divided(mathml) if signs_in(mathml) > _LONGEST_LINE else mathml


def divided(mathml: str) -> str:
    """Return a displayed formula as one ``<math>`` or several, each in display style, with all that it held.

    Statements with wide spaces between them stand each in a box of its own, which goes to the next line as a whole
    where it can.
    """
    whole = _MATH.fullmatch(mathml)
    if whole is None:
        return mathml
    nodes = list(_nodes(whole[2]))
    while len(nodes) == 1 and (row := _ROW.fullmatch(nodes[0])):
        nodes = list(_nodes(row[1]))
    statements = [list(_parts(statement)) for statement in _split(list(_breaks(nodes)), _Break.STATEMENT)]
    if sum(map(len, statements)) == 1:
        return mathml
    own = _CLASS.search(whole[1])
    names = f"m-display {own[1]}" if own else "m-display"
    pieces = ["".join(_piece(part, names) for part in parts) for parts in statements]
    return pieces[0] if len(pieces) == 1 else "".join(f'<span class="statement">{piece}</span>' for piece in pieces)


def signs_in(mathml: str) -> int:
    """Return about how many signs ``mathml`` prints."""
    return len(_TAG.sub("", mathml))


def _nodes(row: str) -> Iterator[str]:
    """Yield the elements that ``row`` consists of."""
    depth = start = 0
    for tag in _TAG.finditer(row):
        begin, end = tag.span()
        if row[begin + 1] == "/":
            depth -= 1
        elif row[end - 2] != "/":
            depth += 1
        if depth == 0:
            yield row[start:end]
            start = end


def _breaks(nodes: list[str]) -> Iterator[_Node]:
    """Yield each node of a row with what begins at it; nothing does inside brackets or within ``:=``."""
    depth, last, gap = 0, "", False
    for node in nodes:
        found = _SIGN.match(node)
        sign, wide = found[1] if found else "", _WIDE.fullmatch(node) is not None
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
        if has_sum and signs_in("".join(node.markup for node in part)) > _LONGEST_LINE:
            yield from _split(part, _Break.SUM)
        else:
            yield part


def _piece(part: list[_Node], names: str) -> str:
    body = "".join(node.markup for node in part)
    if part[0].begins is _Break.SUM and body.startswith("<mo") and " form=" not in body[: body.index(">")]:
        body = f'<mo form="infix"{body[3:]}'  # what comes first in a row is taken for a sign of its own
    return f'<math xmlns="{MATHML_NAMESPACE}" class="{names}">{body}</math>'
