from __future__ import annotations

import pytest

from pipeline.document import Delimiters
from pipeline.tex.delimiters import find_formulas


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("设$x$与$y$", ["x", "y"]),
        ("$$a$$b$c$", ["a", "c"]),
        (r"\(a\)\[b\]", ["a", "b"]),
        (r"见\begin{align}a\\b\end{align}。", [r"\begin{align}a\\b\end{align}"]),
        (r"$\text{若$x$}$", [r"\text{若$x$}"]),
        (r"价\$5与$x$", ["x"]),
        (r"由\eqref{a}知", [r"\eqref{a}"]),
        (r"$\{a\$b$", [r"\{a\$b"]),
        ("$A$1", ["A"]),
        ("$2n$th", ["2n"]),
        (r"$x_{a$的$\theta$和$b$", [r"\theta", "b"]),
        (r"$x_{a$ and $\theta$ or $b$", [r"\theta", "b"]),
        (r"$$x_{a$$ and $$b$$", ["b"]),
        (r"$x_{a$b}$ and $c$", ["x_{a$b}", "c"]),
    ],
)
def test_found(text: str, found: list[str]) -> None:
    assert [formula.tex for formula in find_formulas(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "costs $5 and $10",
        "价格从$5到$10不等",
        "或者$10,也就是US$3",
        "export PATH=$HOME/bin:$PATH",
        "only one $ here",
        r"\$a\$",
        "${$ never closed",
        r"\begin{align}a",
        "no formula at all",
    ],
)
def test_not_found(text: str) -> None:
    assert find_formulas(text) == ()


def test_spans_cover_the_delimiters() -> None:
    text = r"a $x$ b \[y\] c"
    assert [(text[f.start : f.end], f.delimiters) for f in find_formulas(text)] == [
        ("$x$", Delimiters.DOLLAR),
        (r"\[y\]", Delimiters.BRACKETS),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "$" * 20_000,
        "${" * 10_000,
        r"\begin{a}" * 3_000,
        "$a}{" * 8_000,
        r"\(\[" * 8_000,
        r"\begin{" * 5_000,
        r"$甲\begin{equation}{" * 4_000 + "}$" * 4_000,
        r"$ 甲 $\a" * 8_000,
    ],
    ids=["dollars", "braces", "environments", "crossed", "mixed", "unnamed", "displays", "prose"],
)
def test_hostile_text_is_read_in_one_pass(text: str) -> None:
    assert len(find_formulas(text)) <= len(text)
