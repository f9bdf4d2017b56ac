"""Every formula of a book to MathML: each distinct one once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

from latex2mathml.converter import Converter

from pipeline.book import Book
from pipeline.diagnostics import Reporter
from pipeline.document import Inline, Inlines, Math, Xref
from pipeline.walk import map_blocks, map_inlines


@dataclass(frozen=True, slots=True)
class Conversion:
    """What became of a formula: ``mathml`` by ``engine``, or why not, and where in the TeX the reason stands."""

    mathml: str | None
    engine: str | None = None
    error: str | None = None
    position: int | None = None
    length: int = 1


def convert_formula(tex: str, *, display: bool) -> Conversion:
    """Convert one formula; whatever is wrong with it is told in the result."""
    try:
        tree = Converter(display="block" if display else "inline").convert_to_element(tex)
    except Exception as error:  # noqa: BLE001 - the converter raises whatever it stumbles over
        return Conversion(None, error=f"{type(error).__name__}: {error}")
    _unescape_texts(tree)
    return Conversion(tostring(tree, encoding="unicode"), "latex2mathml")


def _unescape_texts(tree: Element) -> None:
    for element in tree.iter():
        if element.text:
            element.text = unescape(element.text)


def convert_book(book: Book, reporter: Reporter, *, jobs: int = 1, cache: Path | None = None) -> Book:  # noqa: ARG001
    """Return ``book`` with ``mathml``, ``engine`` and ``error`` of every formula filled in."""
    done: dict[tuple[str, bool], Conversion] = {}

    def converted(math: Math) -> Math:
        if math.error:
            return math
        tex = math.tex if math.expanded is None else math.expanded
        key = (tex, math.display)
        if key not in done:
            done[key] = convert_formula(tex, display=math.display)
        result = done[key]
        return replace(math, mathml=result.mathml, engine=result.engine, error=result.error)

    def change(inline: Inline) -> Inlines:
        if isinstance(inline, Math):
            return (converted(inline),)
        if isinstance(inline, Xref):
            return (replace(inline, math=converted(inline.math)),)
        return (inline,)

    return replace(
        book,
        posts=tuple(
            replace(post, title=map_inlines(post.title, change), blocks=map_blocks(post.blocks, change))
            for post in book.posts
        ),
    )
