"""Inlines as nodes of pandoc's JSON (pandoc-types, ``Text.Pandoc.Definition``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, assert_never

from pipeline.book import ResolvedBook
from pipeline.document import (
    Blocks,
    Code,
    Emph,
    Image,
    Inline,
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
    Subscript,
    Superscript,
    Xref,
)
from pipeline.phrases import Phrases
from pipeline.writers.links import safe_url
from pipeline.writers.pandoc_math import formula_to_pandoc

Node: TypeAlias = dict[str, Any]
Nodes: TypeAlias = list[Node]

_WRAPPERS: Final[dict[type, str]] = {
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


def inline_nodes(inlines: Inlines, setting: PandocSetting, blocks: Callable[[Blocks], Nodes]) -> Nodes:
    """Return ``inlines`` as nodes; ``blocks`` makes those of a footnote."""
    return [node for inline in inlines for node in _nodes(inline, setting, blocks)]


def _nodes(inline: Inline, setting: PandocSetting, blocks: Callable[[Blocks], Nodes]) -> Nodes:
    match inline:
        case Str(text=text):
            return text_nodes(text)
        case Code(text=text):
            return [{"t": "Code", "c": [attributes(), text]}]
        case Math():
            return math_nodes(inline)
        case (
            Emph(content=content)
            | Strong(content=content)
            | Strikeout(content=content)
            | Superscript(content=content)
            | Subscript(content=content)
        ):
            return [{"t": _WRAPPERS[type(inline)], "c": inline_nodes(content, setting, blocks)}]
        case Link(url=url, content=content):
            return _link(safe_url(url) or "", inline_nodes(content, setting, blocks))
        case PostRef(post=post, content=content, anchor=anchor):
            return _link(f"#{anchor or post}", inline_nodes(content, setting, blocks))
        case Xref(parts=parts):
            return [node for part in parts for node in _xref(part)]
        case Image():
            return image_nodes(inline, setting)
        case Note(blocks=inner):
            return [{"t": "Note", "c": blocks(inner)}]
        case LineBreak():
            return [{"t": "LineBreak"}]
        case _:
            assert_never(inline)


def math_nodes(math: Math) -> Nodes:
    """Return a formula, after the places that its numbered rows are; one that is shown as its source, as code."""
    if math.expanded is None:
        opening, closing = math.delimiters.value
        return [{"t": "Code", "c": [attributes(), f"{opening}{math.tex}{closing}"]}]
    kind = "DisplayMath" if math.display else "InlineMath"
    places: Nodes = [{"t": "Span", "c": [attributes(number.anchor), []]} for number in math.numbers if number.anchor]
    return [*places, {"t": "Math", "c": [{"t": kind}, formula_to_pandoc(math)]}]


def image_nodes(image: Image, setting: PandocSetting) -> Nodes:
    """Return a picture, or the words that tell that it is missing."""
    alt = text_nodes(image.alt)
    if not image.resource:
        return [{"t": "Emph", "c": [*text_nodes(f"[{setting.phrases.missing_image}]"), {"t": "Space"}, *alt]}]
    return [{"t": "Image", "c": [attributes(), alt, [setting.image_href(image.resource), ""]]}]


def _link(url: str, content: Nodes) -> Nodes:
    return [{"t": "Link", "c": [attributes(), content, [url, ""]]}] if url else content


def _xref(part: str | Reference) -> Iterator[Node]:
    if isinstance(part, str):
        yield from text_nodes(part)
        return
    number = part.number or "???"
    text = text_nodes(f"({number})" if part.parentheses else number)
    yield from _link(f"#{part.anchor}" if part.anchor else "", text)
