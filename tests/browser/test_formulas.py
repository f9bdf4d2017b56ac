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


@pytest.mark.parametrize(("grown", "plain"), [(r"f\left(x_i^2\right)", "f(x_i^2)"), (r"\left\|x\right\|", r"\|x\|")])
def test_fences_around_letters_take_no_more_room_than_typed_ones(browser: Browser, grown: str, plain: str) -> None:
    page = browser.new_page()
    widths = []
    for tex in (grown, plain):
        page.set_content(page_of(convert_formula(tex, display=False).mathml or ""))
        page.evaluate("document.fonts.ready")
        widths.append(page.evaluate("document.querySelector('math').getBoundingClientRect().width"))
    page.close()
    assert widths[0] == pytest.approx(widths[1], abs=0.1)
