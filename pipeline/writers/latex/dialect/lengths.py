r"""Commands with a length, which MathJax takes bare or in braces and in any unit, and TeX in one way."""

from __future__ import annotations

from typing import Final

from pipeline.tex.arguments import command_end
from pipeline.tex.lengths import LENGTH, tex_length
from pipeline.tex.tokens import Written, join, read_argument, read_brackets, rewritten, skip_blanks, tokenize

_OF_TEXT: Final = frozenset({"\\hspace", "\\hskip", "\\kern"})
_OF_MATHEMATICS: Final = frozenset({"\\mspace", "\\mskip", "\\mkern"})
"""Spaces in ``mu`` alone, and spaces in any other unit."""
_RAISED: Final = {"\\raise": "", "\\raisebox": "", "\\lower": "-"}
_MOVED: Final = {"\\moveleft": ("-", ""), "\\moveright": ("", "-")}
_RULES: Final = {"\\rule": 2, "\\Rule": 3, "\\Space": 3}
_LONGEST: Final = 24  # tokens


def lengths(tokens: list[str]) -> list[str]:
    r"""Write ``\hspace{2mu}``, ``\raise 2pt{x}`` and their like as TeX takes them."""
    return rewritten(tokens, _written)


def _written(tokens: list[str], position: int) -> Written | None:
    piece = tokens[position]
    if piece in _OF_TEXT or piece in _OF_MATHEMATICS:
        return _space(tokens, position)
    if piece in _RULES:
        return _rule(tokens, position)
    if piece not in _RAISED and piece not in _MOVED:
        return None
    length, position = _read(tokens, position + 1)
    if not length:
        return None
    content, position = _content(tokens, position)
    if piece in _RAISED:
        return ["\\lifted", "{", _RAISED[piece], length, "}", "{", *lengths(content), "}"], position
    before, after = _MOVED[piece]
    return [
        *tokenize(f"\\kern{before}{length} "),
        "{",
        *lengths(content),
        "}",
        *tokenize(f"\\kern{after}{length} "),
    ], position


def _space(tokens: list[str], position: int) -> Written | None:
    piece = tokens[position]
    starred = tokens[position + 1 : position + 2] == ["*"]
    length, after = _read(tokens, position + 1 + starred, as_it_is=True)
    in_mu = length.endswith("mu")
    if not length or (in_mu == (piece in _OF_MATHEMATICS) and not length.endswith("px")):
        return None
    return tokenize(f"\\mkern{length} " if in_mu else f"\\kern{tex_length(length)} "), after


def _rule(tokens: list[str], position: int) -> Written:
    piece = tokens[position]
    raised, position = read_brackets(tokens, position + 1)
    result = [piece, *(["[", tex_length(join(raised)) or "0pt", "]"] if raised else [])]
    for _ in range(_RULES[piece]):
        length, position = _read(tokens, position)
        result += ["{", length or "0pt", "}"]
    return result, position


def _content(tokens: list[str], position: int) -> tuple[list[str], int]:
    r"""Read what is raised: a group, or a command with its argument, such as ``\hbox{…}``."""
    start = skip_blanks(tokens, position)
    if tokens[start : start + 1] == ["{"] or start == len(tokens):
        return read_argument(tokens, start)
    end = command_end(tokens, start)
    return tokens[start:end], end


def _read(tokens: list[str], position: int, *, as_it_is: bool = False) -> tuple[str, int]:
    """Return a length, and where it ends; an empty one where there is none."""
    start = skip_blanks(tokens, position)
    if tokens[start : start + 1] == ["{"]:
        content, end = read_argument(tokens, start)
        found = LENGTH.fullmatch(join(content))
    else:
        found = LENGTH.match("".join(tokens[start : start + _LONGEST]))
        end, left = start, found.end() if found else 0
        while left > 0:
            left -= len(tokens[end])
            end += 1
    if not found:
        return "", position
    return found[0].strip() if as_it_is else tex_length(found[0]) or "", end
