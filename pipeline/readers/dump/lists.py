"""Numbered and bulleted points, each with the marker that the source wrote before it.

A point begins a chunk, as in the original Markdown: a line inside a paragraph that looks like a point is not one.
Points inside a point are told by their indentation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.document import Blocks, BulletList, ListItem, OrderedList, Paragraph
from pipeline.readers.dump.chunks import FENCE
from pipeline.readers.dump.inlines import parse_inlines
from pipeline.readers.dump.lines import Chunk, Line, stripped
from pipeline.readers.dump.numerals import number_of
from pipeline.readers.dump.prose import ending
from pipeline.tex.delimiters import find_formulas

_HAN: Final = r"[\u3040-\u30ff\u3400-\u9fff]"
_JOINT: Final = r"(?:[-+−－–—×*/=±~～、,，和与與及或至到]|and|or|to)"
_NAMES: Final = rf"(?:{_JOINT}|[ \t]+{_JOINT}[ \t])[ \t]*(?:[0-9]+[-+−－])?[(（]?[0-9]{{1,3}}[)）]|式(?![子样樣])"
"""How the text goes on behind a number in brackets that names an equation: (1)+(2), (1)-2(3), (1)和(2), (1)式.

A sign with a blank before it alone is that of a number in a point: (1) -(2).
"""
_SIGNS: Final = "-*+•·●○■□◆◇▪‣"
BULLETS: Final = frozenset({"", *_SIGNS, "・"})
_MARKERS: Final = re.compile(
    rf"""(?P<blank>[ \t\u3000]*)(?P<marker>
      (?P<comma>[0-9]{{1,3}})、(?![0-9]+[、,和])
    | (?P<point>[0-9]{{1,3}})[.．](?=\s|{_HAN}|[A-Z](?![.0-9]))
    | (?P<decimal>[0-9]{{1,3}}(?:\.[0-9]{{1,3}})+)(?:[)）]|、)
    | (?:(?P<half>[0-9]{{1,3}})|[(（](?P<brackets>[0-9]{{1,3}}))[)）](?!{_NAMES})
    | (?P<circled>[\u2460-\u2473])
    | \[\^?(?P<note>[0-9]{{1,3}})\]:?(?=[ \t])
    | (?P<bullet>[{_SIGNS}](?=[ \t])|[•●・](?={_HAN}))
    )""",
    re.VERBOSE,
)

_KINDS: Final = ("comma", "point", "decimal", "half", "brackets", "circled", "note", "bullet")
_BULLET: Final = re.compile(rf"\s*(?:[{_SIGNS}]\s+|[•●・])")
_LABELLED: Final = re.compile(r"(?P<word>[^\W\d_]{1,12}) ?(?P<number>[0-9]{0,2})[:：]")
_CAN_SPAN: Final = re.compile(r"\$\$|\\begin|\\\[|\$[^$\n]*\n")  # what a formula of several lines has
_INTRODUCES: Final = frozenset(":：,，")
INDENTED: Final = 2  # columns by which a line belongs to the point above it


@dataclass(frozen=True, slots=True)
class Marker:
    """What stands before a point. Points of one list have one ``kind``; a bullet has no ``number``."""

    kind: str
    text: str
    number: int | None
    length: int  # in characters, the white space before it included

    def continued_by(self, other: Marker) -> bool:
        """Whether ``other`` may mark the next point of the same list."""
        if self.number is None or other.number is None:
            return self.kind == other.kind and self.text == other.text
        return self.kind == other.kind and other.number > self.number


def marker_of(line: Line) -> Marker | None:
    """Return the marker that ``line`` begins with, or None."""
    match = _MARKERS.match(line.text)
    if not match or not line.text[match.end() :].strip():
        return None
    kind = next(name for name in _KINDS if match[name])
    number = None if kind == "bullet" else number_of(match[kind].rpartition(".")[2])
    return Marker(kind, match["marker"], number, match.end())


def marked_rows(chunk: Chunk) -> list[list[tuple[int, Marker]]]:
    """Return the rows of ``chunk`` where its outermost points begin, with their markers, those of each list together.

    Nothing when it begins with no marker. A bullet below a number is a point inside that point.
    """
    marker = marker_of(chunk.lines[0])
    if not marker:
        return []
    inside, indent = rows_inside_formulas(chunk), chunk.lines[0].indent
    lists = [[(0, marker)]]
    for row, line in enumerate(chunk.lines[1:], 1):
        new = marker_of(line) if row not in inside and line.indent <= indent else None
        if not new or (new.kind == "bullet" and marker.kind != "bullet"):
            continue
        if marker.continued_by(new):
            lists[-1].append((row, new))
        else:
            lists.append([(row, new)])
        marker = new
    return lists


def continues(chunk: Chunk, other: Chunk) -> bool:
    """Whether ``other`` begins with the next point of the list that ends in ``chunk``."""
    (_row, last), new = marked_rows(chunk)[-1][-1], marker_of(other.lines[0])
    if not new or not last.continued_by(new):
        return False
    return other.lines[0].indent <= chunk.lines[0].indent + 1


def rows_inside_formulas(chunk: Chunk) -> frozenset[int]:
    """Return the rows whose line begins inside a formula."""
    rows: set[int] = set()
    for formula in find_formulas(chunk.text) if len(chunk.lines) > 1 and _CAN_SPAN.search(chunk.text) else ():
        first = chunk.row(formula.start)
        rows.update(range(first + 1, chunk.row(formula.end - 1) + 1))
    return frozenset(rows)


def parse_lists(chunk: Chunk, depth: int) -> tuple[BulletList | OrderedList, ...]:
    """Return a chunk that begins with a marker as lists, those inside points to a ``depth``."""
    lists = marked_rows(chunk)
    ends = iter((*(row for rows in lists for row, _marker in rows), len(chunk.lines)))
    next(ends)
    return tuple(
        make_list(tuple(make_point(mark.text, mark.length, chunk.lines[row : next(ends)], depth) for row, mark in rows))
        for rows in lists
    )


def part_points(chunks: Sequence[Chunk]) -> tuple[Chunk, ...]:
    """Return ``chunks`` with each cut in two that goes on with a point and holds the next one below it.

    What goes on with a point is indented below it, and no empty line need stand between that and the next point.
    """
    parts: list[Chunk] = []
    point: Chunk | None = None
    for chunk in chunks:
        row = _next_point(chunk, point) if point else None
        for part in (chunk,) if row is None else (Chunk(chunk.lines[:row]), Chunk(chunk.lines[row:])):
            parts.append(part)
            if marker_of(part.lines[0]):
                point = part
            elif not point or min(line.indent for line in part.lines) < point.lines[0].indent + INDENTED:
                point = None
    return tuple(parts)


def _next_point(chunk: Chunk, point: Chunk) -> int | None:
    """Return the row of the point after ``point`` in a chunk whose lines above that are indented below it."""
    least = point.lines[0].indent + INDENTED
    row = next((row for row, line in enumerate(chunk.lines) if line.indent < least), 0)
    if not row or FENCE.fullmatch(chunk.lines[0].text) or row in rows_inside_formulas(chunk):
        return None
    return row if continues(point, Chunk(chunk.lines[row:])) else None


def parse_unmarked(chunk: Chunk, depth: int) -> BulletList | OrderedList | None:
    """Return a chunk as a point that lost its bullet, when what stands under its first line tells so; else None.

    Some programs drop the bullet that begins a chunk. Either all other lines are indented, points among them, or the
    points below have the form "label: text" that the first line has, which then is no introduction to them. Where one
    label has a number, so has the other, and their words are the same.
    """
    first, *others = chunk.lines
    if not depth or first.indent or not any(map(_is_bullet, others)):
        return None
    inside = rows_inside_formulas(chunk)
    outside = [line for row, line in enumerate(others, 1) if row not in inside]
    outer = [line for line in outside if line.indent < INDENTED]
    if not any(map(_is_bullet, outside)) or not all(map(_is_bullet, outer)):
        return None  # what looked like bullets were signs in a formula, or lines of text stand between them
    if outer and (not _labelled_alike(first.text, outer[0].text) or ending(first.text) in _INTRODUCES):
        return None
    return make_list((make_point("", 0, chunk.lines, depth),))


def _labelled_alike(text: str, point: str) -> bool:
    first, second = _LABELLED.match(text), _LABELLED.match(_BULLET.sub("", point))
    if not first or not second:
        return False
    if first["number"] or second["number"]:
        return bool(first["number"] and second["number"]) and first["word"] == second["word"]
    return True


def _is_bullet(line: Line) -> bool:
    marker = marker_of(line)
    return marker is not None and marker.kind == "bullet"


def make_point(marker: str, length: int, lines: tuple[Line, ...], depth: int) -> ListItem:
    """Return a point from its lines, whose first begins with ``length`` characters that are the marker and blanks."""
    rest = (lines[0].drop(length), *lines[1:])
    inner = _first_inner(Chunk(rest), lines[0].indent) if depth else len(rest)
    text = stripped(rest[:inner])
    blocks: Blocks = (Paragraph(parse_inlines(text), text.span),)
    if inner < len(rest):
        blocks += parse_lists(Chunk(rest[inner:]), depth - 1)
    return ListItem(marker, blocks, lines[0].strip().span)


def _first_inner(rest: Chunk, indent: int) -> int:
    """Return the row of the first line that is a point inside the point; the number of rows when there is none."""
    inside = rows_inside_formulas(rest)
    for row, line in enumerate(rest.lines[1:], 1):
        marker = marker_of(line) if row not in inside else None
        if marker and (line.indent > indent or marker.kind == "bullet"):
            return row
    return len(rest.lines)


def make_list(items: tuple[ListItem, ...]) -> BulletList | OrderedList:
    """Return ``items`` as a list: of bullets when the first one has a bullet, or none, before it."""
    if items[0].marker in BULLETS:
        return BulletList(items, items[0].span)
    return OrderedList(items, items[0].span)
