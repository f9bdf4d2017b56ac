from __future__ import annotations

import io
import re
from dataclasses import replace
from itertools import chain

import pytest
from lxml import etree
from PIL import Image

from handmade import NAMESPACE, X, inline_math, numbered
from pipeline import mathml
from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.mathml.convert import convert_formula
from pipeline.tex.colours import PALETTE
from pipeline.writers.xhtml.formula_classes import (
    ATTRIBUTES,
    COLOURS,
    LINES,
    NOTATIONS,
    SIZES,
    UNDRAWN,
    VARIANTS,
)
from pipeline.writers.xhtml.formula_drawing import Drawing, draw, draw_pixels
from pipeline.writers.xhtml.formula_images import draw_formulas
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


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        ("x=-1", "<i>x</i>\u2009=\u2009−1"),
        ("x-1", "<i>x</i>\u2009−\u20091"),
        ("-x", "−<i>x</i>"),
        ("(-1,+1)", "(−1,\u2009+1)"),
    ],
)
def test_a_sign_stands_at_its_number(tex: str, text: str) -> None:
    assert formula_as_text(convert_formula(tex, display=False).mathml or "") == text


def test_a_picture_stands_on_the_line_of_its_formula() -> None:
    high, deep = draw(math("<mi>x</mi>")), draw(math("<mfrac><mi>x</mi><mi>y</mi></mfrac>"))
    assert high
    assert deep
    assert high.depth < 0.1 < deep.depth
    assert 0.4 < high.width < 0.8


@pytest.mark.parametrize(
    ("wide", "narrow", "ems"),
    [
        ('<mi>x</mi><mspace width="1em"/><mi>x</mi>', "<mi>x</mi><mi>x</mi>", 1),
        ("<mi>x</mi><mo>=</mo><mi>x</mi>", '<mi>x</mi><mo lspace="0em" rspace="0em">=</mo><mi>x</mi>', 10 / 18),
        ("<mi>x</mi><mo>⋅</mo><mi>x</mi>", '<mi>x</mi><mo lspace="0em" rspace="0em">⋅</mo><mi>x</mi>', 8 / 18),
    ],
)
def test_spaces_are_as_wide_as_they_say(wide: str, narrow: str, ems: float) -> None:
    drawn, bare = draw(math(wide)), draw(math(narrow))
    assert drawn
    assert bare
    assert drawn.width - bare.width == pytest.approx(ems, abs=0.01)


def test_alignment_and_colour_reach_the_picture() -> None:
    wide = "<mtr><mtd><mi>a</mi><mi>a</mi><mi>a</mi></mtd></mtr>"
    left, right = (
        draw(math(f'<mtable>{wide}<mtr><mtd class="m-{side}"><mi class="mc-red">b</mi></mtd></mtr></mtable>'))
        for side in ("left", "right")
    )
    assert left
    assert right
    assert left.content != right.content
    assert b"#c8102e" in left.content


def drawn(tex: str, *, display: bool = False) -> tuple[Drawing, Image.Image]:
    """A formula as SVG, and what is seen of it: its PNG, which MuPDF makes of the same drawing."""
    mathml = convert_formula(tex, display=display).mathml
    assert mathml
    vector, raster = draw(mathml), draw_pixels(mathml)
    assert vector
    assert raster
    return vector, Image.open(io.BytesIO(raster.content))


def test_pixels_have_the_size_and_the_line_of_the_drawing() -> None:
    mathml = math("<mfrac><mi>x</mi><mi>y</mi></mfrac>")
    vector, raster = draw(mathml), draw_pixels(mathml)
    assert vector
    assert raster
    assert raster.media_type == "image/png"
    assert raster.width == pytest.approx(vector.width, abs=0.03)
    assert raster.depth == pytest.approx(vector.depth, abs=0.03)
    image = Image.open(io.BytesIO(raster.content))
    assert image.width == round(raster.width * 48)
    # The bar of a fraction stands on the axis, a quarter of an em above the line: the darkest row of all.
    rows = [sum(image.convert("L").crop((0, y, image.width, y + 1)).tobytes()) for y in range(image.height)]
    above = image.height - raster.depth * 48 - rows.index(min(rows))
    assert above / 48 == pytest.approx(0.26, abs=0.06)


