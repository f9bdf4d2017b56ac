from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.document import Delimiters, Equation, Math
from pipeline.mathml.convert import convert_formula
from pipeline.phrases import CHINESE
from pipeline.source import Span
from pipeline.writers.xhtml.blocks import render_blocks
from pipeline.writers.xhtml.rendering import Rendering

RENDERING = Rendering(post_href=str, anchor_href=str, resource_href=str, phrases=CHINESE, breaks=True)


def opening(tex: str, rendering: Rendering = RENDERING) -> str:
    """The tag of the box around a displayed formula."""
    mathml = convert_formula(tex, display=True).mathml
    math = Math(tex, Delimiters.DOLLARS, Span("dump.txt", 1, 1), mathml=mathml)
    markup = render_blocks((Equation(math),), rendering)
    return markup[markup.index('<div class="formula"') : markup.index("<math")]


RULED = r"\begin{array}{c|c}\hline \text{模型} & 60.06 \\ \text{甲} & x_{12} \\ \hline\end{array}"


@pytest.mark.parametrize(
    ("tex", "width"),
    [
        (RULED, 7),  # two ideographs, five letters, and what stands beside both columns
        (rf"\begin{{array}}{{c}}\text{{说明}} \\ {RULED}\end{{array}}", 8),
        (r"\begin{array}{c}\hline \frac{123}{4} \\ \hline\end{array}", 3),
    ],
)
def test_a_ruled_array_tells_its_width_where_nothing_scrolls(tex: str, width: int) -> None:
    assert f'style="--ems: {width}"' in opening(tex)
    assert "style" not in opening(tex, replace(RENDERING, breaks=False))


def test_other_formulas_tell_none() -> None:
    assert "style" not in opening(r"\begin{pmatrix}1 & 2\\3 & 4\end{pmatrix}")
    assert "style" not in opening(r"\underline{x}")
    assert "style" not in opening("x")
