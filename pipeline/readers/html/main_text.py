"""The main text of a saved page: the smallest element that holds what trafilatura takes for it.

Trafilatura is good at telling an article from what surrounds it, but what it returns has lost much of the article's
structure (formulas, notes, code). So its answer only shows where the article is, and the article itself is taken whole.
"""

from __future__ import annotations

import logging
from typing import Final

import lxml.html
import trafilatura

from pipeline.fold import fold
from pipeline.readers.html.tree import Element, classes, elements, remove

logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # what it says of a page is no news to a user

_GRAM: Final = 8  # characters of folded text that tell a passage
_SHARE: Final = 0.9  # of the main text that the element must hold
_SURROUNDINGS: Final = frozenset(
    (
        *("comment", "comments", "share", "sharing", "related", "sidebar", "toc", "breadcrumb", "breadcrumbs"),
        *(
            "pagination",
            "pager",
            "post-nav",
            "nav-links",
            "post-footer",
            "reward",
            "author-box",
            "advertisement",
            "ads",
        ),
        *("post-copyright", "copyright", "jp-relatedposts", "sharedaddy", "tags", "article-tags", "post-tags"),
        *("meta", "post-meta", "postmeta", "entry-meta", "article-meta", "post-info", "postinfo", "article-info"),
        *("subhead", "posthead", "submitted", "byline", "post-date", "entry-date", "post-time"),
    )
)
"""Classes and ids, in small letters, of what stands beside the text of many sites' posts."""


def main_element(root: Element) -> Element:
    """Return the element of the page that holds its article; the body where nothing tells."""
    body = root.find("body")
    start: Element = body if body is not None else root
    grams = _grams(_extracted(root))
    weights = _weights(start, grams)
    while total := weights.get(start, 0):
        inner = max(start, key=lambda child: weights.get(child, 0), default=None)
        if inner is None or weights.get(inner, 0) < _SHARE * total or inner.tag in ("p", "pre", "table", "ul", "ol"):
            break
        start = inner
    _drop_surroundings(start, weights)
    return start


def _extracted(root: Element) -> str:
    page = lxml.html.tostring(root, encoding="unicode")
    text = trafilatura.extract(page, include_comments=False, include_tables=True, favor_recall=True)
    return text or ""


def _grams(text: str) -> frozenset[str]:
    folded = (fold(line) for line in text.split("\n"))
    return frozenset(line[i : i + _GRAM] for line in folded for i in range(len(line) - _GRAM + 1))


def _weights(root: Element, grams: frozenset[str]) -> dict[Element, int]:
    """Return how many characters of the main text each element holds, itself and through others."""
    weights: dict[Element, int] = {}
    for element in reversed(elements(root)):
        inner = sum(weights.get(child, 0) + _weight(child.tail, grams) for child in element)
        weights[element] = inner + _weight(element.text, grams)
    return weights


def _weight(text: str | None, grams: frozenset[str]) -> int:
    folded = fold(text or "")
    known = len(folded) >= _GRAM and folded[:_GRAM] in grams and folded[-_GRAM:] in grams
    return len(folded) if known else 0


def _drop_surroundings(article: Element, weights: dict[Element, int]) -> None:
    """Remove what stands around or after the text in its own element, where trafilatura saw no text in it either."""
    for element in elements(article):
        names = {name.lower() for name in (*classes(element), element.get("id", ""))}
        named = bool(names & _SURROUNDINGS) or element.tag in ("nav", "aside", "footer")
        if named and element is not article and not weights.get(element, 0) and element.getparent() is not None:
            remove(element)
