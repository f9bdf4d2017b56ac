"""What stands between a tag of HTML on a line of its own and the tag that closes it is set apart, as a quotation is.

Dumps of blogs that write HTML into their Markdown keep the tags of its boxes. They say that a passage is one of its
own, not which kind of passage it is.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import Final

from pipeline.document import Block, Blocks, InlineCode, Inlines, Paragraph, Quote, Strong
from pipeline.paragraphs import is_blank, lines_of, paragraph_of
from pipeline.source import Span
from pipeline.walk import expand_blocks

_TAG: Final = re.compile(r"<(?P<closes>/)?(?P<name>aside|center|details|div|section)(?:\s[^<>]*)?>", re.IGNORECASE)
_DEEPEST: Final = 8  # passages in one another; nobody writes more, and every writer descends into them


def with_panels(blocks: Blocks) -> Blocks:
    """Return ``blocks`` with every such passage as a quotation, its tags gone; tags without their other stay code."""
    return _set_apart(expand_blocks(blocks, _with_tags_alone))


def _with_tags_alone(block: Block) -> Blocks:
    """Divide a paragraph so that each line that is a tag is a paragraph, and each that sums up what can be unfolded."""
    paragraphs: list[Block] = []
    for alone, run in groupby(lines_of(block), _stands_alone):
        lines = list(run)
        paragraphs += [paragraph_of([_in_bold(line)]) for line in lines] if alone else [paragraph_of(lines)]
    return tuple(paragraphs) if len(paragraphs) > 1 else (block,)


def _stands_alone(line: Inlines) -> bool:
    return _tag_of(line) is not None or _in_bold(line) is not line


def _in_bold(line: Inlines) -> Inlines:
    """Return the words of a summary, of what a reader of the page unfolds, in bold; any other line as it is."""
    match line:
        case (InlineCode(text="<summary>", span=span, tag=True), *words, InlineCode(text="</summary>", tag=True)) if (
            words
        ):
            return (Strong(tuple(words), span),)
        case _:
            return line


def _set_apart(blocks: Blocks) -> Blocks:
    done: list[Block] = []
    opened: list[tuple[str, int, Span]] = []  # tags that are not closed: name, how many blocks stand before, place
    for block in blocks:
        done.append(block)
        if not isinstance(block, Paragraph) or (tag := _tag_of(block.content)) is None:
            continue
        name = tag["name"].lower()
        if not tag["closes"]:
            opened.append((name, len(done) - 1, block.span))
        elif opened and opened[-1][0] == name and opened[-1][1] + 2 < len(done):
            _, before, span = opened.pop()
            if len(opened) < _DEEPEST:
                done[before:] = [Quote(tuple(done[before + 1 : -1]), span)]
    return tuple(done)


def _tag_of(line: Inlines) -> re.Match[str] | None:
    """Return the tag that is all of a line, if it is one."""
    match [inline for inline in line if not is_blank(inline)]:
        case [InlineCode(text=text, tag=True)]:
            return _TAG.fullmatch(text)
        case _:
            return None
