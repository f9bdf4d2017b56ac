"""Running text to inlines: formulas, links, bare addresses, inline code, and the ends of lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.document import Code, Inline, Inlines, LineBreak, Link, Math, Str
from pipeline.readers.dump.formulas import FormulaSpan, find_formulas
from pipeline.source import SourceText

_MASK: Final = "\0"  # stands for every character of a formula; no source can hold it
_TOKEN: Final = re.compile(
    r"(?P<end>[ \t\u3000]*\n[ \t\u3000]*)"
    r"|(?P<math>\0)"
    r"|`(?P<code>[^`\n]+)`"
    r"|\[(?P<text>[^\[\]\n]+)\]\((?P<target>https?://[^()\s\0]+)\)"
    r"|(?P<url>https?://[A-Za-z0-9\-._~:/?#@!$&'*+,;=%()]*[A-Za-z0-9/#=])",
)


def parse_inlines(source: SourceText, start: int, end: int) -> Inlines:
    """Return what stands between two offsets of ``source``."""
    text = source.text[start:end]
    formulas = find_formulas(text)
    by_start = {formula.start: formula for formula in formulas}
    return tuple(_inlines(source, start, _masked(text, formulas), text, by_start))


def _masked(text: str, formulas: tuple[FormulaSpan, ...]) -> str:
    pieces, position = [], 0
    for formula in formulas:
        pieces += [text[position : formula.start], _MASK * (formula.end - formula.start)]
        position = formula.end
    return "".join([*pieces, text[position:]])


def _inlines(
    source: SourceText, base: int, masked: str, text: str, formulas: dict[int, FormulaSpan]
) -> Iterator[Inline]:
    position = 0
    while match := _TOKEN.search(masked, position):
        if match.start() > position:
            yield Str(text[position : match.start()], source.span(base + position))
        position = match.end()
        span = source.span(base + match.start())
        match match.lastgroup:
            case "end":
                yield LineBreak(span)
            case "math":
                formula = formulas[match.start()]
                yield Math(formula.tex, formula.delimiters, span)
                position = formula.end
            case "code":
                yield Code(match["code"], span)
            case "target":
                yield Link(
                    match["target"], parse_inlines(source, base + match.start("text"), base + match.end("text")), span
                )
            case _:
                yield Link(match["url"], (Str(match["url"], span),), span)
    if position < len(text):
        yield Str(text[position:], source.span(base + position))
