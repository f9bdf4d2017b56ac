"""Every class that formulas are listed to have comes about, and what makes it is not lost in print."""

from __future__ import annotations

import re
from typing import Final

import pytest

from formula_classes import CLASSES, COLOURS
from pipeline.document import Delimiters, Math
from pipeline.mathml.convert import convert_formula
from pipeline.source import Span
from typeset import formula_to_latex


def _inside(environment: str, body: str) -> str:
    name = environment.partition("{")[0]
    return rf"\begin{{{name}}}{environment.removeprefix(name)}{body}\end{{{name}}}"


_TABLES: Final = {
    "m-matrix": _inside("matrix", "a&b"),
    "m-array": _inside("array{cc}", "a&b"),
    "m-smallmatrix": _inside("smallmatrix", "a&b"),
    "m-cases": _inside("cases", "a&b"),
    "m-aligned": _inside("aligned", "a&b"),
    "m-alignat": _inside("alignedat{2}", "a&b&c&d"),
    "m-gathered": _inside("gathered", r"a\\b"),
    "m-eqnarray": _inside("eqnarray*", "a&b&"),
    "m-multline": _inside("multline*", r"a\\b"),
    "m-diagram": _inside("CD", "a @>>> b"),
    "m-gap": _inside("gathered", r"a\\[1em]b"),
}
_IN_ARRAYS: Final = {
    "m-left": _inside("array{l}", "a"),
    "m-right": _inside("array{r}", "a"),
    "m-line-above": _inside("array{c}", r"\hline a"),
    "m-line-below": _inside("array{c}", r"a\\ \hline"),
    "m-line-before": _inside("array{|c}", "a"),
    "m-line-after": _inside("array{c|}", "a"),
    "m-line-above-dashed": _inside("array{c}", r"\hdashline a"),
    "m-line-below-dashed": _inside("array{c}", r"a\\ \hdashline"),
    "m-line-before-dashed": _inside("array{:c}", "a"),
    "m-line-after-dashed": _inside("array{c:}", "a"),
}
_AROUND: Final = {
    "m-box": r"\boxed{x}",
    "m-dashed": r"\bbox[border: 1px dashed]{x}",
    "m-round": r"\enclose{roundedbox}{x}",
    "m-circle": r"\enclose{circle}{x}",
    "m-cancel": r"\cancel{x}",
    "m-bcancel": r"\bcancel{x}",
    "m-xcancel": r"\xcancel{x}",
    "m-strike": r"\sout{x}",
    "m-vstrike": r"\enclose{verticalstrike}{x}",
    "m-rule": r"x\rule{1em}{1em}",
    "m-llap": r"\mathllap{x}",
    "m-clap": r"\mathclap{x}",
    "m-vec": r"\vec{x}",
    "m-display": r"\displaystyle x",
    "m-text": r"\textstyle x",
    "m-script": r"\scriptstyle x",
    "m-scriptscript": r"\scriptscriptstyle x",
    "m-tiny": r"\tiny x",
    "m-scriptsize": r"\scriptsize x",
    "m-small": r"\small x",
    "m-normalsize": r"\normalsize x",
    "m-large": r"\large x",
    "m-larger": r"\Large x",
    "m-largest": r"\LARGE x",
    "m-huge": r"\huge x",
    "m-hugest": r"\Huge x",
    "m-bold": r"\textbf{x}",
    "m-italic": r"\textit{x}",
    "m-sans": r"\textsf{x}",
    "m-mono": r"\texttt{x}",
    **{f"mc-{name}": rf"\color{{{name}}}{{x}}" for name in COLOURS},
    **{f"mc-on-{name}": rf"\colorbox{{{name}}}{{x}}" for name in COLOURS},
}
_MADE_BY: Final = {  # the formula, and what it is without what its class says
    **{name: (tex, "ab") for name, tex in _TABLES.items()},
    **{name: (tex, _inside("array{c}", "a")) for name, tex in _IN_ARRAYS.items()},
    **{name: (tex, "x") for name, tex in _AROUND.items()},
}


def _classes(tex: str) -> set[str]:
    mathml = convert_formula(tex, display=True).mathml or ""
    return {name for value in re.findall(r'class="([^"]*)"', mathml) for name in value.split()}


def _printed(tex: str) -> str:
    return formula_to_latex(Math(tex, Delimiters.DOLLARS, Span("a.txt", 1, 1), expanded=tex))


def test_a_formula_is_known_for_every_class() -> None:
    assert set(_MADE_BY) == CLASSES


@pytest.mark.parametrize("name", _MADE_BY)
def test_what_makes_a_class_is_not_lost_in_print(name: str) -> None:
    tex, bare = _MADE_BY[name]
    assert name in _classes(tex)
    assert name not in _classes(bare)
    assert _printed(tex) != _printed(bare)
