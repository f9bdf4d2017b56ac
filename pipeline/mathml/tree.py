"""latex2mathml's tree made into MathML Core: marks resolved, needless rows dropped."""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element

from pipeline.mathml.draft import FIRST_MARK, Change, Leaf
from pipeline.tex.symbols import KINDS, Kind

_REFERENCE: Final = re.compile("&#x([0-9A-Fa-f]+);")
_UPRIGHT: Final = frozenset("ΓΔΘΛΞΠΣΥΦΧΨΩ∇")


class UncertainError(Exception):
    """The converter did something else with the draft than what it says."""


def replace_marks(root: Element, marks: list[Leaf | Change]) -> list[Element]:
    """Return the content of ``root`` with every mark replaced by what it stands for.

    Raises:
        UncertainError: a mark is lost, doubled, or has nothing after it.
    """
    left = dict(enumerate(marks))
    content = _replaced_in(root, left)
    if left:
        raise UncertainError("part of the formula was lost")
    return content


def _replaced_in(parent: Element, left: dict[int, Leaf | Change]) -> list[Element]:
    result: list[Element] = []
    pending: list[Change] = []
    for child in parent:
        mark = _mark_of(child, left)
        if mark is not None and not isinstance(mark, Leaf):
            pending.append(mark)
            continue
        element = _token(mark) if isinstance(mark, Leaf) else _replaced(child, left)
        while pending:
            element = pending.pop()(element)
        result.append(element)
    if pending:
        raise UncertainError("part of the formula was lost")
    return result


def _mark_of(element: Element, left: dict[int, Leaf | Change]) -> Leaf | Change | None:
    text = element.text
    if not text or len(text) != 1 or ord(text) < FIRST_MARK:
        return None
    try:
        return left.pop(ord(text) - FIRST_MARK)
    except KeyError:
        raise UncertainError("part of the formula was doubled") from None


def _token(leaf: Leaf) -> Element:
    element = Element(leaf.tag, dict(leaf.attributes))
    element.text = leaf.text
    return element


def _replaced(element: Element, left: dict[int, Leaf | Change]) -> Element:
    if len(element) == 0:
        return _clean_token(element)
    children = _replaced_in(element, left)
    if element.tag == "mrow" and len(children) == 1:
        return children[0]
    fresh = Element(element.tag)
    fresh.extend(children)
    return fresh


def _clean_token(element: Element) -> Element:
    text = element.text or ""
    if "&" in text:
        text = _REFERENCE.sub(_character, text)
    tag = element.tag
    kind = KINDS.get(text)
    if kind is not None and tag in ("mi", "mo"):
        tag = "mi" if kind in (Kind.ITALIC, Kind.UPRIGHT) else "mo"
    fresh = Element(tag)
    fresh.text = text
    if text in _UPRIGHT:
        fresh.set("mathvariant", "normal")
    return fresh


def _character(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))
