"""Inlines of pandoc's JSON as ours. Pandoc's nodes: pandoc-types, ``Text.Pandoc.Definition``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from pipeline.document import (
    Delimiters,
    Emph,
    Image,
    Inline,
    InlineCode,
    Inlines,
    LineBreak,
    Link,
    Math,
    Note,
    Str,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
)
from pipeline.readers.pandoc.context import Context
from pipeline.readers.pandoc.pieces import Piece, SoftBreak, joined
from pipeline.readers.pandoc.process import Json
from pipeline.readers.pandoc.raw_html import read_tag
from pipeline.source import Span
from pipeline.tex.delimiters import find_formulas
from pipeline.walk import source_text

WIKI: Final = "wiki:"
"""Before the target of a ``[[link]]``, until it is known whether there is such a post."""


def read_inlines(nodes: Sequence[Json], context: Context) -> Inlines:
    """Return our inlines for a run of pandoc's."""
    return joined(_pieces(nodes, context))


def _pieces(nodes: Sequence[Json], context: Context) -> Iterator[Piece]:
    """Yield what ``nodes`` become; words of one line are put together first, since most nodes are words."""
    words: list[str] = []
    start = line = ""
    for node in nodes:
        word, position = _word(node)
        if word is None or position.partition(":")[0] != line:
            yield from _text("".join(words), start, context)
            words, start, line = [], position, position.partition(":")[0]
        if word is None:
            yield from _read(node, context)
        else:
            words.append(word)
    yield from _text("".join(words), start, context)


def _read(node: Json, context: Context) -> Iterator[Piece]:
    kind, content = node["t"], node.get("c")
    if kind in _WRAPPERS:
        yield _WRAPPERS[kind](read_inlines(content, context.inside()), context.span)
    elif kind in _INLINES:
        yield from _INLINES[kind](content, context)
    else:
        context.simplified(f"{kind!r} is kept as plain text")
        yield Str(context.formulas.restore(plain_text(node)), context.span)


def _word(node: Json) -> tuple[str | None, str]:
    """Return the text of a node that is a word or a space, and its position; None for any other node.

    With ``sourcepos``, pandoc wraps each of them into a Span of its own.
    """
    kind, position = node["t"], ""
    if kind == "Span":
        (_name, _classes, pairs), inner = node["c"]
        if len(inner) != 1 or len(pairs) != 2 or pairs[0][0] != "wrapper":  # noqa: PLR2004 - "wrapper" and "data-pos"
            return None, ""
        node, position = inner[0], pairs[1][1]
        kind = node["t"]
    if kind == "Str":
        return node["c"], position
    return (" ", position) if kind == "Space" else (None, "")


def _text(text: str, position: str, context: Context) -> Iterator[Piece]:
    for offset, piece in context.formulas.split(text):
        yield piece if isinstance(piece, Math) else Str(piece, context.at_position(position, offset))


def _quoted(content: Json, context: Context) -> Iterator[Piece]:
    opening, closing = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
    yield Str(opening, context.span)
    yield from _pieces(content[1], context.inside())
    yield Str(closing, context.span)


def _link(content: Json, context: Context) -> Iterator[Piece]:
    attributes, nodes, (url, _title) = content
    inside = context.inside(attributes)
    url = f"{WIKI}{url}" if "wikilink" in attributes[1] else url
    yield Link(context.formulas.restore(url), read_inlines(nodes, inside), inside.span)


def _image(content: Json, context: Context) -> Iterator[Piece]:
    attributes, nodes, (url, _title) = content
    inside = context.inside(attributes)
    alt = source_text(read_inlines(nodes, inside)).replace("\n", " ")
    yield Image(context.formulas.restore(url), alt, inside.span)


def _note(content: Json, context: Context) -> Iterator[Piece]:
    yield Note(context.read_blocks(content, context.inside()), context.span)


def _code(content: Json, context: Context) -> Iterator[Piece]:
    yield InlineCode(context.formulas.restore(content[1]), context.at(content[0]))


def _math(content: Json, context: Context) -> Iterator[Piece]:
    """A formula that pandoc found itself, in formats other than Markdown and HTML."""
    kind, tex = content
    yield found_math(tex, context.span) or Math(
        tex, Delimiters.DOLLARS if kind["t"] == "DisplayMath" else Delimiters.DOLLAR, context.span
    )


def found_math(tex: str, span: Span) -> Math | None:
    """Return the formula that ``tex`` is when it is one environment and nothing else."""
    stripped = tex.strip()
    found = find_formulas(stripped)
    whole = len(found) == 1 and (found[0].start, found[0].end) == (0, len(stripped))
    return Math(stripped, Delimiters.ENVIRONMENT, span) if whole and stripped.startswith("\\begin") else None


def _raw(content: Json, context: Context) -> Iterator[Piece]:
    form, text = content
    source = context.formulas.restore(text)
    if form == "html":
        yield from read_tag(source, context.span)
        return
    math = found_math(source, context.span)
    if math is None:
        context.simplified(f"raw {form} is shown as its source")
    yield math or InlineCode(source, context.span)


def plain_text(node: Json) -> str:
    """Return the words anywhere under a node of any kind."""
    if isinstance(node, list):
        return "".join(map(plain_text, node))
    if not isinstance(node, dict):
        return ""
    if node.get("t") in ("Str", "Code", "CodeBlock", "Math"):
        content = node["c"]
        return str(content if isinstance(content, str) else content[1])
    return " " if node.get("t") in ("Space", "SoftBreak", "LineBreak") else plain_text(node.get("c"))


_WRAPPERS: Final[dict[str, Callable[[Inlines, Span], Inline]]] = {
    "Emph": Emph,
    "Underline": Emph,
    "Strong": Strong,
    "Strikeout": Strikeout,
    "Superscript": Superscript,
    "Subscript": Subscript,
}
_INLINES: Final[dict[str, Callable[[Json, Context], Iterator[Piece]]]] = {
    "SoftBreak": lambda _content, context: iter((SoftBreak(context.span),)),
    "LineBreak": lambda _content, context: iter((LineBreak(context.span),)),
    "Code": _code,
    "Math": _math,
    "RawInline": _raw,
    "Span": lambda content, context: _pieces(content[1], context.inside(content[0])),
    "Cite": lambda content, context: _pieces(content[1], context.inside()),
    "SmallCaps": lambda content, context: _pieces(content, context.inside()),
    "Quoted": _quoted,
    "Link": _link,
    "Image": _image,
    "Note": _note,
}
