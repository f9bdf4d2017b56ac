"""Inlines as nodes of pandoc's JSON (pandoc-types, ``Text.Pandoc.Definition``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, assert_never

from pipeline.book import ResolvedBook
from pipeline.document import (
    Blocks,
    Emph,
    Image,
    Inline,
    InlineCode,
    Inlines,
    LineBreak,
    Link,
    Math,
    Note,
    PostRef,
    Reference,
    Str,
    Strikeout,
    Strong,
    Styled,
    Subscript,
    Superscript,
    Xref,
)
from pipeline.formulas import prints_nothing
from pipeline.phrases import Phrases
from pipeline.writers.pandoc.math import formula_to_pandoc

Node: TypeAlias = dict[str, Any]
Nodes: TypeAlias = list[Node]

_WRAPPERS: Final[dict[type[Styled], str]] = {
    Emph: "Emph",
    Strong: "Strong",
    Strikeout: "Strikeout",
    Superscript: "Superscript",
    Subscript: "Subscript",
}


@dataclass(frozen=True, slots=True)
class PandocSetting:
    """What the nodes depend on besides the document."""

    book: ResolvedBook
    phrases: Phrases
    image_href: Callable[[str], str]  # from a resource's name to the address that the format gives it
    tables_in_points: bool  # whether the format allows a table inside a point of a list
    is_plain: bool  # whether it is plain text: words for pictures, each row of a table a line, posts set apart
    places: Mapping[str, str]  # from the anchor of a formula's row to that of its first one: typst has one a formula


def attributes(name: str = "", *classes: str) -> list[Any]:
    """Return pandoc's Attr."""
    return [name, list(classes), []]


def text_nodes(text: str) -> Nodes:
    """Return text as pandoc has it: words, and the spaces between them."""
    nodes: Nodes = []
    for place, word in enumerate(text.replace("\n", " ").split(" ")):
        nodes += [{"t": "Space"}] if place else []
        nodes += [{"t": "Str", "c": word}] if word else []
    return nodes


def link_nodes(url: str, content: Nodes) -> Nodes:
    """Return ``content`` as a link; as it is, without an address."""
    return [{"t": "Link", "c": [attributes(), content, [url, ""]]}] if url else content


def inline_nodes(inlines: Inlines, setting: PandocSetting, blocks: Callable[[Blocks], Nodes]) -> Nodes:
    """Return ``inlines`` as nodes; ``blocks`` makes those of a footnote."""
    kept = (inline for place, inline in enumerate(inlines) if not _beside_display(inlines, place))
    return [node for inline in kept for node in _nodes(inline, setting, blocks)]


def _beside_display(inlines: Inlines, place: int) -> bool:
    """Whether a line break stands beside a displayed formula, which ends lines itself."""
    beside = inlines[max(place - 1, 0) : place + 2]
    return isinstance(inlines[place], LineBreak) and any(isinstance(i, Math) and i.display for i in beside)


def _nodes(inline: Inline, setting: PandocSetting, blocks: Callable[[Blocks], Nodes]) -> Nodes:
    if isinstance(inline, Styled):
        return [{"t": _WRAPPERS[type(inline)], "c": inline_nodes(inline.content, setting, blocks)}]
    match inline:
        case Str(text=text):
            return text_nodes(text)
        case InlineCode(text=text):
            return [{"t": "Code", "c": [attributes(), text]}]
        case Math():
            return [] if prints_nothing(inline) else math_nodes(inline)
        case Link(url=url, content=content):
            return link_nodes(url, inline_nodes(content, setting, blocks))
        case PostRef(post=post, content=content, anchor=anchor):
            return link_nodes(f"#{anchor or post}", inline_nodes(content, setting, blocks))
        case Xref(parts=parts):
            return [node for part in parts for node in _xref(part, setting)]
        case Image():
            return image_nodes(inline, setting)
        case Note(blocks=inner):
            return [{"t": "Note", "c": blocks(inner)}]
        case LineBreak():
            return [{"t": "LineBreak"}]
        case _:
            assert_never(inline)


def math_nodes(math: Math) -> Nodes:
    """Return a formula, with the place of its first numbered row; one that is shown as its source, as code."""
    if math.expanded is None:
        return [{"t": "Code", "c": [attributes(), math.source]}]
    kind = "DisplayMath" if math.display else "InlineMath"
    node = {"t": "Math", "c": [{"t": kind}, formula_to_pandoc(math)]}
    place = next((number.anchor for number in math.numbers if number.anchor), "")
    return [{"t": "Span", "c": [attributes(place), [node]]} if place else node]


def formula_places(math: Math) -> dict[str, str]:
    """Return the anchors of a formula's rows, each with the one that its formula has."""
    anchors = [number.anchor for number in math.numbers if number.anchor]
    return dict.fromkeys(anchors, anchors[0]) if anchors else {}


def image_nodes(image: Image, setting: PandocSetting) -> Nodes:
    """Return a picture, or the words that tell that it is missing."""
    if not image.resource:
        return [{"t": "Emph", "c": text_nodes(setting.phrases.lost_picture(image.alt))}]
    return [{"t": "Image", "c": [attributes(), text_nodes(image.alt), [setting.image_href(image.resource), ""]]}]


def _xref(part: str | Reference, setting: PandocSetting) -> Iterator[Node]:
    if isinstance(part, str):
        yield from text_nodes(part)
        return
    text = text_nodes(part.printed)
    place = setting.places.get(part.anchor, part.anchor)
    yield from link_nodes(f"#{place}" if place else "", text)
