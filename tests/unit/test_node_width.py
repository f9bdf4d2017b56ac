from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import etree

from pipeline.document import Delimiters, Equation, EquationNumber, Math
from pipeline.mathml.convert import convert_formula
from pipeline.phrases import CHINESE
from pipeline.source import Span
from pipeline.writers.xhtml.blocks import render_blocks
from pipeline.writers.xhtml.node_width import node_width, widest
from pipeline.writers.xhtml.rendering import Rendering

RENDERING = Rendering(post_href=str, anchor_href=str, resource_href=str, phrases=CHINESE, breaks=True)
WIDE = r"\begin{array}{c|c}\hline \text{一二三四五六七八} & \text{九十甲乙丙丁戊己庚} \\ \hline\end{array}"


def mathml(tex: str) -> str:
    converted = convert_formula(tex, display=True).mathml
    assert converted
    return converted


def ems(tex: str, rendering: Rendering = RENDERING, numbers: int = 0) -> float | None:
    """What the box around a displayed formula tells of its width."""
    numbered = tuple(EquationNumber(str(row), row, anchor=f"e{row}") for row in range(numbers))
    math = Math(tex, Delimiters.DOLLARS, Span("dump.txt", 1, 1), mathml=mathml(tex), numbers=numbered)
    found = re.search(r'style="--ems: ([\d.]+)"', render_blocks((Equation(math),), rendering))
    return float(found[1]) if found else None


@pytest.mark.parametrize(
    ("tex", "measured"),  # in Chromium, with STIX Two Math
    [
        (r"aaaa", 2.22),
        (r"a = b", 2.35),
        (r"(a, b)", 2.2),
        (r"\sqrt{N}", 1.51),
        (r"x_{aaaa}^{b}", 2.15),
        (r"\frac{aaaa}{b}", 2.34),
        (r"\sum_{i=1}^{n} x_i", 2.24),
        (r"a \quad b", 2.07),
        (r"\text{甲乙}", 2.0),
        (r"\begin{aligned}aaaa &= b &\quad c &= d\end{aligned}", 9.27),
    ],
)
def test_widths_are_near_those_that_were_measured(tex: str, measured: float) -> None:
    assert node_width(etree.fromstring(mathml(tex))) == pytest.approx(measured, rel=0.12)


def test_a_fraction_is_smaller_inside_a_line_and_a_class_sets_the_size() -> None:
    fraction = etree.fromstring(mathml(r"\frac{aaaa}{b}"))
    assert node_width(fraction, display=False) < node_width(fraction)
    assert node_width(etree.fromstring(mathml(r"\small{aaaa}"))) < node_width(etree.fromstring(mathml("aaaa")))


@pytest.mark.parametrize(
    "tex",
    [r"\sqrt{}", r"\frac{}{}", r"\overset{}{}", "{}_{}^{}", r"\begin{matrix}\end{matrix}", r"\sideset{_1^2}{_3^4}\sum"],
)
def test_what_is_empty_has_a_width_too(tex: str) -> None:
    assert node_width(etree.fromstring(mathml(tex))) >= 0


def test_a_relation_keeps_its_right_side() -> None:
    left, relation, right = mathml("aaaaaaaa"), "<math><mo>=</mo></math>", mathml("bbbbbbbb")
    assert widest(left + relation + right) > widest(left + right) + 1
    assert widest(left + mathml("cccc") + right) == widest(left + right)


@pytest.mark.parametrize(
    "tex", [WIDE, rf"\begin{{array}}{{c}}\text{{说明}} \\ {WIDE}\end{{array}}", r"\frac{" + "a" * 40 + "}{b}"]
)
def test_what_is_wide_tells_its_width_where_nothing_scrolls(tex: str) -> None:
    width = ems(tex)
    assert width is not None
    assert 18 < width < 26
    assert ems(tex, replace(RENDERING, breaks=False)) is None


@pytest.mark.parametrize("tex", [r"\begin{pmatrix}1 & 2\\3 & 4\end{pmatrix}", r"\underline{x}", "a = b = c = d"])
def test_what_fits_any_line_tells_none(tex: str) -> None:
    assert ems(tex) is None


def test_a_row_with_its_own_number_is_broken_and_no_wider_than_its_widest_piece() -> None:
    rows = r"\begin{align}%s &= %s \\ %s &= %s\end{align}"
    assert ems(rows % (("a" * 40,) * 4), numbers=2) == pytest.approx(24, abs=2)
    assert ems(rows % (("a" * 4,) * 4), numbers=2) is None
