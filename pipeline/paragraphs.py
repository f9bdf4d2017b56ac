"""A paragraph as its lines, as text and displayed formulas, and without the white space around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, groupby

from pipeline.document import Block, Inline, Inlines, LineBreak, Math, Paragraph, Str, Xref
from pipeline.source import Span


def lines_of(block: Block) -> list[Inlines]:
    """Return the lines of a paragraph that has several; nothing for any other block."""
    if not isinstance(block, Paragraph) or not any(isinstance(inline, LineBreak) for inline in block.content):
        return []
    runs = groupby(block.content, lambda inline: isinstance(inline, LineBreak))
    return [tuple(run) for ends, run in runs if not ends]


def joined_lines(lines: Iterable[Inlines]) -> Inlines:
    """Return lines that hold something with a line break between each two."""
    breaks = ((LineBreak(place_of(line[0])), *line) for line in lines)
    return tuple(chain.from_iterable(breaks))[1:]


def paragraph_of(lines: Sequence[Inlines]) -> Paragraph:
    """Return the paragraph that has these lines, one at least."""
    return Paragraph(joined_lines(lines), place_of(lines[0][0]))


def place_of(inline: Inline) -> Span:
    """Return where an inline stands."""
    return inline.math.span if isinstance(inline, Xref) else inline.span


def text_and_displays(content: Inlines) -> list[Inlines | Math]:
    """Divide a paragraph at its displayed formulas, without the white space and line ends around them."""
    runs: list[Inlines | Math] = []
    run: list[Inline] = []
    for inline in content:
        if isinstance(inline, Math) and inline.display:
            runs += [trimmed(run), inline]
            run = []
        else:
            run.append(inline)
    runs.append(trimmed(run))
    return [run for run in runs if run]


def trimmed(run: Sequence[Inline]) -> Inlines:
    """Return ``run`` without the white space and the line breaks around it."""
    start, end = 0, len(run)
    while start < end and is_blank(run[start]):
        start += 1
    while start < end and is_blank(run[end - 1]):
        end -= 1
    return tuple(run[start:end])


def is_blank(inline: Inline) -> bool:
    """Whether an inline is a line's end, or nothing but white space."""
    return isinstance(inline, LineBreak) or (isinstance(inline, Str) and not inline.text.strip())
