"""The body of a post to blocks: each chunk of lines is tried by every rule in turn, and what no rule wants is prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pipeline.document import Block, Blocks, Equation, Paragraph, Quote, ReadMore, Rule
from pipeline.readers.dump.body import BlockRule, Body, Context, Found, make_body
from pipeline.readers.dump.equations import displayed_formula
from pipeline.readers.dump.figures import figure, picture
from pipeline.readers.dump.headings import hashed_heading, heading
from pipeline.readers.dump.inlines import parse_inlines
from pipeline.readers.dump.lettered import lettered
from pipeline.readers.dump.lines import Chunk, Line, stripped
from pipeline.readers.dump.listings import button, fenced, labelled, listing
from pipeline.readers.dump.lists import INDENTED, continues, make_list, marker_of, parse_lists, parse_unmarked
from pipeline.readers.dump.tables import drawn_with_pipes, parse_table

_DEPTH: Final = 6  # lists and quotations inside one another; what is deeper stays text
_RULE: Final = re.compile(r"([-*_=~—─])(?: ?\1){2,}")


def parse_body(lines: Sequence[Line], context: Context, depth: int = _DEPTH) -> Blocks:
    """Return the blocks that ``lines`` hold; ``depth`` limits what may stand inside one another."""
    body = make_body(lines, context, depth)
    blocks: list[Block] = []
    index = 0
    while index < len(body.chunks):
        made, index = next(found for rule in RULES if (found := rule(body, index)))
        blocks.extend(made)
    return tuple(blocks)


def _rule(body: Body, index: int) -> Found | None:
    chunk = body.chunks[index]
    text = chunk.text.strip()
    return ((Rule(chunk.span, text),), index + 1) if _RULE.fullmatch(text) else None


def _read_more(body: Body, index: int) -> Found | None:
    chunk = body.chunks[index]
    return ((ReadMore(chunk.text.strip(), chunk.span),), index + 1) if index == body.cut else None


def _quote(body: Body, index: int) -> Found | None:
    chunk = body.chunks[index]
    if not body.depth or not all(line.text.lstrip().startswith(">") for line in chunk.lines):
        return None
    inner = [line.strip().drop(1) for line in chunk.lines]
    return (Quote(parse_body(inner, body.context, body.depth - 1), chunk.span),), index + 1


def _table(body: Body, index: int) -> Found | None:
    """Take an aligned table. One drawn with pipes stays text here, and ``with_pipe_tables`` makes a table of it."""
    chunk = body.chunks[index]
    if drawn_with_pipes(chunk):
        return _paragraph(body, index)
    table = parse_table(chunk)
    return ((table,), index + 1) if table else None


def _list(body: Body, index: int) -> Found | None:
    """Take chunks that begin with list markers, and the indented ones after them as parts of the point above."""
    chunk = body.chunks[index]
    if not marker_of(chunk.lines[0]):
        unmarked = parse_unmarked(chunk, body.depth)
        return ((unmarked,), index + 1) if unmarked else None
    if index in body.outline.points:
        return None
    runs = [list(points.items) for points in parse_lists(chunk, body.depth)]
    index += 1
    while following := body.chunk(index):
        if index not in body.outline.points and continues(chunk, following):
            chunk = following
            first, *others = parse_lists(chunk, body.depth)
            runs[-1].extend(first.items)
            runs += [list(points.items) for points in others]
            index += 1
        elif body.depth and (end := _end_of_point(body, index, chunk)) > index:
            blocks = parse_body(_dedented(body.chunks[index:end]), body.context, body.depth - 1)
            runs[-1][-1] = replace(runs[-1][-1], blocks=runs[-1][-1].blocks + blocks)
            index = end
        else:
            break
    return tuple(make_list(tuple(items)) for items in runs), index


def _end_of_point(body: Body, index: int, point: Chunk) -> int:
    """Return the index after the chunks from ``index`` on that are indented below a point, and no code."""
    least = point.lines[0].indent + INDENTED
    while index < len(body.chunks) and not body.code[index]:
        if min(line.indent for line in body.chunks[index].lines) < least:
            break
        index += 1
    return index


def _dedented(chunks: Sequence[Chunk]) -> list[Line]:
    """Return the lines of chunks without their common indentation, each chunk with an empty line after it."""
    lines = [line for chunk in chunks for line in (*chunk.lines, chunk.lines[-1].drop(len(chunk.lines[-1].text)))]
    common = min(len(line.text) - len(line.text.lstrip()) for line in lines if not line.blank)
    return [line.drop(common) for line in lines]


def _equation(body: Body, index: int) -> Found | None:
    math = displayed_formula(body.chunks[index])
    return ((Equation(math),), index + 1) if math else None


def _paragraph(body: Body, index: int) -> Found:
    chunk = body.chunks[index]
    return (Paragraph(parse_inlines(stripped(chunk.lines)), chunk.span),), index + 1


RULES: Final[tuple[BlockRule, ...]] = (
    fenced,
    _rule,
    _read_more,
    hashed_heading,
    button,
    labelled,
    listing,
    picture,
    figure,
    _quote,
    _table,
    _list,
    lettered,
    _equation,
    heading,
    _paragraph,
)
"""In this order: what is certain from its form comes before what is concluded from its surroundings."""
