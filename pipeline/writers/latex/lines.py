r"""Rows of a display in lines, where they are wider than the page: what may begin one, in commands of book.tex.j2."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

from pipeline.tex.alphabets import FONT_SWITCHES
from pipeline.tex.breaks import Break, breaks
from pipeline.tex.tokens import group_end, is_blank, join, places_at_top, read_argument, skip_blanks, tokenize
from pipeline.writers.latex.dialect.environments import row_option

_COMMANDS: Final = {Break.RELATION: "\\relbreak", Break.SUM: "\\sumbreak"}
_MOST_OPENED: Final = 4  # places; each has what stands in the brackets once more, unseen
_END: Final = ["\\end", *"{aligned}"]
_REST_OF_GROUP: Final = r"""
    \begingroup \color \displaystyle \textstyle \scriptstyle \scriptscriptstyle
    \over \atop \above \choose \brace \brack \overwithdelims \atopwithdelims \abovewithdelims
"""
_SWITCHES: Final = FONT_SWITCHES.keys() | set(_REST_OF_GROUP.split())
"""Commands for all of the group that they stand in: its lines are left to TeX."""
_MARKED: Final = re.compile(r"(\\formulabegins\{\d+\})?(.*?)(\\formulaends )?", re.DOTALL)


_Row: TypeAlias = tuple[list[str], list[str], str]
"""What stands on both sides of the place where a row is aligned, and what ends it."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What stands left of the places where rows are aligned, a row for each, and the rows as TeX."""

    left: str
    tex: str


def broken(tex: str) -> str:
    """Return a row whose lines begin with a relation or a sum's sign; what is left of the first relation is marked."""
    tokens = tokenize(tex)
    first = _first_relation(tokens)
    left = rf"\leftside{{{join(tokens[:first])}}}" if first else ""
    return left + join(_breaking(tokens[first:]))


def in_lines(tex: str) -> Rows | None:
    """Return a formula as aligned rows, each of which may go on in lines; None if its rows are others."""
    marked = _MARKED.fullmatch(tex)
    begin, body, end = marked.groups("") if marked else ("", tex, "")
    rows = _aligned(tokenize(body.strip()))
    if not rows or any(places_at_top(part, _SWITCHES) for side, other, _ in rows for part in (side, other)):
        return None
    left = r"\\".join(f"{join(side)}&" for side, _, _ in rows)
    lines = (rf"{join(side)}&\rowlines{{{join(_opened(_breaking(other)))}}}{after}" for side, other, after in rows)
    return Rows(left, f"{begin}{''.join(lines)}{end}")


def _line_starts(tokens: list[str]) -> dict[int, Break]:
    return {} if places_at_top(tokens, _SWITCHES) else dict(breaks(tokens))


def _first_relation(tokens: list[str]) -> int:
    return next((place for place, kind in _line_starts(tokens).items() if kind is Break.RELATION), 0)


def _breaking(tokens: list[str]) -> list[str]:
    found = _line_starts(tokens)
    pieces = ((_COMMANDS[found[place]], piece) if place in found else (piece,) for place, piece in enumerate(tokens))
    return [part for parts in pieces for part in parts]


def _aligned(tokens: list[str]) -> list[_Row]:
    """Return the rows of an ``aligned``, or a formula by itself as one that is aligned at its first relation."""
    if tokens[:1] != ["\\begin"]:
        first = _first_relation(tokens)
        return [(tokens[:first], tokens[first:], "")]
    name, start = read_argument(tokens, 1)
    body = tokens[start : -len(_END)]
    if tokens[-len(_END) :] != _END or "".join(name) != "aligned" or closes_early(body, "aligned"):
        return []
    rows = split_rows(body)
    *rows, (last, _) = rows[:-1] if len(rows) > 1 and all(map(is_blank, rows[-1][0])) else rows
    divided = [(places_at_top(row, ("&",)), row, end) for row, end in (*rows, (last, ""))]
    if any(len(places) != 1 for places, _, _ in divided):
        return []
    return [(row[:place], row[place + 1 :], end) for (place,), row, end in divided]


def _opened(tokens: list[str]) -> list[str]:
    r"""Let lines begin with a sum's sign in brackets of ``\left`` and ``\right``, which TeX never divides."""
    result: list[str] = []
    end = 0
    for start in places_at_top(tokens, ("\\left",)):
        if start < end:
            continue
        result += tokens[end:start]
        end = _closing(tokens, start)
        result += _divided(tokens[start:end])
    return result + tokens[end:]


def _closing(tokens: list[str], start: int) -> int:
    """Return where the bracket that begins at ``start`` has ended."""
    depth = 0
    for place in range(start, len(tokens)):
        depth += (tokens[place] == "\\left") - (tokens[place] == "\\right")
        if depth == 0:
            return skip_blanks(tokens, place + 1) + 1
    return len(tokens)


def _divided(group: list[str]) -> list[str]:
    """Return a pair of brackets with what it holds, closed before each sign and opened behind it, as high as before."""
    first = skip_blanks(group, 1) + 1
    last = max(place for place, piece in enumerate(group) if piece == "\\right") if "\\right" in group else 0
    content = _bare(group[first:last])
    places = [place for place, kind in _line_starts(content).items() if kind is Break.SUM]
    if not 0 < len(places) <= _MOST_OPENED or "\\middle" in content:
        return group
    high = ["\\vphantom", "{", *content, "}"]
    result = group[:first]
    for start, end in pairwise((0, *places, len(content))):
        if start:
            result += [*high, "\\right", ".", "\\innerbreak", content[start], "\\left", ".", *high]
        result += content[start + bool(start) : end]
    return result + group[last:]


def _bare(tokens: list[str]) -> list[str]:
    """Return what stands in braces, if they are around all of it."""
    solid = [piece for piece in tokens if not is_blank(piece)]
    whole = solid[:1] == ["{"] and group_end(solid, 0) == len(solid)
    return tokens[tokens.index("{") + 1 : len(tokens) - tokens[::-1].index("}") - 1] if whole else tokens


def closes_early(tokens: list[str], name: str) -> bool:
    """Whether the environment ends before its last row, so that the formula is more than one environment."""
    depth = 0
    for index, piece in enumerate(tokens):
        if piece in ("\\begin", "\\end"):
            found, _ = read_argument(tokens, index + 1)
            if "".join(found) == name:
                depth += 1 if piece == "\\begin" else -1
                if depth < 0:
                    return True
    return False


def split_rows(tokens: list[str]) -> list[tuple[list[str], str]]:
    r"""Divide a body at the ``\\`` and ``\cr`` outside of braces and environments; a row's end keeps its option."""
    rows: list[tuple[list[str], str]] = []
    row: list[str] = []
    depth = position = 0
    while position < len(tokens):
        piece = tokens[position]
        position += 1
        depth += (piece in ("{", "\\begin")) - (piece in ("}", "\\end"))
        if piece in ("\\\\", "\\cr") and depth == 0:
            option, position = row_option(tokens, position)
            rows.append((row, rf"\\{option}"))
            row = []
        else:
            row.append(piece)
    return [*rows, (row, r"\\")]
