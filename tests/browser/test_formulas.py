"""Formulas as a browser paints them with the font that books embed."""

from __future__ import annotations

import io
from base64 import b64encode
from itertools import groupby
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from pipeline.mathml.convert import convert_formula
from pipeline.writers.mathfont import math_font

pytestmark = pytest.mark.browser

STYLES = (Path(__file__).parents[2] / "styles" / "math.css").read_text(encoding="utf-8")
EM = 16
WIDTH = 250  # what Chromium paints at once: it leaves out of other tiles what sticks out of an operator's box


def page_of(mathml: str) -> str:
    font = b64encode(math_font([mathml])).decode()
    face = f"@font-face {{ font-family: F; src: url(data:font/woff2;base64,{font}) }} math {{ font: 16px F }}"
    return f"<!doctype html><style>{STYLES} {face}</style><p>{mathml}"


@pytest.mark.parametrize(
    "tex",
    [
        r"\overline{A\cup B\cup C}",
        r"\underline{a+b+c+d}",
        r"\xlongequal{xxxxxxxx}",
        r"\xrightarrow{xxxxxxxx}",
        r"\xrightleftharpoons{xxxxxxxx}",
        r"\xtwoheadrightarrow{xxxxxxxx}",
    ],
)
def test_bars_and_arrows_are_as_long_as_what_they_belong_to(browser: Browser, tex: str) -> None:
    page = browser.new_page(viewport={"width": WIDTH, "height": 100})
    page.set_content(page_of(convert_formula(tex, display=False).mathml or ""))
    page.evaluate("document.fonts.ready")
    length = page.evaluate("document.querySelector('mover, munder').getBoundingClientRect().width")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("L")
    page.close()
    rows = (picture.crop((0, y, picture.width, y + 1)).tobytes() for y in range(picture.height))
    lines = (len(list(run)) for row in rows for dark, run in groupby(value < 170 for value in row) if dark)
    assert max(lines) > 0.85 * length


@pytest.mark.parametrize(("grown", "plain"), [(r"\left(x_i^2\right)", "(x_i^2)"), (r"\left\|x\right\|", r"\|x\|")])
def test_fences_around_letters_take_no_more_room_than_typed_ones(browser: Browser, grown: str, plain: str) -> None:
    page = browser.new_page()
    widths = []
    for tex in (grown, plain):
        page.set_content(page_of(convert_formula(tex, display=False).mathml or ""))
        page.evaluate("document.fonts.ready")
        widths.append(page.evaluate("document.querySelector('math').getBoundingClientRect().width"))
    page.close()
    assert widths[0] == pytest.approx(widths[1], abs=0.1)


def boxes(browser: Browser, tex: str, selector: str) -> list[dict[str, float]]:
    """Where the elements of a displayed formula are."""
    page = browser.new_page()
    page.set_content(page_of(convert_formula(tex, display=True).mathml or ""))
    page.evaluate("document.fonts.ready")
    found: list[dict[str, float]] = page.eval_on_selector_all(
        selector, "nodes => nodes.map(node => node.getBoundingClientRect().toJSON())"
    )
    page.close()
    return found


def test_relations_that_end_cells_stand_under_one_another(browser: Browser) -> None:
    tex = r"\begin{aligned}a+b =& c\\ =& d\\ \sum_i x \leq& e\end{aligned}"
    ends = {round(box["right"], 1) for box in boxes(browser, tex, ".m-right mo:last-child")}
    assert len(ends) == 1


@pytest.mark.parametrize("outer", ["%s", r"\begin{array}{|c|}\hline %s\\ \hline\end{array}"])
def test_a_frame_keeps_clear_of_the_rows_in_it(browser: Browser, outer: str) -> None:
    tex = outer % r"\bbox[border: 1px dashed; padding: 5px]{\begin{aligned}a&=b\\c&=d\end{aligned}}"
    (frame,), cells = boxes(browser, tex, ".m-box"), boxes(browser, tex, ".m-box mtd")
    assert min(cell["left"] for cell in cells) - frame["left"] > 3
    assert frame["right"] - max(cell["right"] for cell in cells) > 3


def test_limits_keep_clear_of_the_bar_of_a_fraction(browser: Browser) -> None:
    sums = r"\frac{\sum\limits_i^n x}{\sum\limits_i^n x}"
    above, below = (boxes(browser, sums, f"mfrac > :{side}-child mi") for side in ("first", "last"))
    assert min(box["top"] for box in below) - max(box["bottom"] for box in above) > 0.5 * EM


def test_there_is_air_beside_fractions_but_not_beside_piles(browser: Browser) -> None:
    for tex, least, most in ((r"x\frac{a}{b}y", 0.2, 0.3), (r"x{a\atop b}y", 0, 0.15)):
        (pile,), (upper,) = boxes(browser, tex, "mfrac"), boxes(browser, tex, "mfrac > :first-child")
        assert least * EM < pile["width"] - upper["width"] < most * EM
