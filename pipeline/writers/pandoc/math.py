r"""Formulas for pandoc, whose texmath reads TeX but neither counts nor refers.

Numbers are written into the row that has them, references as their numbers, and a display is one environment that may
stand inside it, which is what Word, LibreOffice and typst can hold.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from pipeline.document import Math
from pipeline.tex.environments import BY_ROW, unstarred
from pipeline.tex.references import with_references
from pipeline.tex.tokens import Written, join, places_at_top, read_argument, rewritten, tokenize, with_last_space
from pipeline.writers.latex.dialect.environments import arrays, inner_environments, row_option
from pipeline.writers.latex.dialect.signs import SIZES
from pipeline.writers.latex.dialect.steps import without_comments, without_numbers

Tokens: TypeAlias = list[str]

_SHIFTS: Final = frozenset({"\\uproot", "\\leftroot"})
_UPRIGHT: Final = (["\\text"], ["\\mathrm"], ["\\textrm"], ["\\mbox"])


def formula_to_pandoc(math: Math) -> str:
    """Return the TeX of a formula as pandoc can read it; the formula must have been expanded."""
    tokens = without_comments(tokenize((math.expanded or "").strip()))
    tokens = with_references(tokens, math.references, lambda reference: ["\\text", "{", *reference.printed, "}"])
    numbers = {number.row: number.printed for number in math.numbers}
    if numbers:
        tokens = _numbered(tokens, numbers, by_row=_environment(tokens) in BY_ROW)
    tokens = arrays(inner_environments(without_numbers(tokens)))
    return with_last_space(join(_in_rows(_operators(_without_sizes(tokens)))).strip())


def _without_sizes(tokens: Tokens) -> Tokens:
    r"""Drop ``\small`` and its like, and the shifts of a root's index, which no format of pandoc's has."""
    return rewritten(tokens, _without_size)


def _without_size(tokens: Tokens, position: int) -> Written | None:
    if tokens[position] in _SHIFTS:
        return [], read_argument(tokens, position + 1)[1]
    return ([], position + 1) if tokens[position] in SIZES else None


def _operators(tokens: Tokens) -> Tokens:
    r"""Make ``\mathop{\text{argtop}}`` the name of an operator, which texmath otherwise gives typst as a variable."""
    return rewritten(tokens, _operator)


def _operator(tokens: Tokens, position: int) -> Written | None:
    if tokens[position] != "\\mathop":
        return None
    content, end = read_argument(tokens, position + 1)
    word, after = read_argument(content, 1) if content[:1] in _UPRIGHT else ([], -1)
    named = after == len(content) and "".join(word).isalpha()
    return (["\\operatorname*", "{", *word, "}"], end) if named else None


def _in_rows(tokens: Tokens) -> Tokens:
    r"""Put several rows without an environment, which MathJax accepts, into one."""
    if not places_at_top(tokens, ("\\\\",)):
        return tokens
    wrapper = "aligned" if "&" in tokens else "gathered"
    return [f"\\begin{{{wrapper}}}", *tokens, f"\\end{{{wrapper}}}"]


def _environment(tokens: Tokens) -> str:
    """Return the name, without its star, of the environment that a formula begins with."""
    name, _ = read_argument(tokens, 1) if tokens[:1] == ["\\begin"] else ([], 0)
    return unstarred("".join(name))


def _numbered(tokens: Tokens, numbers: dict[int, str], *, by_row: bool) -> Tokens:
    r"""Put each number at the end of its row; a formula that is not numbered by rows has it at its own end."""
    if not by_row:
        end = _before_closing(tokens) if _environment(tokens) == "equation" else len(tokens)
        return [*tokens[:end], *_number(numbers[min(numbers)]), *tokens[end:]]
    result: Tokens = []
    row, depth, position = 0, -1, 0  # the outer environment opens level 0
    end = _before_closing(tokens)
    while position < end:
        piece = tokens[position]
        depth += (piece in ("{", "\\begin")) - (piece in ("}", "\\end"))
        if piece in ("\\\\", "\\cr") and depth == 0:
            result += _number(numbers.get(row))
            option, after = row_option(tokens, position + 1)
            result += [*tokens[position : position + 1], option]
            position, row = after, row + 1
            continue
        result.append(piece)
        position += 1
    return [piece for piece in (*result, *_number(numbers.get(row)), *tokens[end:]) if piece]


def _before_closing(tokens: Tokens) -> int:
    r"""Return the index of the last ``\end``."""
    return max((index for index, piece in enumerate(tokens) if piece == "\\end"), default=len(tokens))


def _number(number: str | None) -> Tokens:
    return ["\\qquad", " ", "\\text", "{", *number, "}"] if number else []