def test_pictures_are_black_on_white_whatever_the_page_is() -> None:
    vector, image = drawn(r"\frac{a}{b}")
    ground = etree.fromstring(vector.content)[0]
    assert ground.get("fill") == "#fff"
    assert [ground.get(name) for name in ("x", "y", "width", "height")] == str(
        etree.fromstring(vector.content).get("viewBox")
    ).split()
    assert image.mode == "P"
    shades = image.convert("L")
    assert shades.getextrema() == (0, 255)
    assert {shades.getpixel((x, y)) for x in (0, image.width - 1) for y in (0, image.height - 1)} == {255}


def test_pixels_keep_the_colour_of_an_author() -> None:
    _, image = drawn(r"\color{red}{x}")
    assert image.mode == "RGB"
    assert (200, 16, 46) in {colour for _, colour in image.getcolors(1 << 16) or ()}


def test_words_of_other_scripts_are_drawn() -> None:
    one, three = drawn(r"\text{率}")[0], drawn(r"x_{\text{学习率}}")[0]
    assert one.width == pytest.approx(1, abs=0.1)
    assert three.width > 2.5
    assert drawn(r"\text{率}")[0].content != drawn(r"\text{度}")[0].content


def test_a_formula_in_a_line_is_set_lower_than_one_on_its_own() -> None:
    inline, display = drawn(r"\sum_{i=1}^n x_i"), drawn(r"\sum_{i=1}^n x_i", display=True)
    assert inline[1].height < 0.75 * display[1].height
    assert drawn(r"\displaystyle\sum_{i=1}^n x_i")[1].height == display[1].height


def dark_lines(image: Image.Image) -> tuple[int, int]:
    """How many lines go all the way across the picture, and how many down it."""
    grey = image.convert("L").point([255 * (value < 128) for value in range(256)])
    inside = grey.crop(grey.getbbox())
    width, height = inside.size
    across = ["#" if inside.crop((0, y, width, y + 1)).getextrema()[0] else " " for y in range(height)]
    down = ["#" if inside.crop((x, 0, x + 1, height)).getextrema()[0] else " " for x in range(width)]
    return len("".join(across).split()), len("".join(down).split())


def test_the_lines_of_a_table_are_drawn() -> None:
    rows = r"\hline a&b&c\\ \hline 1&2222&3\\ \hline"
    assert dark_lines(drawn(rf"\begin{{array}}{{|c|c:c|}}{rows}\end{{array}}")[1]) == (3, 4)
    assert dark_lines(drawn(rf"\begin{{array}}{{ccc}}{rows}\end{{array}}")[1]) == (3, 0)
    assert dark_lines(drawn(r"\begin{array}{ccc}a&b&c\\ 1&2&3\end{array}")[1]) == (0, 0)


@pytest.mark.parametrize("command", [r"\boxed", r"\cancel", r"\bcancel", r"\xcancel", r"\sout"])
@pytest.mark.parametrize("tex", ["x", "12", r"\beta", "x^2", r"\frac12", r"\sqrt{x}", "x+y"])
def test_frames_and_strikes_are_drawn_around_whatever_they_hold(command: str, tex: str) -> None:
    assert drawn(rf"{command}{{{tex}}}")[0].width > drawn(rf"\displaystyle{{{tex}}}")[0].width


def test_a_frame_goes_around_all_of_its_formula() -> None:
    assert dark_lines(drawn(r"\boxed{\frac12}")[1]) == (2, 2)
    assert dark_lines(drawn(r"\boxed{\cdot}")[1]) == (2, 2)


CLASSES = frozenset(re.findall(r"``(m-[a-z-]+)``", str(mathml.__doc__)))


def test_a_drawing_shows_every_class_of_formulas_or_says_that_it_does_not() -> None:
    lines = {name for name in CLASSES if name.startswith("m-line-")}
    colours = {f"{kind}-{name}" for kind in ("mc", "mc-on") for name in PALETTE}
    shown = chain(NOTATIONS, LINES, SIZES, VARIANTS, ATTRIBUTES, COLOURS, UNDRAWN)
    assert sorted(shown) == sorted(CLASSES | {f"{name}-dashed" for name in lines} | colours)


