from __future__ import annotations

from typing import Any

import pytest

from pipeline.tex.numbered_rows import NumberedRow, numbered_rows


@pytest.mark.parametrize(
    ("tex", "rows"),
    [
        (r"\begin{equation}a\label{x}\end{equation}", [(0, None, ("x",))]),
        (r"\begin{equation*}a\end{equation*}", []),
        (r"\begin{equation*}a\tag{T}\end{equation*}", [(0, "T", ())]),
        (r"\begin{equation}a\notag\end{equation}", []),
        (r"\begin{equation}\begin{aligned}a\\b\label{x}\end{aligned}\end{equation}", [(0, None, ("x",))]),
        (r"\begin{align}a\\b\nonumber\\c\\ \end{align}", [(0, None, ()), (2, None, ())]),
        (r"\begin{align}a\label{x}\\[6pt]b\label{y}\end{align}", [(0, None, ("x",)), (1, None, ("y",))]),
        (r"\begin{align}\substack{a\\b}\\c\end{align}", [(0, None, ()), (1, None, ())]),
        (r"\begin{gather}a\\b\tag*{B}\end{gather}", [(0, None, ()), (1, "B", (), True)]),
        (r"\begin{multline}a\\b\label{m}\end{multline}", [(1, None, ("m",))]),
        (r"x\tag{1}", [(0, "1", ())]),
        (r"x", []),
        (r"\begin{equation}\text{a_b}\end{equation}", []),
        (r"\begin{equation}\textsf{a_b}\end{equation}", []),
        (r"\begin{equation}\textsf{a $x_b$}\end{equation}", [(0, None, ())]),
        (r"\begin{equation}\begin{aligned}a\notag\end{aligned}\end{equation}", [(0, None, ())]),
        (r"\begin{equation}\begin{cases}a\notag\end{cases}\end{equation}", []),
        (r"\begin{align}a\\b\label{x}\label{y}\\c\end{align}", [(0, None, ())]),
        (r"\begin{multline}a\label{x}\\b\label{y}\end{multline}", []),
        (
            r"\begin{equation}\begin{aligned}a\label{x}\end{aligned}\label{y}\end{equation}",
            [(0, None, ("x", "y"))],
        ),
        (r"\begin{subequations}\begin{align}a\end{align}\end{subequations}", []),
        (r"x\tag{$\ast$}", [(0, "∗", ())]),
        (r"x\tag{1$'$}", [(0, "1′", ())]),
        (r"x\tag{$x^2$}", [(0, "x²", ())]),
        (r"x\tag{\textbf{P}$_1$, $\frac{1}{2}$ $}", [(0, r"P₁, $\frac{1}{2}$ $", ())]),
    ],
)
def test_rows(tex: str, rows: list[tuple[Any, ...]]) -> None:
    assert numbered_rows(tex, display=True) == tuple(NumberedRow(*row) for row in rows)


def test_a_tag_in_running_text_is_no_number() -> None:
    assert numbered_rows(r"x\tag{1}", display=False) == ()
