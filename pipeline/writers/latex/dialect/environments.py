r"""Steps from MathJax's TeX to LaTeX's that concern environments: their names, columns and rows."""

from __future__ import annotations

from typing import Final

from pipeline.tex.environments import Argument, environment_of
from pipeline.tex.lengths import tex_length
from pipeline.tex.tokens import Written, join, read_argument, read_brackets, rewritten, skip_blanks

_TAKEN: Final = frozenset({Argument.DROPPED, Argument.BEFORE})
"""Arguments that the inner form of an environment does not take."""


def inner_environments(tokens: list[str]) -> list[str]:
    """Put in the place of display environments those that may stand inside a display."""
    return rewritten(tokens, _inner_environment)


def _inner_environment(tokens: list[str], position: int) -> Written | None:
    piece = tokens[position]
    if piece not in ("\\begin", "\\end"):
        return None
    name, end = read_argument(tokens, position + 1)
    known = environment_of("".join(name))
    if known is None:
        return None
    argument: list[str] = []
    if piece == "\\begin" and known.argument in _TAKEN:
        argument, end = read_argument(tokens, end)
    before = argument if known.argument is Argument.BEFORE else []
    return [*before, *([piece, "{", *known.inner, "}"] if known.inner else [])], end


_PLAIN: Final = {
    **{f"\\{name}": name for name in ("matrix", "pmatrix", "cases")},
    "\\array": "matrix",
    "\\displaylines": "gathered",
    **dict.fromkeys(("\\eqalign", "\\eqalignno", "\\leqalignno"), "aligned"),
}
"""Plain TeX's commands for what has rows, and the environments that amsmath wants instead."""


def plain_tables(tokens: list[str]) -> list[str]:
    r"""Write ``\matrix{a & b \cr c & d}`` and its kin as environments."""
    return rewritten(tokens, _plain_table)


def _plain_table(tokens: list[str], position: int) -> Written | None:
    name = _PLAIN.get(tokens[position])
    if name is None:
        return None
    content, end = read_argument(tokens, position + 1)
    return ["\\begin", "{", *name, "}", *plain_tables(content), "\\end", "{", *name, "}"], end


_MOST_WRITTEN: Final = 200  # tokens
_RULES: Final = {":": "|", "\\hdashline": "\\hline"}


def arrays(tokens: list[str]) -> list[str]:
    r"""Give every ``array`` as many columns as its rows have, and solid rules for dashed ones."""
    return rewritten(tokens, _array)


def _array(tokens: list[str], position: int) -> Written | None:
    if tokens[position] == "\\hdashline":
        return ["\\hline"], position + 1
    if tokens[position] != "\\begin":
        return None
    name, after = read_argument(tokens, position + 1)
    if name != list("array"):
        return None
    _, start = read_brackets(tokens, after)
    columns, end = read_argument(tokens, start)
    ruled = [_RULES.get(column, column) for column in _written_out(columns)]
    missing = _columns_used(tokens, end) - sum(column in ("c", "l", "r") for column in ruled)
    return [*tokens[position:start], "{", *ruled, *["c"] * missing, "}"], end


def _written_out(columns: list[str]) -> list[str]:
    """Write out ``*{3}{c}``, at most so far that TeX is not busy with it: rows bring the columns that they need."""
    result: list[str] = []
    position = 0
    while position < len(columns):
        if columns[position] != "*":
            result.append(columns[position])
            position += 1
            continue
        digits, position = read_argument(columns, position + 1)
        repeated, position = read_argument(columns, position)
        repeated = _written_out(repeated)
        most = max(_MOST_WRITTEN - len(result), 0) // max(len(repeated), 1)
        times = join(digits)[:9]
        result += repeated * min(int(times) if times.isdecimal() else 1, most)
    return result


def _columns_used(tokens: list[str], position: int) -> int:
    """Return how many columns the longest row has of the array whose body begins at ``position``."""
    depth = 0
    most = used = 1
    for index in range(position, len(tokens)):
        piece = tokens[index]
        if depth == 0 and piece == "\\end":
            break
        depth += (piece in ("{", "\\begin")) - (piece in ("}", "\\end"))
        if depth == 0 and piece in ("&", "\\\\"):
            used = used + 1 if piece == "&" else 1
            most = max(most, used)
    return most


def row_option(tokens: list[str], position: int) -> tuple[str, int]:
    r"""Read the length in brackets after ``\\``, if it is one; return it with its brackets, and where it ends."""
    starred = tokens[position : position + 1] == ["*"]
    option, end = read_brackets(tokens, position + starred)
    length = tex_length(join(option or ()))
    return (f"[{length}]", end) if length else ("", position + starred)


_ROWS_ALONE: Final = frozenset({"aligned", "alignedat", "gathered"})
"""Where an empty row means nothing: in a matrix it is an entry that is left out."""


def empty_rows(tokens: list[str]) -> list[str]:
    r"""Leave out the first of two ``\\`` with nothing between them; the space that is asked for is the second's."""
    if "\\\\" not in tokens:
        return tokens
    result: list[str] = []
    around = [""]
    for position, piece in enumerate(tokens):
        if piece in ("\\begin", "{"):
            around.append("".join(read_argument(tokens, position + 1)[0]) if piece == "\\begin" else "")
        elif piece in ("\\end", "}"):
            around = around[:-1] or [""]
        after = skip_blanks(tokens, position + 1)
        if piece != "\\\\" or around[-1] not in _ROWS_ALONE or tokens[after : after + 1] != [piece]:
            result.append(piece)
    return result


def row_ends(tokens: list[str]) -> list[str]:
    r"""Keep ``[`` and ``*`` after ``\\`` from being read as options where they begin the next row."""
    return rewritten(tokens, _row_end)


def _row_end(tokens: list[str], position: int) -> Written | None:
    if tokens[position] != "\\\\":
        return None
    option, end = row_option(tokens, position + 1)
    after = skip_blanks(tokens, end)
    guard = "\\relax " if tokens[after : after + 1] in (["["], ["*"]) else ""
    return [piece for piece in ("\\\\", option or guard) if piece], end
