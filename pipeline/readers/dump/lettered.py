"""Points with letters in brackets: "(a) …", "(b) …". One alone may be anything, so the next one has to follow it."""

from __future__ import annotations

import re
from string import ascii_lowercase, ascii_uppercase
from typing import Final

from pipeline.document import ListItem
from pipeline.readers.dump.body import Body, Found
from pipeline.readers.dump.lines import Chunk
from pipeline.readers.dump.lists import make_list, make_point, rows_inside_formulas

_MARKER: Final = re.compile(r"[ \t\u3000]*(?P<text>[(（](?P<letter>[A-Za-z]|[ivx]{2,4})[)）])(?=[ \t]*\S)")
_ROMAN: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_SERIES: Final = (tuple(ascii_lowercase), tuple(ascii_uppercase), _ROMAN)
_FEWEST: Final = 2  # points


def lettered(body: Body, index: int) -> Found | None:
    """Take lines that begin with one letter after the other for points, those of the chunks below them included."""
    first = _MARKER.match(body.chunks[index].text)
    series = next((letters for letters in _SERIES if first and letters[0] == first["letter"]), ())
    items: list[ListItem] = []
    while series and (chunk := body.chunk(index)) and not body.code[index]:
        points = _points(chunk, series[len(items) :], body.depth)
        if not points:
            break
        items += points
        index += 1
    return ((make_list(tuple(items)),), index) if len(items) >= _FEWEST else None


def _points(chunk: Chunk, letters: tuple[str, ...], depth: int) -> list[ListItem]:
    """Return the points of a chunk that begins with the first of ``letters``; none where it does not."""
    inside = rows_inside_formulas(chunk)
    found: list[tuple[int, re.Match[str]]] = []
    for row, line in enumerate(chunk.lines):
        match = _MARKER.match(line.text) if row not in inside else None
        if match and match["letter"] in letters[len(found) : len(found) + 1]:
            found.append((row, match))
        elif not row:
            return []
    ends = (*(row for row, _match in found[1:]), len(chunk.lines))
    return [
        make_point(match["text"], match.end(), chunk.lines[row:end], depth)
        for (row, match), end in zip(found, ends, strict=True)
    ]
