"""A body of HTML made ready for pandoc: formulas out, code plain, notes paired, and every block with its line."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qs

import lxml.html

from pipeline.readers.addresses import split_address
from pipeline.readers.html.code import tidy_code
from pipeline.readers.html.formulas import Place, take_formulas
from pipeline.readers.html.notes import pair_notes
from pipeline.readers.html.tree import Element, classes, elements, remove
from pipeline.readers.pandoc.formulas import Formulas

_NOT_TEXT: Final = (
    "script",
    "style",
    "noscript",
    "template",
    "form",
    "button",
    "input",
    "select",
    "nav",
    "iframe",
    "object",
)
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS: Final = (
    "p",
    "ul",
    "ol",
    "dl",
    "blockquote",
    "table",
    "hr",
    "figure",
    "pre",
    *_HEADINGS,
)
_SIGNS: Final = frozenset({"", "#", "¶", "§", "∞", "🔗"})
_SOURCES: Final = ("data-src", "data-original", "data-lazy-src", "data-actualsrc", "file")
"""Where pages that load their images late keep the address."""

_WARNERS: Final = {
    "link.zhihu.com": "target",
    "link.csdn.net": "target",
    "link.juejin.cn": "target",
    "link.jianshu.com": "t",
    "links.jianshu.com": "to",
}
"""Hosts of the pages that warn of links outside, and the parameter that holds the link's target."""


def prepare(root: Element, formulas: Formulas, place: Place) -> str:
    """Return the HTML of what ``root`` holds, for pandoc; ``root`` is changed."""
    take_formulas(root, formulas, place)
    for element in elements(root, *_NOT_TEXT):
        remove(element)
    tidy_code(root)
    _find_images(root)
    _frame_pictures(root)
    _unwrap_links(root)
    _drop_permalinks(root)
    pair_notes(root)
    _mark_lines(root, place)
    return str(lxml.html.tostring(root, encoding="unicode"))


def _find_images(root: Element) -> None:
    for image in elements(root, "img"):
        late = next((value for name in _SOURCES if (value := image.get(name))), "")
        if late and (not image.get("src") or image.get("src", "").startswith("data:image/gif")):
            image.set("src", late)


def _frame_pictures(root: Element) -> None:
    """Make a figure of each table by which Blogger sets a caption below a picture."""
    for table in elements(root, "table"):
        if "tr-caption-container" not in classes(table):
            continue
        cells = elements(table, "td")
        captions = [cell for cell in cells if "tr-caption" in classes(cell)]
        if len(captions) != 1 or len(cells) != 2 or not elements(cells[0], "img"):  # noqa: PLR2004 - picture and words
            continue
        cells[0].tag, captions[0].tag = "div", "figcaption"
        for attribute in table.attrib:
            del table.attrib[attribute]
        table.tag = "figure"
        table[:] = cells


def _unwrap_links(root: Element) -> None:
    """Replace links through a page that says "you are leaving this site" by links to their target."""
    for link in elements(root, "a"):
        parts = split_address(link.get("href", ""))
        name = _WARNERS.get(parts.netloc.lower())
        target = parse_qs(parts.query).get(name, [""])[0] if name else ""
        if target.startswith(("http://", "https://")):
            link.set("href", target)


def _drop_permalinks(root: Element) -> None:
    """Remove the signs by which the headings of many sites link to themselves."""
    for heading in elements(root, *_HEADINGS):
        for link in elements(heading, "a"):
            if link.get("href", "").startswith("#") and str(link.text_content()).strip() in _SIGNS:
                remove(link)


def _mark_lines(root: Element, place: Place) -> None:
    """Wrap every block in a ``div`` that names its line: pandoc keeps no attribute of a paragraph or a list."""
    for element in [*elements(root, *_BLOCKS, "img")]:
        parent = element.getparent()
        if parent is None or element is root:
            continue
        position = f"{place(element).line}:1"
        if element.tag in ("img", *_HEADINGS):
            element.set("data-pos", position)
            continue
        wrapper = lxml.html.Element("div")
        wrapper.set("data-pos", position)
        wrapper.tail, element.tail = element.tail, None
        parent.replace(element, wrapper)
        wrapper.append(element)
