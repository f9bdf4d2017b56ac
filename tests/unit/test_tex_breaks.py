"""Where a formula may be divided: never within what TeX takes for one thing, whatever brackets stand around it."""

from __future__ import annotations

from itertools import accumulate
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.tex.breaks import breaks
from pipeline.tex.tokens import tokenize

PARTNERS: Final = (("{", "}"), ("\\begin", "\\end"), ("\\left", "\\right"))
WAITING: Final = ("^", "_")
PIECES: Final = r"""
    x = + - < := \not= \sum \alpha { } ( ) [ ] \{ \} ^ _ \left. \left( \left[ \right) \right. \right\} \begin{a} \end{a}
    \mathrel= \mathop=\limits \mathbin+ \stackrel{a}= \stackrel{\text{a}}{=} \stackrel=x \overset{=}+ \underset={x}
    \frac=1 \mathbf= \sqrt[=]+ \sqrt= \big< \kern-3pt \text{=} \unknown{=}{+}
"""


def divided(tex: str) -> str:
    """Return a formula with a bar before what may begin a line."""
    tokens = tokenize(tex)
    places = {place for place, _ in breaks(tokens)}
    return "".join(f"|{piece}" if place in places else piece for place, piece in enumerate(tokens))


@pytest.mark.parametrize(
    "tex",
    [
        r"x|=a|+b|\neq c",
        r"1)\quad f(x=y) |+ \sum_{i=1}^{n} g_i |= L",
        r"\left.\begin{aligned}a&=b\\c&=d\end{aligned}\right\}|\Rightarrow\sum_{i=1}^{n}g_i|=L",
        r"g|=\left.x+y\right)|+\sum_{i=1}^n i",
        r"[0,1)|+x_{i=1}|=a",
        r"f\stackrel{\text{def}}=L|+x",
        r"f\stackrel{\text{def}}{=}L|+x",
        r"f\overset{\triangle} =\underset={x}|+x",
        r"f|=x\mathrel=L\mathbin +x\mathop=^{a=b}|+x",
        r"\frac=1|+\mathbf=|+x",
        r"a\bigl<b\big/c|+x\kern-3pt y",
        r"x|+\mathbf\left.a=b\right.=c",
        r"x|+\left(a={b\right)=c}=d",
        r"x^:=y|:=z",
    ],
)
def test_a_line_begins_before_relations_and_sums_that_are_nothings_argument(tex: str) -> None:
    assert divided(tex.replace("|", "")) == tex


@given(st.lists(st.sampled_from(PIECES.split()), max_size=12))
def test_no_line_begins_in_braces_or_between_a_command_and_its_argument(pieces: list[str]) -> None:
    tokens = [tokenize(piece) for piece in pieces]
    joined = [token for piece in tokens for token in piece]
    starts = dict(zip(accumulate(map(len, tokens), initial=0), ["", *pieces], strict=True))
    for place, _ in breaks(joined):
        assert place in starts
        assert starts[place] not in WAITING
        assert all(joined[:place].count(opening) == joined[:place].count(end) for opening, end in PARTNERS)
