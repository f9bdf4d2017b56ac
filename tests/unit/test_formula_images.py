from __future__ import annotations

import io
import re
from dataclasses import replace
from itertools import chain

import pytest
from lxml import etree
from PIL import Image

from handmade import HERE, NAMESPACE, X, inline_math, numbered
from pipeline import mathml
from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.document import EquationNumber, Math, Str
from pipeline.mathml.convert import convert_formula
from pipeline.phrases import phrases_for
from pipeline.tex.colours import PALETTE
from pipeline.writers.xhtml.alttext import pieces_in
from pipeline.writers.xhtml.equations import render_display, render_inline_math
from pipeline.writers.xhtml.formula_images import draw_formulas
from pipeline.writers.xhtml.formula_images.classes import (
    ATTRIBUTES,
    COLOURS,
    LINES,
    NOTATIONS,
    UNDRAWN,
    VARIANTS,
)
from pipeline.writers.xhtml.formula_images.drawing import Drawing, draw, draw_pixels
from pipeline.writers.xhtml.formula_images.text import formula_as_text
from pipeline.writers.xhtml.formula_sizes import SIZES
from pipeline.writers.xhtml.inlines import inlines_to_markup
from pipeline.writers.xhtml.rendering import Flow, Rendering


def math(body: str) -> str:
    return f'<math xmlns="{NAMESPACE}">{body}</math>'


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<mi>x</mi>", "<i>x</i>"),
        ("<mi>sin</mi><mi>θ</mi>", "sin<i>θ</i>"),
        ("<msub><mi>x</mi><mn>1</mn></msub>", "<i>x</i><sub>1</sub>"),
        ("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", None),
        ('<mi mathvariant="normal">Γ</mi><mi>x</mi>', "Γ<i>x</i>"),
        ("<mi>a</mi><mo>=</mo><mo>−</mo><mi>b</mi>", "<i>a</i>\u2005=\u2005\u2005−\u2005<i>b</i>"),
        ("<mo>−</mo><mn>1</mn>", "−1"),
        ("<mi>𝑾</mi>", "<b><i>W</i></b>"),
        ("<mi>𝐰</mi>", "<b>w</b>"),
        ("<mi>a</mi><mo>&lt;</mo><mi>b</mi>", "<i>a</i>\u2005&lt;\u2005<i>b</i>"),
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
        ("x=-1", "<i>x</i>\u2005=\u2005−1"),
        ("x-1", "<i>x</i>\u2005−\u20051"),
        ("-x", "−<i>x</i>"),
        ("(-1,+1)", "(−1,\u2006+1)"),
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
        ("<mi>x</mi><mo>,</mo><mi>x</mi>", '<mi>x</mi><mo lspace="0em" rspace="0em">,</mo><mi>x</mi>', 3 / 18),
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
    assert ground.get("fill-opacity") == "0.6"
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


@pytest.mark.parametrize("tex", [r"\color{red}{x}", r"\bbox[yellow]{x}", r"\color{red}{\boxed{\phantom{x}}}"])
def test_the_ground_under_a_colour_lets_nothing_through(tex: str) -> None:
    ground = etree.fromstring(drawn(tex)[0].content)[0]
    assert (ground.get("fill"), ground.get("fill-opacity")) == ("#fff", None)


@pytest.mark.parametrize("tex", [r"\bcancel{x}", r"\boxed{x}", r"\sqrt{x}"])
def test_the_ground_under_black_lines_is_sheer(tex: str) -> None:
    assert etree.fromstring(drawn(tex)[0].content)[0].get("fill-opacity") == "0.6"


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


PAGE = Rendering(
    post_href=str, anchor_href=str, resource_href=str, phrases=phrases_for("zh"), breaks=True, alttext=True
)


def laid(*formulas: Math) -> list[str]:
    """What a page has of each formula, in MathML that carries its TeX."""
    return [render_display(each, PAGE) if each.display else render_inline_math(each, PAGE) for each in formulas]


def shown(*formulas: Math, reporter: Reporter | None = None, pixels: bool = False) -> list[str]:
    pages = laid(*formulas)
    images = draw_formulas(pages, formulas, 1, reporter or Reporter(), pixels=pixels)
    return [images.shown(page) for page in pages]


def display(tex: str, *rows: int) -> Math:
    """A displayed formula, with a number at each of these of its rows."""
    numbers = tuple(EquationNumber(str(row + 1), row, anchor=f"e{row}") for row in rows)
    return replace(numbered("p-e1"), tex=tex, mathml=convert_formula(tex, display=True).mathml, numbers=numbers)