@pytest.mark.parametrize(
    ("tex", "bare"),
    [
        *((rf"\enclose{{{name}}}{{x+y}}", "x+y") for name in ("left", "right", "top", "bottom", "verticalstrike")),
        (r"\enclose{roundedbox}{x+y}", r"\enclose{box}{x+y}"),
        (r"\enclose{circle}{x+y}", r"\enclose{box}{x+y}"),
        *((rf"{{\{name} xy}}", "xy") for name in ("tiny", "small", "large", "Huge", "scriptstyle")),
        (r"{\scriptscriptstyle xy}", r"{\scriptstyle xy}"),
        *((rf"\text{name}{{ab}}", r"\text{ab}") for name in ("bf", "it", "sf", "tt")),
        (r"\bbox[yellow]{xy}", "xy"),
        (r"\color{red}{x}", "x"),
        (r"x\rule{1em}{1em}", r"x\hspace{1em}"),
        (r"\vec{x}", r"\overrightarrow{x}"),
    ],
)
def test_what_a_class_says_is_seen(tex: str, bare: str) -> None:
    assert drawn(tex)[0].content != drawn(bare)[0].content


def test_what_is_large_is_large_in_all_its_parts() -> None:
    one, large = (
        drawn(r"\displaystyle\left(\frac{a}{b}\right)")[1],
        drawn(r"\Huge\displaystyle\left(\frac{a}{b}\right)")[1],
    )
    assert large.width / one.width == pytest.approx(2.49, abs=0.2)
    assert large.height / one.height == pytest.approx(2.49, abs=0.2)


def test_a_round_frame_has_no_corners() -> None:
    assert dark_lines(drawn(r"\enclose{box}{x+y}")[1]) == (2, 2)
    assert dark_lines(drawn(r"\enclose{circle}{x+y}")[1]) == (0, 0)


def test_the_arrow_of_a_vector_takes_no_room_beside_its_letter() -> None:
    assert drawn(r"\vec{x}")[0].width < 1.3 * drawn("x")[0].width


def test_a_ground_is_light_and_a_frame_has_the_colour_of_what_it_holds() -> None:
    assert b'fill="#eae5d1"' in drawn(r"\bbox[yellow]{x}")[0].content
    assert b'stroke="#c8102e"' in drawn(r"\color{red}{\boxed{x}}")[0].content


def test_a_style_that_says_nothing_is_drawn_through() -> None:
    assert draw(math('<mstyle class="m-small"><mi>x</mi></mstyle><mo>=</mo><mi>y</mi>'))


def test_a_table_with_an_empty_row_is_drawn() -> None:
    assert draw(math("<mtable><mtr><mtd><mi>x</mi></mtd></mtr><mtr><mtd><mrow/></mtd><mtd/></mtr></mtable>"))


def test_a_formula_that_cannot_be_drawn_is_shown_as_tex_and_reported() -> None:
    reporter = Reporter()
    strange = replace(inline_math(), tex=r"\text{𓂀}", mathml=math("<mtext>𓂀</mtext>"))
    images = draw_formulas([strange], 1, reporter)
    assert images.show(strange) == r'<code class="tex">\text{𓂀}</code>'
    assert list(reporter.by_code()) == [Code.FORMULA_NOT_DRAWN]


@pytest.mark.parametrize("pixels", [False, True])
def test_a_formula_that_says_nothing_shows_nothing(*, pixels: bool) -> None:
    reporter = Reporter()
    empty = replace(numbered("p-e1"), tex="{}", mathml=math("<mrow/>"))
    assert draw_formulas([empty], 1, reporter, pixels=pixels).show(empty) == '<span class="math"></span>'
    assert not reporter.diagnostics


def test_equal_formulas_share_a_picture_and_keep_their_own_words() -> None:
    one = numbered("p-e1")
    other = replace(one, tex="y = {x}^2")
    images = draw_formulas([one, other, inline_math()], 1, Reporter())
    assert len(images.drawings) == 1
    assert 'alt="y = {x}^2"' in images.show(other)
    assert images.show(inline_math()) == '<span class="math"><i>x</i></span>'


def test_many_formulas_are_drawn_by_several_processes_as_by_one() -> None:
    many = [replace(numbered("p-e1"), mathml=math(f"<msqrt><mn>{number}</mn></msqrt>")) for number in range(70)]
    assert draw_formulas(many, 2, Reporter()) == draw_formulas(many, 1, Reporter())


def test_what_is_drawn_is_well_formed() -> None:
    drawing = draw(X)
    assert drawing
    assert etree.fromstring(drawing.content).tag == "{http://www.w3.org/2000/svg}svg"
