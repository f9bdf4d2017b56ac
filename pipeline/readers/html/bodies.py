"""The bodies that feeds and exports carry: HTML inside another file, one post each."""

from __future__ import annotations

import re
from typing import Final

from pipeline.readers.html.prepare import prepare
from pipeline.readers.html.tree import Element, parse_fragment
from pipeline.readers.markdown.verbatim import verbatim_ranges
from pipeline.readers.pandoc.formulas import Formulas
from pipeline.readers.pandoc.process import Markup
from pipeline.source import Span

_BLOCK: Final = re.compile(
    r"</?(?:p|div|h[1-6]|ul|ol|li|dl|dd|dt|table|thead|tbody|tr|td|th|pre|blockquote|figure|figcaption|section|article"
    r"|hr|details|summary|address|aside|center|form)\b",
    re.IGNORECASE,
)
_BLOCKS: Final = "<!-- wp:"
_BLANK: Final = re.compile(r"\n[ \t]*\n\s*")


def body_markup(html: str, span: Span) -> tuple[Markup, Formulas]:
    """Return a body for pandoc, and the formulas taken out of it; everything in it stands at ``span``."""
    formulas = Formulas(html)

    def place(_element: Element) -> Span:
        return span

    return Markup(prepare(parse_fragment(html), formulas, place), "html"), formulas


def with_paragraphs(text: str) -> str:
    """Return a body with ``<p>`` and ``<br>`` where WordPress stores empty lines and line ends alone.

    Its block editor stores them all, so that such a body stays as it is (``do_blocks`` turns ``wpautop`` off); whoever
    wrote in the editor before it has some of them as tags and the others not.
    """
    if _BLOCKS in text:
        return text
    parts: list[str] = []
    done = 0
    for start, end in verbatim_ranges(text):
        if text.startswith("<pre", start):
            parts += [_paragraphs(text[done:start]), text[start : end + 1]]
            done = end + 1
    return "".join((*parts, _paragraphs(text[done:])))


def _paragraphs(text: str) -> str:
    return "\n".join(_paragraph(chunk.strip()) for chunk in _BLANK.split(text) if chunk.strip())


def _paragraph(chunk: str) -> str:
    """Return a chunk with the text before its first block as a paragraph; what follows stays as it is."""
    block = _BLOCK.search(chunk)
    start = block.start() if block else len(chunk)
    text = chunk[:start].rstrip().replace("\n", "<br/>\n")
    return f"<p>{text}</p>{chunk[start:]}" if text else chunk
