"""HTML as a tree: parsed without limits that drop text, and changed without losing the text around an element."""

from __future__ import annotations

from typing import TypeAlias

import lxml.html
from lxml import etree

Element: TypeAlias = lxml.html.HtmlElement


def parse_page(text: str) -> Element:
    """Return the root of a page; of an empty page where there is nothing to parse."""
    parser = lxml.html.HTMLParser(huge_tree=True, encoding="utf-8")
    data = text.encode() or b"<html></html>"
    try:
        root: Element | None = lxml.html.document_fromstring(data, parser=parser)
    except etree.ParserError:  # nothing but comments or white space
        root = None
    return root if root is not None else lxml.html.document_fromstring("<html><body></body></html>")


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
