from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from handmade import NAMESPACE, X, inline_math, numbered
from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.writers.xhtml.formula_images import draw, draw_formulas
from pipeline.writers.xhtml.formula_text import formula_as_text


def math(body: str) -> str:
    return f'<math xmlns="{NAMESPACE}">{body}</math>'


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<mi>x</mi>", "<i>x</i>"),
        ("<mi>sin</mi><mi>θ</mi>", "sin<i>θ</i>"),
        ("<msub><mi>x</mi><mn>1</mn></msub>", "<i>x</i><sub>1</sub>"),
        ("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", "<i>x</i><sub><i>i</i></sub><sup>2</sup>"),
        ("<mi>a</mi><mo>=</mo><mo>−</mo><mi>b</mi>", "<i>a</i>\u2009=\u2009\u2009−\u2009<i>b</i>"),
        ("<mo>−</mo><mn>1</mn>", "−1"),
        ("<mi>𝑾</mi>", "<b><i>W</i></b>"),
        ("<mi>𝐰</mi>", "<b>w</b>"),
        ("<mi>a</mi><mo>&lt;</mo><mi>b</mi>", "<i>a</i>\u2009&lt;\u2009<i>b</i>"),
        ("<mi>ℝ</mi>", None),
        ("<mi>𝓛</mi>", None),
        ("<mfrac><mi>a</mi><mi>b</mi></mfrac>", None),
        ("<mover><mi>a</mi><mo>^</mo></mover>", None),
        ("<msup><mi>x</mi><msup><mi>y</mi><mn>2</mn></msup></msup>", None),
        ('<mi class="mc-red">x</mi>', None),
        ("<mi>x</mi>" * 25, None),
    ],
)
def test_what_a_line_of_text_can_say_is_text(body: str, text: str | None) -> None:
    assert formula_as_text(math(body)) == text


def test_a_picture_stands_on_the_line_of_its_formula() -> None:
    high, deep = draw(math("<mi>x</mi>")), draw(math("<mfrac><mi>x</mi><mi>y</mi></mfrac>"))
    assert high
    assert deep
    assert high.depth < 0.1 < deep.depth
    assert 0.4 < high.width < 0.8


def test_alignment_and_colour_reach_the_picture() -> None:
    wide = "<mtr><mtd><mi>a</mi><mi>a</mi><mi>a</mi></mtd></mtr>"
    left, right = (
        draw(math(f'<mtable>{wide}<mtr><mtd class="m-{side}"><mi class="mc-red">b</mi></mtd></mtr></mtable>'))
        for side in ("left", "right")
    )
    assert left
    assert right
    assert left.svg != right.svg
    assert b"#c8102e" in left.svg


def test_a_formula_that_cannot_be_drawn_is_shown_as_tex_and_reported() -> None:
    reporter = Reporter()
    chinese = replace(inline_math(), tex=r"\text{若}", mathml=math("<mtext>若</mtext>"))
    images = draw_formulas([chinese], 1, reporter)
    assert images.show(chinese) == r'<code class="tex">\text{若}</code>'
    assert list(reporter.by_code()) == [Code.FORMULA_NOT_DRAWN]


def test_equal_formulas_share_a_picture_and_keep_their_own_words() -> None:
    one = numbered("p-e1")
    other = replace(one, tex="y = {x}^2")
    images = draw_formulas([one, other, inline_math()], 1, Reporter())
    assert len(images.drawings) == 1
    assert 'alt="y = {x}^2"' in images.show(other)
    assert images.show(inline_math()) == '<span class="math"><i>x</i></span>'


def test_what_is_drawn_is_well_formed() -> None:
    drawing = draw(X)
    assert drawing
    assert etree.fromstring(drawing.svg).tag == "{http://www.w3.org/2000/svg}svg"
