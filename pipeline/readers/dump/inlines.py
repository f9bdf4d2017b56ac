"""Running text to inlines: formulas, links, images, bare addresses, inline code, and the ends of lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.document import Image, Inline, InlineCode, Inlines, LineBreak, Link, Math, Str
from pipeline.readers.dump.lines import Chunk, Line
from pipeline.tex.delimiters import FormulaSpan, find_formulas

TAG: Final = (
    r"</?(?:address|article|aside|blockquote|center|details|div|fieldset|figcaption|figure|footer|form|header|iframe"
    r"|main|nav|script|section|style|summary|table)(?:\s[^<>\n\0]*)?/?>"
)
"""A tag of HTML for a block, which a dump left in the text. Shorter names may be mathematics: ``0<p>q``."""
_MASK: Final = "\0"  # stands for every character of a formula; no source can hold it
_NAME: Final = r"(?:(?<=/wiki/)|(?<=/item/)|(?<==))[\u3400-\u9fff]{1,40}(?:/[0-9]+)?(?=\.?[\s)）]|\.?$)"
"""A name in Chinese letters that ends an address, where nothing is found without it, and text goes on after a space."""
_FILE: Final = r"[^()\s\0:]+\.(?i:jpe?g|png|gif|webp|avif|bmp|svg|tiff?)"
"""The path of an image that stands beside the dump."""
_TOKEN: Final = re.compile(
    rf"""\n
    | \0
    | {TAG}
    | (?P<entered>(?<=[A-Za-z0-9_]=)`[^`\n\0]+`)
    | `(?P<code>[^`\n\0]+)`
    | (?<!\S)!\[(?P<alt>[^\[\]\n]*)\]\((?P<source>https?://[^()\s\0]+|{_FILE})\)
    | \[(?P<text>[^\[\]\n]+)\]\((?P<target>https?://[^()\s\0]+)\)
    | https?://[A-Za-z0-9._~:/?\#@!$&'*+,;=%()\-]+(?:{_NAME})?""",
    re.VERBOSE,
)
_NOT_AT_END: Final = ".,:;!?'*("


@dataclass(frozen=True, slots=True)
class _Text:
    """A chunk whose formulas are known: ``masked`` is its text with every formula blotted out."""

    chunk: Chunk
    formulas: dict[int, FormulaSpan]
    masked: str

    def parse(self, start: int, end: int) -> Iterator[Inline]:
        position = start
        while position < end and (match := _TOKEN.search(self.masked, position, end)):
            yield from self.plain(position, match.start())
            inline, position = self.token(match)
            yield inline
        yield from self.plain(position, end)

    def plain(self, start: int, end: int) -> Iterator[Inline]:
        if start < end:
            yield Str(self.chunk.text[start:end], self.chunk.at(start))

    def token(self, match: re.Match[str]) -> tuple[Inline, int]:
        """Return what a match means and where the text goes on after it."""
        span = self.chunk.at(match.start())
        match match[0][0]:
            case "\n":
                return LineBreak(span), match.end()
            case "\0":
                formula = self.formulas[match.start()]
                return Math(formula.tex, formula.delimiters, span), formula.end
            case "<":
                return InlineCode(match[0], span, tag=True), match.end()
            case "`":  # right behind "name=" it is a shell's own
                return InlineCode(match["entered"] or match["code"], span), match.end()
            case "!":  # behind a word it ends a sentence, and a link comes next
                return Image(match["source"], self.chunk.text[slice(*match.span("alt"))], span), match.end()
            case "[":
                return Link(match["target"], tuple(self.parse(*match.span("text"))), span), match.end()
            case _:
                url = _trimmed(match[0])
                return Link(url, (Str(url, span),), span), match.start() + len(url)


def parse_inlines(chunk: Chunk) -> Inlines:
    """Return the inlines of a chunk; what stands on its lines beside them is text, white space included."""
    formulas = find_formulas(chunk.text)
    text = _Text(chunk, {formula.start: formula for formula in formulas}, masked(chunk.text, formulas))
    return tuple(text.parse(0, len(chunk.text)))


def parse_line(line: Line) -> Inlines:
    """Return the inlines of one line, without the white space around it."""
    return parse_inlines(Chunk((line.strip(),)))


def masked(text: str, formulas: tuple[FormulaSpan, ...]) -> str:
    """Return ``text`` with each character of its formulas replaced by NUL, so that offsets stay what they are."""
    pieces, position = [], 0
    for formula in formulas:
        pieces += [text[position : formula.start], _MASK * (formula.end - formula.start)]
        position = formula.end
    return "".join([*pieces, text[position:]])


def _trimmed(url: str) -> str:
    """Return an address without the sentence's punctuation after it; a bracket stays if it was opened inside."""
    end = len(url)
    surplus = url.count(")") - url.count("(")
    while end and (url[end - 1] in _NOT_AT_END or (url[end - 1] == ")" and surplus > 0)):
        surplus -= url[end - 1] == ")"
        end -= 1
    return url[:end]
