"""Read the text of posts back from XHTML or HTML: what a reader sees, and a mark for each formula, figure and flag."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Final, TypeAlias

from lxml import etree

from pipeline.verify.marks import BLANK, CUT, FIGURE, FORMULA, IMAGE, fold

_UNSEEN: Final = frozenset({"head", "script", "style", "nav", "template", "dialog", "button"})
_ADDED: Final = frozenset({"number", "numbers", "permalink", "noteref", "unset"})
"""Classes of what the book adds to a post's own text: equation numbers, links to places, marks of notes, remarks."""

_DRAWN: Final = ("{*}math", "{*}svg", "{*}img", "{*}code")
_BACK: Final = "doc-backlink"  # the role of a note's link back to its mark


Stretch: TypeAlias = tuple[str, str]
"""The id of a post, empty for the one that went before, and folded text of it."""


def read_posts(stretches: Iterable[Stretch]) -> dict[str, str]:
    """Return the text of each post, by its id and in order, of all that the documents of a book hold."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for name, text in stretches:
        if name:
            current = found.setdefault(name, [])
        current.append(text)
    return {name: "".join(pieces) for name, pieces in found.items()}


def read_stretches(root: etree._Element, posts: Container[str]) -> list[Stretch]:
    """Return what a document holds of each post, in order; a post begins at the element with its id.

    Everything up to the next post is its text, so what follows the last post belongs to that.
    """
    found: list[tuple[str, list[str]]] = [("", [])]
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if event != "start":
            found[-1][1].append(element.tail or "")
            continue
        name = element.get("id")
        if name is not None and name in posts:
            found.append((name, []))
        text, inside = _read(element)
        found[-1][1].append(text)
        if not inside:
            walker.skip_subtree()
    return [(name, fold("".join(pieces))) for name, pieces in found]


def _read(element: etree._Element) -> tuple[str, bool]:
    """Return what stands at the beginning of ``element``, and whether what it holds is to be read too."""
    tag = element.tag.rpartition("}")[2]
    classes = (element.get("class") or "").split()
    if tag == "math" or (tag == "code" and "tex" in classes):
        return _formula([element]), False
    if tag == "span" and "math" in classes:
        return FORMULA, False
    if "equation" in classes:
        return _formula(list(element.iter(*_DRAWN))), False
    if "truncated" in classes:
        return CUT, False
    if tag == "img" or "missing" in classes:
        return _picture(element, classes), False
    if tag in _UNSEEN or not _ADDED.isdisjoint(classes) or element.get("role") == _BACK:
        return "", False
    return element.text or "", True


def _formula(drawn: list[etree._Element]) -> str:
    """A formula may stand in several pieces, each of which shows something; pictures are compared as such."""
    if not drawn:
        return ""
    return FORMULA if all(len(piece) or piece.text or piece.tag.endswith("img") for piece in drawn) else BLANK


def _picture(element: etree._Element, classes: list[str]) -> str:
    """A formula may be drawn as a picture, in the edition for readers without MathML."""
    if "math" in classes:
        return FORMULA
    parent = element.getparent()
    inside = parent is not None and parent.tag.rpartition("}")[2] == "figure"
    return FIGURE if inside else IMAGE
