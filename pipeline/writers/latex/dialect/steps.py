r"""Steps from MathJax's TeX to LaTeX's that look at one command or character at a time."""

from __future__ import annotations

import re
from typing import Final

from pipeline.tex.arguments import command_end
from pipeline.tex.colours import on_paper
from pipeline.tex.text_symbols import ACCENTS
from pipeline.tex.tokens import is_blank, prose_of, read_argument, read_brackets, skip_blanks, tokenize, verbatim_end
from pipeline.writers.latex.text import escape


def without_comments(tokens: list[str]) -> list[str]:
    """Drop comments; every run of white space becomes one space, so that no empty line ends the formula."""
    return [" " if piece.isspace() else piece for piece in tokens if piece[:1] != "%"]


def without_numbers(tokens: list[str]) -> list[str]:
    r"""Drop ``\label``, ``\tag``, ``\notag`` and ``\nonumber``: the writer sets the numbers itself."""
    kept = _without(tokens, frozenset({"\\label", "\\tag"}))
    return [piece for piece in kept if piece not in ("\\notag", "\\nonumber")]


def _without(tokens: list[str], commands: frozenset[str]) -> list[str]:
    """Drop commands together with their star and their one argument."""
    if commands.isdisjoint(tokens):
        return tokens
    kept: list[str] = []
    position = 0
    while position < len(tokens):
        if tokens[position] in commands:
            position += 1
            if tokens[position : position + 1] == ["*"]:
                position += 1
            _, position = read_argument(tokens, position)
        else:
            kept.append(tokens[position])
            position += 1
    return kept


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
    result: list[str] = []
    position = 0
    while position < len(tokens):
        piece = tokens[position]
        position += 1
        if piece == "\\bbox":
            style, position = read_brackets(tokens, position)
            content, position = read_argument(tokens, position)
            result += ["{", *_enclosed(without_web(content), "box" if "border" in "".join(style or ()) else ""), "}"]
        elif piece == "\\enclose":
            notations, position = read_argument(tokens, position)
            _, position = read_brackets(tokens, position)
            content, position = read_argument(tokens, position)
            result += ["{", *_enclosed(without_web(content), "".join(notations)), "}"]
        elif piece == "\\verb":
            start = skip_blanks(tokens, position)
            position = verbatim_end(tokens, start)
            result += ["\\texttt", "{", *map(escape, "".join(tokens[start + 1 : position - 1])), "}"]
        elif piece == "\\unicode":
            _, position = read_brackets(tokens, position)
            code, position = read_argument(tokens, position)
            result += _character("".join(code).strip())
        else:
            result.append(piece)
    return result


def _enclosed(tokens: list[str], notations: str) -> list[str]:
    """Put what prints each of a list of notations, such as ``circle, left``, around the tokens."""
    for notation in notations.replace(",", " ").split():
        before, after = NOTATIONS.get(notation, ("", ""))
        tokens = [*tokenize(before), *tokens, *tokenize(after)]
    return tokens


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
    return piece[0] == "\\" and not piece[1:].isalpha() and piece[1:] not in _CONTROL_SYMBOLS


_LABELLED: Final = re.compile(r"\\sqrt|\\x[A-Za-z]+arrow")
"""Commands that print what they have in brackets."""


def coloured(tokens: list[str]) -> list[str]:
    r"""Make what ``\color{c}{x}`` and ``\color{c} x`` are for a group of its own; give colours by their values.

    Braces would part the signs of ``a \color{c} + b`` from what they stand between, and hold a line together.
    """
    result: list[str] = []
    position = 0
    while position < len(tokens):
        piece = tokens[position]
        switch = _is_switch(tokens, position)
        position += 1
        if piece in ("\\color", "\\textcolor"):
            model, position = read_brackets(tokens, position)
            name, position = read_argument(tokens, position)
            value = on_paper("".join(name), "".join(model or ())).removeprefix("#").upper()
            content, position = (_cell_rest if switch else read_argument)(tokens, position)
            opening, closing = ("\\begingroup", "\\endgroup") if switch and not _is_script(result) else ("{", "}")
            result += [opening, *([f"\\color[HTML]{{{value}}}"] if value else []), *coloured(content), closing]
            continue
        result.append(piece)
        if _LABELLED.fullmatch(piece):
            label, position = read_brackets(tokens, position)
            result += [] if label is None else ["[", *_braced(coloured(label)), "]"]
    return result


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


def _is_script(before: list[str]) -> bool:
    """Whether what comes after these tokens is a script, for which TeX wants braces."""
    return next((piece for piece in reversed(before) if not is_blank(piece)), "") in ("^", "_")


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
    result: list[str] = []
    position = 0
    while position < len(tokens):
        piece = tokens[position]
        result.append(piece)
        position += 1
        if piece not in ("^", "_"):
            continue
        start = skip_blanks(tokens, position)
        end = command_end(tokens, start) if start < len(tokens) else start
        if end > start + 1:
            result += ["{", *scripts(tokens[start:end]), "}"]
            position = end
    return result


def raised_primes(tokens: list[str]) -> list[str]:
    r"""Write ``x'^2`` as ``x^{\prime 2}``, which TeX takes for two superscripts."""
    if "'" not in tokens:
        return tokens
    result: list[str] = []
    position = 0
    while position < len(tokens):
        if tokens[position] != "'":
            result.append(tokens[position])
            position += 1
            continue
        end = position
        while end < len(tokens) and tokens[end] == "'":
            end += 1
        after = skip_blanks(tokens, end)
        if tokens[after : after + 1] == ["^"]:
            primes = ["\\prime "] * (end - position)
            raised, position = read_argument(tokens, after + 1)
            result += ["^", "{", *primes, *raised, "}"]
        else:
            result += tokens[position:end]
            position = end
    return result
