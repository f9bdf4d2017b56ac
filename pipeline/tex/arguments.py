r"""Where TeX takes the next token for an argument, so that a macro in its place stands for one thing: ``\frac\x\y``."""

from __future__ import annotations

from typing import Final

from pipeline.tex.tokens import is_blank

_ONE: Final = r"""
    \acute \bar \bm \boldsymbol \boxed \breve \bcancel \cancel \check \ddddot \dddot \ddot \dot \grave \hat \mathbb
    \mathbf \mathbin \mathcal \mathfrak \mathit \mathop \mathrel \mathring \mathrm \mathscr \mathsf \mathtt
    \operatorname \overbrace \overleftarrow \overline \overrightarrow \phantom \smash \sqrt \text \textbf \textit
    \textrm \tilde \underbrace \underline \vec \vphantom \widehat \widetilde \xcancel \xleftarrow \xrightarrow
"""
_TWO: Final = r"\binom \cfrac \dbinom \dfrac \frac \overset \stackrel \tbinom \tfrac \underset"
_FIRST: Final = frozenset(f"{_ONE} {_TWO}".split())
_SECOND: Final = frozenset(_TWO.split())
_FARTHEST: Final = 500
"""How many tokens back a group may begin; a macro after a longer one is taken as it is."""
_OPENING: Final = {"}": "{", "]": "["}


def awaits_argument(tokens: list[str]) -> bool:
    """Whether what comes after ``tokens`` is an argument of a command in them, not counting macros of the author."""
    last = _before_blanks(tokens, len(tokens))
    if last >= 0 and tokens[last] == "]":
        last = _before_blanks(tokens, _start(tokens, last))
    if last < 0 or tokens[last] in _FIRST:
        return last >= 0
    first = _before_blanks(tokens, _start(tokens, last))
    return first >= 0 and tokens[first] in _SECOND


def _before_blanks(tokens: list[str], position: int) -> int:
    """Return the index of the last token before ``position`` that is no blank; -1 where there is none."""
    position -= 1
    while position >= 0 and is_blank(tokens[position]):
        position -= 1
    return position


def _start(tokens: list[str], end: int) -> int:
    """Return where the group that ends at ``end`` begins; a token outside braces is its own group."""
    closing = tokens[end]
    opening = _OPENING.get(closing)
    if opening is None:
        return end
    depth = 0
    for index in range(end, max(-1, end - _FARTHEST), -1):
        depth += (tokens[index] == closing) - (tokens[index] == opening)
        if depth == 0:
            return index
    return 0
