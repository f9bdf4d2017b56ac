"""Read the text of posts back from XHTML or HTML: what a reader sees, and a mark for each formula, figure and flag.

Aside are what the book adds to a post's own text, such as the titles of the posts before and after it.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final, TypeAlias

from lxml import etree

from pipeline.verify.marks import (
    ADDRESS,
    ALT,
    BLANK,
    CUT,
    DAY,
    FIGURE,
    FORMULA,
    IMAGE,
    NOTE,
    NUMBER,
    PICTURE,
    detail,
    fold,
)

_UNSEEN: Final = frozenset({"head", "script", "style", "nav", "template", "dialog", "button", "footer"})
_ADDED: Final = frozenset({"permalink", "unset", "series", "evidence", "running"})
"""Classes of what the book adds to a post's own text: links to places, remarks, its series, its title once more."""

_DRAWN: Final = ("{*}math", "{*}svg", "{*}img", "{*}code")
_NUMBERED: Final = ("{*}div", "{*}span", "{*}td")
_TITLE: Final = "{*}h1"  # of a post in an EPUB, which may link and call notes where pages may not
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


@dataclass(frozen=True, slots=True)
class Sight:
    """What is to be seen of a document beside its markup.

    ``picture`` names the picture that an address shows, "" for one that no source has; None where nothing is there.
    ``lost`` is what stands where a picture is missing, folded.
    """

    picture: Callable[[str], str | None]
    lost: str


def read_stretches(root: etree._Element, posts: Container[str], sight: Sight) -> list[Stretch]:
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
        text, inside = _read(element, sight)
        found[-1][1].append(text)
        if not inside:
            walker.skip_subtree()
    return [(name, fold("".join(pieces))) for name, pieces in found]


def _read(element: etree._Element, sight: Sight) -> tuple[str, bool]:
    """Return what stands at the beginning of ``element``, and whether what it holds is to be read too."""
    tag = element.tag.rpartition("}")[2]
    classes = (element.get("class") or "").split()
    if tag == "math" or "math" in classes or (tag == "code" and "tex" in classes):
        return _formula([element], sight), False
    if "equation" in classes:
        return _formula(list(element.iter(*_DRAWN)), sight) + _numbers(element), False
    if "number" in classes:
        return _numbers(element), False
    if "truncated" in classes:
        return CUT, False
    if tag == "img" or "missing" in classes:
        return _picture(element, sight), False
    if "date" in classes:
        return detail(DAY, element.text or ""), False
    if "noteref" in classes:
        return "" if _is_in_title(element) else detail(NOTE), False
    if tag in _UNSEEN or not _ADDED.isdisjoint(classes) or element.get("role") == _BACK:
        return "", False
    if tag == "a" and not _is_in_title(element):
        return detail(ADDRESS, _target(element.get("href") or "")) + (element.text or ""), True
    return element.text or "", True


def _formula(drawn: list[etree._Element], sight: Sight) -> str:
    """A formula may stand in several pieces, each of which shows something."""
    return FORMULA if drawn and all(_shows(piece, sight) for piece in drawn) else BLANK


def _shows(piece: etree._Element, sight: Sight) -> bool:
    """Whether a piece of a formula is not empty; in the edition for readers without MathML it is a picture."""
    if piece.tag.endswith("img"):
        return sight.picture(piece.get("src") or "") is not None
    return len(piece) > 0 or bool(piece.text)


def _numbers(element: etree._Element) -> str:
    """Return the numbers in a formula's box, or those that ``element`` holds itself."""
    boxes = (box for box in element.iter(*_NUMBERED) if "number" in (box.get("class") or "").split())
    numbers = "".join("".join(map(str, box.itertext())) for box in boxes)
    return detail(NUMBER, numbers) if numbers else ""


def _picture(element: etree._Element, sight: Sight) -> str:
    parent = element.getparent()
    mark = FIGURE if parent is not None and parent.tag.rpartition("}")[2] == "figure" else IMAGE
    if element.tag.endswith("img"):
        name = sight.picture(element.get("src") or "") or ""
        return mark + detail(PICTURE, name) + detail(ALT, element.get("alt") or "")
    if mark is FIGURE:
        return mark
    return mark + detail(ALT, fold("".join(map(str, element.itertext()))).removeprefix(sight.lost))


def _is_in_title(element: etree._Element) -> bool:
    return next(element.iterancestors(_TITLE), None) is not None


def _target(href: str) -> str:
    """Return where a link leads: an address out of the book, or the id of a place in it or of a post."""
    if ":" in href:
        return href
    path, _, fragment = href.partition("#")
    return fragment or PurePosixPath(path).stem
