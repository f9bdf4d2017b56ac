r"""What the commands of a formula take after them: stars, options in brackets, and arguments.

TeX takes the next token for an argument, so a macro in its place stands for one thing: ``\frac\x\y``.
"""

from __future__ import annotations

from typing import Final

from pipeline.tex.prose import PROSE
from pipeline.tex.tokens import is_blank, prose_of, read_argument, read_brackets, skip_blanks

_COMMANDS: Final = {
    "{": r"""
    \Bbb \Bra \Braket \Ket \Set \acute \array \bar \bm \bold \boldsymbol \boxed \bra \braket \breve \cases \check
    \ddddot \dddot \ddot \displaylines \dot \eqalign \eqalignno \eqref \grave \hat \hphantom \ket \label \leqalignno
    \llap \mathbb \mathbbm \mathbf \mathbfcal \mathbffrak \mathbfit \mathbfscr \mathbfsf \mathbfsfit \mathbfsfup
    \mathbfup \mathbin \mathcal \mathclap \mathclose \mathds \mathfrak \mathinner \mathit \mathllap \mathnormal \mathop
    \mathopen \mathord \mathpunct \mathrel \mathring \mathrlap \mathrm \mathscr \mathsf \mathsfit \mathsfup \mathtt
    \mathup \matrix \mod \mspace \overbrace \overleftarrow \overleftrightarrow \overline \overparen \overrightarrow
    \phantom \pmatrix \pmb \pmod \pod \ref \rlap \set \shoveleft \shoveright \sout \substack \symbb \symbf \symbfcal
    \symbffrak \symbfit \symbfscr \symbfsf \symbfsfit \symbfsfup \symbfup \symcal \symfrak \symit \symnormal \symrm
    \symscr \symsf \symsfit \symsfup \symtt \symup \tilde \underbar \underbrace \underleftarrow \underleftrightarrow
    \underline \underparen \underrightarrow \vcenter \vec \vphantom \widecheck \widehat \widetilde
    """,
    "{{": r"""
    \Ketbra \binom \dbinom \dfrac \frac \ketbra \overset \raisebox \skew \stackbin \stackrel \tbinom \tfrac \underset
    """,
    "{{{": r"\Rule \Space \overunderset \prescript",
    "{{{{": r"\mathchoice",
    "{{{{{{": r"\genfrac",
    "*{": r"\hspace \operatorname \operatornamewithlimits \tag",
    "[{": r"""
    \bbox \bcancel \cancel \smash \sqrt \unicode \xLeftarrow \xLeftrightarrow \xRightarrow \xcancel \xhookleftarrow
    \xhookrightarrow \xleftarrow \xleftharpoondown \xleftharpoonup \xleftrightarrow \xleftrightharpoons \xlongequal
    \xmapsto \xrightarrow \xrightharpoondown \xrightharpoonup \xrightleftharpoons \xtofrom \xtwoheadleftarrow
    \xtwoheadrightarrow
    """,
    "[{{": r"\cancelto \cfrac \rule \textcolor",
    "[[{": r"\overbracket \underbracket",
    "{[{": r"\enclose",
}
SIGNATURES: Final = {
    **{name: signature for signature, names in _COMMANDS.items() for name in names.split()},
    **{name: f"{before}{{" for name, before in PROSE.items()},
}
"""Commands by name: a star that may come, an option in brackets, or an argument, for each a sign."""

_PARTNERS: Final = {"\\left": "\\right", "\\begin": "\\end"}
_FARTHEST: Final = 500
"""How many tokens back a group may begin; a macro after a longer one is taken as it is."""
_OPENING: Final = {"}": "{", "]": "["}


def command_end(tokens: list[str], position: int) -> int:
    r"""Return where the command at ``position`` ends, with all that it takes, a ``\left`` with its ``\right``."""
    if prose := prose_of(tokens, position):
        return prose[1]
    piece = tokens[position]
    if piece in _PARTNERS:
        return _partner_end(tokens, position)
    end = position + 1
    for mark in SIGNATURES.get(piece, ""):
        if mark == "*":
            after = skip_blanks(tokens, end)
            end = after + 1 if tokens[after : after + 1] == ["*"] else end
        else:
            _, end = (read_argument if mark == "{" else read_brackets)(tokens, end)
    return end


def _partner_end(tokens: list[str], position: int) -> int:
    r"""Return where the ``\right…`` or ``\end{…}`` ends of what begins at ``position``; the length if there is none."""
    opening, closing = tokens[position], _PARTNERS[tokens[position]]
    depth = 0
    for index in range(position, len(tokens)):
        depth += (tokens[index] == opening) - (tokens[index] == closing)
        if depth == 0:
            return read_argument(tokens, index + 1)[1]
    return len(tokens)


def awaits_argument(tokens: list[str]) -> bool:
    """Whether what comes after ``tokens`` is an argument of a command in them, not counting macros of the author."""
    last = _before_blanks(tokens, len(tokens))
    if last >= 0 and tokens[last] == "]":
        last = _before_blanks(tokens, _start(tokens, last))
    if last < 0 or tokens[last] in SIGNATURES:
        return last >= 0
    first = _before_blanks(tokens, _start(tokens, last))
    return first >= 0 and SIGNATURES.get(tokens[first], "").count("{") > 1


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
