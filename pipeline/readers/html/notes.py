"""Footnotes of a page, made by a program or by hand, brought into the form in which pandoc knows them.

A program names its notes ``fn…`` or says by a class what they are. By hand, a raised number leads to a paragraph that
begins with it, or to the point of that number in a list.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import unquote

import lxml.html

from pipeline.readers.html.tree import Element, classes, elements, remove

_LIST: Final = "wp-block-footnotes"  # the class of WordPress's own
_BACK: Final = ("backref", "reversefootnote")
_MARK: Final = re.compile(r"[\s\[\](){}【】（）〔〕^↑]*([0-9]{1,3}|[*†‡])[\s\[\](){}【】（）〔〕^↑.:：、]*")
"""The number or sign of a note, with what may be set around it."""


def pair_notes(root: Element) -> None:
    """Give every footnote under ``root``, and what leads to it, the roles by which pandoc knows them."""
    places = {name: element for element in reversed(elements(root)) for name in _names(element)}
    links = defaultdict[str, list[Element]](list)
    for link in elements(root, "a"):
        if (target := _target(link)) in places:
            links[target].append(link)
    lists = [listed.findall("li") for listed in elements(root, "ol")]
    numbers = {point: str(number) for points in lists for number, point in enumerate(points, 1)}
    found = {name: note for name in links if (note := _note(name, places[name], links, numbers)) is not None}
    noted = set(found.values())
    split = {point for points in lists if not noted.issuperset(points) for point in points}
    notes = {name: note for name, note in found.items() if note not in split or _is_programs(note)}
    inside = {element for note in notes.values() for element in note.iter()}
    references = [link for name in notes for link in links[name] if link not in inside]
    origins = {name for link in references for element in (link, link.getparent()) for name in _names(element)}
    for note in notes.values():
        mark = _MARK.match(str(note.text_content())) if note.tag == "p" else None
        _cut(note, mark.end() if mark else 0)
    for link in elements(root, "a"):
        if _leads_back(link) or (link in inside and _target(link) in origins):
            raised = link.getparent()
            remove(link)
            if raised is not None and raised.tag == "sup" and not len(raised) and not raised.text:
                remove(raised)
    for link in references:
        _refer(link)
    _gather(root, notes)


def _names(element: Element) -> tuple[str, ...]:
    """Return what links may call a place."""
    return tuple(name for name in (element.get("id"), element.get("name")) if name)


def _target(link: Element) -> str:
    address = link.get("href", "")
    return unquote(address[1:]) if address.startswith("#") else ""


def _note(
    name: str, place: Element, links: Mapping[str, Sequence[Element]], numbers: Mapping[Element, str]
) -> Element | None:
    """Return the paragraph or point that is the note which stands at ``place``, if one does.

    ``numbers`` are those of points.
    """
    block = next((element for element in (place, *place.iterancestors()) if element.tag in ("p", "li")), None)
    if block is None or _is_programs(block):
        return block
    number = _raised(links[name][0]) if len(links[name]) == 1 else ""
    if block.tag == "li":
        return block if number == numbers.get(block) else None
    mark = _MARK.match(str(block.text_content()))
    alone = all(other == name or other not in links for element in block.iter() for other in _names(element))
    return block if mark and mark[1] == number and alone else None


def _is_programs(block: Element) -> bool:
    listed = block.getparent()
    own = block.get("id", "").startswith("fn") or (listed is not None and _LIST in classes(listed))
    return block.tag == "li" and own


def _raised(link: Element) -> str:
    """Return the number or sign of a note in a link that is raised above the line; empty for any other link."""
    parent = link.getparent()
    raised = (parent is not None and parent.tag == "sup") or (len(link) == 1 and link[0].tag == "sup")
    mark = _MARK.fullmatch(str(link.text_content()))
    return mark[1] if mark and raised else ""


def _leads_back(link: Element) -> bool:
    return link.get("rev") == "footnote" or any(sign in link.get("class", "") for sign in _BACK)


def _refer(link: Element) -> None:
    """Make a reference of ``link``, without the brackets and the raising that are around it."""
    link.set("role", "doc-noteref")
    parent = link.getparent()
    if parent is not None and parent.tag == "sup" and len(parent) == 1 and _is_bracket(parent.text, link.tail):
        parent.tag, parent.text, link.tail = "span", None, None
        parent.attrib.clear()


def _is_bracket(before: str | None, after: str | None) -> bool:
    return not ((before or "").strip("[( ") + (after or "").strip("]) "))


def _gather(root: Element, notes: Mapping[str, Element]) -> None:
    """Move notes to the end of ``root``, where pandoc finds them whatever stood around them."""
    section, listed = lxml.html.Element("section"), lxml.html.Element("ol")
    section.set("role", "doc-endnotes")
    section.append(listed)
    for name, note in notes.items():
        _take_out(note)
        point = note if note.tag == "li" else lxml.html.Element("li")
        if point is not note:
            point.append(note)
        point.set("id", name)
        listed.append(point)
    if notes:
        root.append(section)


def _take_out(note: Element) -> None:
    """Take a note from its place, with the list, and the rule above it, that were there for notes alone."""
    parent = note.getparent()
    place = parent if note.tag == "li" and parent is not None and len(parent) == 1 else note
    above = place.getprevious()
    remove(note)
    if place is not note:
        remove(place)
    if above is not None and above.tag == "hr" and not (above.tail or "").strip():
        remove(above)


def _cut(block: Element, count: int) -> None:
    """Take the first characters from the text of ``block``."""
    for text in block.xpath(".//text()"):
        if text.is_tail:
            text.getparent().tail = text[count:]
        else:
            text.getparent().text = text[count:]
        count -= len(text)
        if count <= 0:
            return
