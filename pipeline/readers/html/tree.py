"""HTML as a tree: parsed without limits that drop text, and changed without losing the text around an element."""

from __future__ import annotations

import re
import sys
from typing import Final, TypeAlias

import lxml.html
from lxml import etree

from pipeline.readers.decode import legal

Element: TypeAlias = lxml.html.HtmlElement

_REFERENCE: Final = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]{1,8})|0*([0-9]{1,8}));?")


def parse_page(text: str) -> Element:
    """Return the root of a page; of an empty page where there is nothing to parse."""
    parser = lxml.html.HTMLParser(huge_tree=True, encoding="utf-8")
    data = _REFERENCE.sub(_unless_illegal, text).encode() or b"<html></html>"
    try:
        root: Element | None = lxml.html.document_fromstring(data, parser=parser)
    except etree.ParserError:  # nothing but comments or white space
        root = None
    return root if root is not None else lxml.html.document_fromstring("<html><body></body></html>")


def _unless_illegal(reference: re.Match[str]) -> str:
    """Drop a reference to a character that XML cannot hold: libxml2 takes it from HTML, and lxml then refuses it."""
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    return reference[0] if code <= sys.maxunicode and legal(chr(code)) else ""


def parse_fragment(text: str) -> Element:
    """Return a ``div`` that holds the elements of ``text``."""
    body = parse_page(f"<html><body>{text}</body></html>").find("body")
    div = lxml.html.Element("div")
    if body is not None:
        div.text = body.text
        div.extend(list(body))
    return div


def replace_with_text(element: Element, text: str) -> None:
    """Put ``text`` in the place of ``element``; what follows it stays."""
    tail = text + (element.tail or "")
    previous, parent = element.getprevious(), element.getparent()
    if parent is None:
        return
    if previous is not None:
        previous.tail = (previous.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)


def remove(element: Element) -> None:
    """Remove ``element``; what follows it stays."""
    replace_with_text(element, "")


def classes(element: Element) -> frozenset[str]:
    """Return the classes of an element."""
    return frozenset(str(element.get("class", "")).split())


def elements(root: Element, *names: str) -> list[Element]:
    """Return the elements of these names under ``root``, in order, safe to change while they are gone through."""
    return [element for element in root.iter(*names) if isinstance(element.tag, str)]


def property_of(root: Element, *names: str) -> str:
    """Return the first of these properties that the head of a page states."""
    found = {
        str(key): str(element.get("content", "")).strip()
        for element in elements(root, "meta")
        for key in (element.get("property"), element.get("name"), element.get("itemprop"))
        if key
    }
    return next((found[name] for name in names if found.get(name)), "")
