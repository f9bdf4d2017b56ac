r"""Steps from MathJax's TeX to LaTeX's that look at one command or character at a time."""

from __future__ import annotations

import re
from typing import Final

from pipeline.tex.arguments import command_end
from pipeline.tex.colours import on_paper
from pipeline.tex.text_symbols import ACCENTS
from pipeline.tex.tokens import (
    Rule,
    Written,
    prose_of,
    read_argument,
    read_brackets,
    rewritten,
    skip_blanks,
    tokenize,
    verbatim_end,
)
from pipeline.writers.latex.dialect.groups import is_script, is_written
from pipeline.writers.latex.text import escape


def without_comments(tokens: list[str]) -> list[str]:
    """Drop comments; every run of white space becomes one space, so that no empty line ends the formula."""
    return [" " if piece.isspace() else piece for piece in tokens if piece[:1] != "%"]


def without_numbers(tokens: list[str]) -> list[str]:
    r"""Drop ``\label``, ``\tag``, ``\notag`` and ``\nonumber``: the writer sets the numbers itself."""
    return rewritten(tokens, _without_number)


def _without_number(tokens: list[str], position: int) -> Written | None:
    """Drop a command together with its star and its argument, if it takes one."""
    piece, after = tokens[position], position + 1
    if piece in ("\\notag", "\\nonumber"):
        return [], after
    if piece not in ("\\label", "\\tag"):
        return None
    starred = tokens[after : after + 1] == ["*"]
    return [], read_argument(tokens, after + starred)[1]


NOTATIONS: Final = {
    **dict.fromkeys(("box", "roundedbox", "circle"), ("\\boxed{", "}")),
    **dict.fromkeys(("updiagonalstrike", "verticalstrike"), ("\\cancel{", "}")),
    "downdiagonalstrike": ("\\bcancel{", "}"),
    "horizontalstrike": ("\\sout{", "}"),
    "left": ("\\left|", "\\right."),
    "right": ("\\left.", "\\right|"),
    "top": ("\\overline{", "}"),
    **dict.fromkeys(("bottom", "phasorangle"), ("\\underline{", "}")),
    "actuarial": ("\\left.\\overline{", "}\\right|"),
    "madruwb": ("\\left.\\underline{", "}\\right|"),
    **dict.fromkeys(("longdiv", "radical"), ("\\left|\\overline{", "}\\right.")),
}
"""What stands on paper before and after what a notation of ``\\enclose`` is for; others print nothing themselves."""


def without_web(tokens: list[str]) -> list[str]:
    r"""Print ``\enclose`` and ``\bbox`` with what LaTeX has, ``\verb`` as text, ``\unicode`` as its character."""
    return rewritten(tokens, _without_web)


def _without_web(tokens: list[str], position: int) -> Written | None:
    rule = _OF_THE_WEB.get(tokens[position])
    return rule(tokens, position + 1) if rule else None


def _bbox(tokens: list[str], position: int) -> Written:
    style, position = read_brackets(tokens, position)
    content, end = read_argument(tokens, position)
    return _enclosed(content, "box" if "border" in "".join(style or ()) else ""), end


def _enclose(tokens: list[str], position: int) -> Written:
    notations, position = read_argument(tokens, position)
    _, position = read_brackets(tokens, position)
    content, end = read_argument(tokens, position)
    return _enclosed(content, "".join(notations)), end


def _verb(tokens: list[str], position: int) -> Written:
    start = skip_blanks(tokens, position)
    end = verbatim_end(tokens, start)
    return ["\\texttt", "{", *map(escape, "".join(tokens[start + 1 : end - 1])), "}"], end


def _unicode(tokens: list[str], position: int) -> Written:
    _, position = read_brackets(tokens, position)
    code, end = read_argument(tokens, position)
    return list(_character("".join(code).strip())), end


_OF_THE_WEB: Final[dict[str, Rule]] = {"\\bbox": _bbox, "\\enclose": _enclose, "\\verb": _verb, "\\unicode": _unicode}
"""Commands, and what writes each of them, given where its arguments begin."""


def _enclosed(content: list[str], notations: str) -> list[str]:
    """Put what prints each of a list of notations, such as ``circle, left``, around the content, as one group."""
    tokens = without_web(content)
    for notation in notations.replace(",", " ").split():
        before, after = NOTATIONS.get(notation, ("", ""))
        tokens = [*tokenize(before), *tokens, *tokenize(after)]
    return ["{", *tokens, "}"]


def _character(code: str) -> str:
    """Return the character of a code such as ``x2713`` or ``10003``; nothing for what is none."""
    number = _code_point(code)
    return chr(number) if number in range(0x21, 0xD800) or number in range(0xE000, 0x110000) else ""


def _code_point(code: str) -> int:
    if re.fullmatch(r"[xX][0-9A-Fa-f]{1,6}", code):
        return int(code[1:], 16)
    return int(code) if re.fullmatch(r"[0-9]{1,7}", code) else 0