def test_a_formula_that_cannot_be_drawn_is_shown_as_tex_and_reported() -> None:
    reporter = Reporter()
    strange = replace(inline_math(), tex=r"\text{𓂀}", mathml=math("<mtext>𓂀</mtext>"))
    assert shown(strange, reporter=reporter) == [r'<code class="tex">\text{𓂀}</code>']
    assert list(reporter.by_code()) == [Code.FORMULA_NOT_DRAWN]


@pytest.mark.parametrize("pixels", [False, True])
def test_a_formula_that_says_nothing_shows_nothing(*, pixels: bool) -> None:
    reporter = Reporter()
    empty = replace(inline_math(), tex="{}", mathml=math("<mrow></mrow>"))
    assert shown(empty, reporter=reporter, pixels=pixels) == ['<span class="math"></span>']
    assert not reporter.diagnostics


def test_equal_formulas_share_a_picture_and_keep_their_own_words() -> None:
    one = numbered("p-e1")
    other = replace(one, tex="y = {x}^2")
    pages = laid(one, other, inline_math())
    images = draw_formulas(pages, [one, other, inline_math()], 1, Reporter())
    assert len(images.drawings) == 1
    assert 'alt="y = {x}^2"' in images.shown(pages[1])
    assert images.shown(pages[2]) == '<span class="math"><i>x</i></span>'


LONG = r"f(x) = a_1 + a_2 x + a_3 x^2 + a_4 x^3 + a_5 x^4 + a_6 x^5 \leq g(x) + h(x) + 1"


def alts(markup: str) -> list[str]:
    return re.findall(r'<img class="math" [^>]* alt="([^"]*)"/>', markup)


def test_a_long_display_is_pictures_of_its_pieces_of_which_one_speaks() -> None:
    (markup,) = shown(display(LONG))
    assert alts(markup)[0] == LONG
    assert len(alts(markup)) > 2
    assert set(alts(markup)[1:]) == {""}


def test_a_short_display_is_one_picture() -> None:
    assert alts(shown(display("f(x) = a"))[0]) == ["f(x) = a"]


def test_each_number_stands_at_the_picture_of_its_row() -> None:
    tex = r"\begin{align}a &= \frac12 \\ b &= \frac13\end{align}"
    first, second = re.findall(r"<tr.*?</tr>", shown(display(tex, 0, 1))[0])
    assert (alts(first), alts(second)) == ([tex.replace("&", "&amp;"), ""], ["", ""])
    assert '<td class="number">(1)</td>' in first
    assert '<td class="number">(2)</td>' in second


def test_rows_without_numbers_are_one_picture() -> None:
    assert len(alts(shown(display(r"\begin{align*}a &= \frac12 \\ b &= \frac13\end{align*}"))[0])) == 1


def test_what_is_in_a_row_of_its_own_is_drawn_as_a_display() -> None:
    tex = r"\begin{align}a &= \frac12 \\ b &= \frac13\end{align}"
    (page,) = laid(display(tex, 0, 1))
    assert [piece.display for piece in pieces_in(page)] == [True] * 4
    assert not pieces_in(laid(inline_math())[0])[0].display


@pytest.mark.parametrize(
    ("before", "after", "names"),
    [
        ("设", "是", "math han-both"),
        ("设", "，", "math han-before"),
        ("（", "是", "math han-after"),
        ("", "，", "math"),
    ],
)
def test_a_picture_leaves_a_gap_beside_ideographs_and_none_beside_marks(before: str, after: str, names: str) -> None:
    root = replace(inline_math(), tex=r"\sqrt x", mathml=math("<msqrt><mi>x</mi></msqrt>"))
    line = inlines_to_markup((Str(before, HERE), root, Str(after, HERE)), PAGE, Flow())
    drawn_line = draw_formulas([line], [root], 1, Reporter()).shown(line)
    assert f'<img class="{names}" ' in drawn_line


def test_many_formulas_are_drawn_by_several_processes_as_by_one() -> None:
    many = [replace(numbered("p-e1"), mathml=math(f"<msqrt><mn>{number}</mn></msqrt>")) for number in range(70)]
    assert draw_formulas(laid(*many), many, 2, Reporter()) == draw_formulas(laid(*many), many, 1, Reporter())


def test_what_is_drawn_is_well_formed() -> None:
    drawing = draw(X)
    assert drawing
    assert etree.fromstring(drawing.content).tag == "{http://www.w3.org/2000/svg}svg"
