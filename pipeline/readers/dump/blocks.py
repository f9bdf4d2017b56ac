"""The body of a post to blocks: each chunk of lines is tried by every rule in turn, and what no rule wants is prose."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from pipeline.diagnostics import Reporter
from pipeline.codes import Code as DiagnosticCode
from pipeline.document import (
    Block,
    Blocks,
    BulletList,
    Code,
    CodeBlock,
    Equation,
    Figure,
    Heading,
    Inline,
    LineBreak,
    ListItem,
    Math,
    OrderedList,
    Paragraph,
    Quote,
    ReadMore,
    Rule,
)
from pipeline.readers.dump.chunks import FENCE, split_chunks
from pipeline.readers.dump.code import code_like, damaged, line_of_code
from pipeline.readers.dump.figures import announces_picture, looks_like_caption, same_line
from pipeline.readers.dump.headings import Outline, candidate_of, limit, outline_of, plain_candidate
from pipeline.readers.dump.inlines import parse_inlines
from pipeline.readers.dump.lines import Chunk, Line, stripped
from pipeline.readers.dump.lists import marker_of, parse_lists, parse_unmarked
from pipeline.readers.dump.markers import is_read_more
from pipeline.readers.dump.prose import ending, leads_on, single_line
from pipeline.readers.dump.tables import parse_table

_DEPTH: Final = 6  # lists and quotes inside one another; what is deeper stays text
_ROW: Final = 4  # headings of three levels may follow one another
_RULE: Final = re.compile(r"([-*_=~—─])(?: ?\1){2,}")


@dataclass(frozen=True, slots=True)
class Body:
    """The chunks of a post, or of a quotation in it, and what they tell as a whole."""

    chunks: tuple[Chunk, ...]
    outline: Outline
    damaged: bool  # the source lost the indentation of the first lines of code
    cut: bool  # a read-more line ends it
    markers: Sequence[str]
    depth: int

    def chunk(self, index: int) -> Chunk | None:
        """Return a chunk, or None beyond the ends."""
        return self.chunks[index] if 0 <= index < len(self.chunks) else None


Found: TypeAlias = tuple[Blocks, int]
"""The blocks that a rule made, and the index of the first chunk that it left."""
BlockRule: TypeAlias = Callable[[Body, int], Found | None]


def parse_body(lines: Sequence[Line], markers: Sequence[str], depth: int = _DEPTH) -> Blocks:
    """Return the blocks that ``lines`` hold."""
    chunks = split_chunks(lines)
    body = Body(
        chunks,
        outline_of(chunks),
        damaged=any(code_like(chunk) and damaged(chunk) for chunk in chunks),
        cut=bool(chunks) and is_read_more(chunks[-1].text, markers),
        markers=markers,
        depth=depth,
    )
    blocks: list[Block] = []
    index = 0
    while index < len(chunks):
        found = next(found for rule in RULES if (found := rule(body, index)))
        blocks.extend(found[0])
        index = found[1]
    return tuple(blocks)


def _fenced(body: Body, index: int) -> Found | None:
    chunk = body.chunks[index]
    first, last = chunk.lines[0], chunk.lines[-1]
    opening = FENCE.fullmatch(first.text)
    if not opening or len(chunk.lines) == 1 or last.text.strip() != opening["fence"]:
        return None
    text = "\n".join(line.text for line in chunk.lines[1:-1])
    return (CodeBlock(text, first.span, opening["language"]),), index + 1


def _rule(body: Body, index: int) -> Found | None:
    chunk = body.chunks[index]
    text = chunk.text.strip()
    return ((Rule(chunk.span, text),), index + 1) if _RULE.fullmatch(text) else None


def _read_more(body: Body, index: int) -> Found | None:
    chunk = body.chunks[index]
    if index + 1 < len(body.chunks) or not is_read_more(chunk.text, body.markers):
        return None
    return (ReadMore(chunk.text.strip(), chunk.span),), index + 1


def _code(body: Body, index: int) -> Found | None:
    end = index
    while end < len(body.chunks) and code_like(body.chunks[end]):
        end += 1
    chunks = body.chunks[index:end]
    if not chunks or not (len(chunks) > 1 or len(chunks[0].lines) > 1 or line_of_code(chunks[0])):
        return None
    if body.damaged or all(map(single_line, chunks)):
        return tuple(_lines_of_code(chunk) for chunk in chunks), end
    return (CodeBlock(_listing(chunks), chunks[0].span),), end


def _lines_of_code(chunk: Chunk) -> Paragraph:
    content: list[Inline] = []
    for line in chunk.lines:
        if content:
            content.append(LineBreak(line.span))
        content.append(Code(line.text, line.span))
    return Paragraph(tuple(content), chunk.lines[0].span)


def _listing(chunks: Sequence[Chunk]) -> str:
    """Return the lines of chunks as they stood, the empty ones between them too."""
    text, after = "", chunks[0].lines[0].number
    for chunk in chunks:
        for line in chunk.lines:
            text += "\n" * (line.number - after) + line.text
            after = line.number
    return text


def _figure(body: Body, index: int) -> Found | None:
    chunk = body.chunks[index]
    if _doubled(body, index):
        return (_caption(chunk),), index + 2
    if _lone_caption(body, index):
        return (_caption(chunk),), index + 1
    return None


def _doubled(body: Body, index: int) -> bool:
    chunk, following = body.chunk(index), body.chunk(index + 1)
    return chunk is not None and following is not None and same_line(chunk, following)


def _caption(chunk: Chunk) -> Figure:
    return Figure(parse_inlines(stripped(chunk.lines)), chunk.span)


def _lone_caption(body: Body, index: int) -> bool:
    """Whether a line is a caption though it stands once: it looks like one, and like no heading where it stands."""
    chunk, before, after = body.chunks[index], body.chunk(index - 1), body.chunk(index + 1)
    candidate = candidate_of(chunk)
    if not candidate or candidate.kind or not after:
        return False
    if body.cut and index + 2 == len(body.chunks):
        announced = before is not None and (announces_picture(before) or leads_on(before))
        return announced or (looks_like_caption(chunk) and candidate.weight > body.outline.usual)
    heading = candidate_of(after)
    if not heading or looks_like_caption(after) or heading.weight >= candidate.weight or _doubled(body, index + 1):
        return False
    return looks_like_caption(chunk) and candidate.weight > 1.5 * body.outline.usual


def _quote(body: Body, index: int) -> Found | None:
    chunk = body.chunks[index]
    if not body.depth or not all(line.text.lstrip().startswith(">") for line in chunk.lines):
        return None
    inner = [line.strip().drop(1) for line in chunk.lines]
    return (Quote(parse_body(inner, (), body.depth - 1), chunk.span),), index + 1


def _table(body: Body, index: int) -> Found | None:
    table = parse_table(body.chunks[index])
    return ((table,), index + 1) if table else None


def _list(body: Body, index: int) -> Found | None:
    chunk = body.chunks[index]
    marker = marker_of(chunk.lines[0])
    if not marker:
        item = parse_unmarked(chunk, body.depth)
        return ((item,), index + 1) if item else None
    if marker.kind in body.outline.points:
        return None
    return parse_lists(chunk, body.depth), index + 1


def _equation(body: Body, index: int) -> Found | None:
    chunk = body.chunks[index]
    content = parse_inlines(stripped(chunk.lines))
    if len(content) == 1 and isinstance(content[0], Math) and content[0].display:
        return (Equation(content[0]),), index + 1
    return None


def _heading(body: Body, index: int) -> Found | None:
    chunk, before, after = body.chunks[index], body.chunk(index - 1), body.chunk(index + 1)
    candidate = candidate_of(chunk)
    if not candidate or not after:
        return None
    if not candidate.kind and (_in_a_row(body, index) or _equation(body, index + 1)):
        return None
    beside = (before is not None and ending(before.text) in ":：") or _displayed(body, index + 1)
    if candidate.weight > limit(candidate, body.outline, beside=beside):
        return None
    level = body.outline.levels.get((candidate.kind, candidate.depth), 1)
    return (Heading(level, parse_inlines(stripped(chunk.lines)), chunk.span),), index + 1


def _in_a_row(body: Body, index: int) -> bool:
    """Whether four such lines and more follow one another: then they enumerate something, and head nothing."""
    first = last = index
    while first > index - _ROW and _may_head(body, first - 1):
        first -= 1
    while last - first + 1 < _ROW and _may_head(body, last + 1):
        last += 1
    return last - first + 1 >= _ROW


def _may_head(body: Body, index: int) -> bool:
    chunk = body.chunk(index)
    return chunk is not None and plain_candidate(chunk) and not _doubled(body, index) and not _doubled(body, index - 1)


def _displayed(body: Body, index: int) -> bool:
    return _doubled(body, index) or code_like(body.chunks[index])


def _paragraph(body: Body, index: int) -> Found:
    chunk = body.chunks[index]
    return (Paragraph(parse_inlines(stripped(chunk.lines)), chunk.span),), index + 1


RULES: Final[tuple[BlockRule, ...]] = (
    _fenced,
    _rule,
    _read_more,
    _code,
    _figure,
    _quote,
    _table,
    _list,
    _equation,
    _heading,
    _paragraph,
)
"""In this order: what is certain from its form comes before what is concluded from its surroundings."""
