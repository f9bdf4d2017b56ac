from __future__ import annotations

import pytest

from pipeline.tex.built_in import BUILT_IN
from pipeline.tex.expansion import expand
from pipeline.tex.macros import MacroError, Macros


@pytest.mark.parametrize(
    ("tex", "expanded"),
    [
        (r"\newcommand{\a}{b}\a c", "b c"),
        (r"\newcommand{a}{b}\a", "b"),
        (r"\newcommand{\a}[2]{#2#1}\a xy", "yx"),
        (r"\newcommand{\a}[2][o]{#1#2}\a x\a[p]y", "oxpy"),
        (r"\renewcommand{\alpha}{a}\alpha", "a"),
        (r"\def\a#1{[#1]}\a{xy}", "[xy]"),
        (r"\def\a(#1,#2){#2-#1}\a(x,{y,z})", "y,z-x"),
        (r"\DeclareMathOperator{\rank}{rank}\rank A", r"\operatorname{rank} A"),
        (r"\DeclareMathOperator*{\am}{arg}\am", r"\operatorname*{arg}"),
        (r"\let\eps=\varepsilon \eps x", r" \varepsilon x"),
        (r"\def\y{\alpha}\y b", r"\alpha b"),
        (r"\newenvironment{m}{\begin{matrix}}{\end{matrix}}\begin{m}a\end{m}", r"\begin{matrix}a\end{matrix}"),
        (r"\def\x{ab}\frac\x\x \x", r"\frac{ab}{ab} ab"),
        (r"\def\x{ab}\frac{1}\x\sqrt[3] \x\hat a\x", r"\frac{1}{ab}\sqrt[3] {ab}\hat aab"),
        (r"\def\x{ab}[1]\x}\x", r"[1]ab}ab"),
        (r"\alpha x", r"\alpha x"),
        (r"\text{50%}", r"\text{50\%}"),
        ("a % b\nc", "a % b\nc"),
    ],
)
def test_expanded(tex: str, expanded: str) -> None:
    assert expand(tex, {}) == expanded


def test_definitions_hold_for_later_formulas() -> None:
    macros: Macros = {}
    assert expand(r"\newcommand{\a}{b}", macros) == ""
    assert expand(r"\a", macros) == "b"


def test_links_are_reduced_to_what_they_show() -> None:
    assert expand(r"\href{javascript:alert(1)}{x}\require{bbox}", dict(BUILT_IN)) == "x"


@pytest.mark.parametrize(
    "tex",
    [
        r"\def\x{\x}\x",
        r"\def\x{\x\x}\x",
        r"\newcommand{\a}[1]{#1}\a",
        r"\def\a(#1){}\a x",
        r"\newcommand{\ab c}{x}",
        r"\newcommand{\a}[x]{}",
        r"\let\a",
        r"\def\a#2{}",
    ],
)
def test_refused(tex: str) -> None:
    with pytest.raises(MacroError):
        expand(tex, {})


def test_a_doubling_macro_stops_at_the_limit() -> None:
    doubling = "".join(rf"\def\{chr(98 + i)}{{\{chr(97 + i)}\{chr(97 + i)}}}" for i in range(25))
    with pytest.raises(MacroError):
        expand(r"\def\a{xx}" + doubling + r"\z", {})