_CONTROL_SYMBOLS: Final = frozenset({"", *",:;!> {}|%#$&_\\/-()[]\n\t"})


def stray_backslashes(tokens: list[str]) -> list[str]:
    r"""Drop the backslash of accents such as ``\'`` where they mean nothing, which is outside prose."""
    result: list[str] = []
    prose = 0  # up to where a text argument goes
    for position, piece in enumerate(tokens):
        if found := prose_of(tokens, position):
            prose = max(prose, found[1])
        accent = position < prose and piece in ACCENTS
        result.append(piece[1:] if _means_nothing(piece) and not accent else piece)
    return result


def _means_nothing(piece: str) -> bool:
    name = piece[1:]
    return piece[0] == "\\" and not is_written(piece) and not name.isalpha() and name not in _CONTROL_SYMBOLS


_LABELLED: Final = re.compile(r"\\sqrt|\\x[A-Za-z]+arrow")
"""Commands that print what they have in brackets."""


def coloured(tokens: list[str]) -> list[str]:
    r"""Make what ``\color{c}{x}`` and ``\color{c} x`` are for a group of its own; give colours by their values.

    Braces would part the signs of ``a \color{c} + b`` from what they stand between, and hold a line together.
    """
    return rewritten(tokens, _coloured)


def _coloured(tokens: list[str], position: int) -> Written | None:
    piece = tokens[position]
    if piece in ("\\color", "\\textcolor"):
        return _colour(tokens, position)
    if not _LABELLED.fullmatch(piece):
        return None
    label, end = read_brackets(tokens, position + 1)
    return None if label is None else ([piece, "[", *_braced(coloured(label)), "]"], end)


def _colour(tokens: list[str], position: int) -> Written:
    model, after = read_brackets(tokens, position + 1)
    name, after = read_argument(tokens, after)
    value = on_paper("".join(name), "".join(model or ())).removeprefix("#").upper()
    switch = _is_switch(tokens, position)
    content, end = (_cell_rest if switch else read_argument)(tokens, after)
    grouped = switch and not is_script(tokens, position)
    opening, closing = ("\\begingroup", "\\endgroup") if grouped else ("{", "}")
    return [opening, *([f"\\color[HTML]{{{value}}}"] if value else []), *coloured(content), closing], end


def _braced(label: list[str]) -> list[str]:
    r"""Keep the brackets of ``\color[HTML]`` from ending those around it."""
    return label if "]" not in "".join(label) else ["{", *label, "}"]


_OPENING: Final = frozenset({"{", "\\begin", "\\left"})
_CLOSING: Final = frozenset({"}", "\\end", "\\right"})
_DIVIDING: Final = r"""
    & \\ \cr \newline \tabularnewline \middle \of
    \over \atop \above \choose \brace \brack \overwithdelims \atopwithdelims \abovewithdelims
"""
_DIVIDERS: Final = frozenset(_DIVIDING.split())


def _is_switch(tokens: list[str], position: int) -> bool:
    r"""Whether a ``\color`` stands at ``position`` that is for what follows, as its name has no group after it."""
    if tokens[position] != "\\color":
        return False
    _, after = read_brackets(tokens, position + 1)
    _, after = read_argument(tokens, after)
    after = skip_blanks(tokens, after)
    return tokens[after : after + 1] != ["{"]


def _cell_rest(tokens: list[str], position: int) -> tuple[list[str], int]:
    r"""Read what is left of the cell, or of one side of ``\over``, up to the next colour."""
    depth = 0
    for end in range(position, len(tokens)):
        depth -= tokens[end] in _CLOSING
        if depth < 0 or (depth == 0 and (tokens[end] in _DIVIDERS or _is_switch(tokens, end))):
            return tokens[position:end], end
        depth += tokens[end] in _OPENING
    return tokens[position:], len(tokens)


def scripts(tokens: list[str]) -> list[str]:
    r"""Put braces around a command with its arguments where it is a script, as in ``x_\boldsymbol{B}``."""
    return rewritten(tokens, _script)


def _script(tokens: list[str], position: int) -> Written | None:
    piece = tokens[position]
    if piece not in ("^", "_"):
        return None
    start = skip_blanks(tokens, position + 1)
    end = command_end(tokens, start) if start < len(tokens) else start
    return ([piece, "{", *scripts(tokens[start:end]), "}"], end) if end > start + 1 else None


def raised_primes(tokens: list[str]) -> list[str]:
    r"""Write ``x'^2`` as ``x^{\prime 2}``, which TeX takes for two superscripts."""
    return rewritten(tokens, _raised_prime)


def _raised_prime(tokens: list[str], position: int) -> Written | None:
    if tokens[position] != "'":
        return None
    end = position
    while end < len(tokens) and tokens[end] == "'":
        end += 1
    after = skip_blanks(tokens, end)
    if tokens[after : after + 1] != ["^"]:
        return tokens[position:end], end
    raised, after = read_argument(tokens, after + 1)
    return ["^", "{", *["\\prime "] * (end - position), *raised, "}"], after
