"""What a reader does with the page: look up a reference, search, copy, go on, change the light."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pages import Opener, build_page

pytestmark = pytest.mark.browser

_FIRST = "变分自编码器（一）：从一个积分说起"
_SECOND = "变分自编码器（二）：换一个角度"
_REFERENCE = '.body p > a[href^="#"]'
_GAUSS = r"\begin{equation}\int_{-\infty}^{\infty} e^{-x^2} dx = \sqrt{\pi}\label{eq:gauss}\end{equation}"


@pytest.fixture
def page(open_page: Opener, anthology: Path) -> Page:
    return open_page(anthology)


def _clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def _select(page: Page, selector: str) -> None:
    page.evaluate("selector => getSelection().selectAllChildren(document.querySelector(selector))", selector)


def _theme(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_a_reference_shows_its_equation_to_pointer_and_keyboard(page: Page) -> None:
    reference = page.locator(_REFERENCE).first
    preview = page.locator("#preview")
    expect(preview).to_be_hidden()
    reference.hover()
    expect(preview.locator("math")).to_be_visible()
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()
    reference.focus()
    expect(preview).to_be_visible()
    expect(reference).to_have_attribute("aria-describedby", "preview")


def test_a_preview_repeats_no_id(page: Page) -> None:
    page.locator(_REFERENCE).first.hover()
    expect(page.locator("#preview")).to_be_visible()
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id).filter(Boolean)")
    assert len(ids) == len(set(ids))


def test_a_mention_of_a_post_shows_how_it_begins(page: Page) -> None:
    page.locator(".body a", has_text=_FIRST).hover()
    expect(page.locator("#preview")).to_contain_text("高斯积分")


def test_search_counts_and_marks_what_it_finds_in_chinese(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("积分")
    expect(page.locator("#find-count")).to_have_text("4 处，2 篇")
    page.keyboard.press("Enter")
    expect(page.locator("#find-count")).to_have_text("1/4 处，2 篇")
    here = page.evaluate("[...CSS.highlights.get('found-here')].map(String)")
    assert here == ["积分"]
    page.keyboard.press("Shift+Enter")
    expect(page.locator("#find-count")).to_have_text("4/4 处，2 篇")


def test_search_knows_no_case_and_no_width(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("ＳoftMax")
    expect(page.locator("#find-count")).to_have_text("2 处，1 篇")


def test_search_finds_tex(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("\\frac{1}{\\sqrt")
    expect(page.locator("#find-count")).to_have_text("1 处，1 篇")
    page.keyboard.press("Enter")
    within = page.evaluate("[...CSS.highlights.get('found-here')][0].cloneContents().querySelectorAll('math').length")
    assert within == 1


def test_search_says_when_there_is_nothing(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("没有这几个字")
    expect(page.locator("#find-count")).to_have_text("没有找到")
    page.keyboard.press("Escape")
    expect(page.locator("#find")).to_be_hidden()


def test_typing_filters_the_contents(page: Page) -> None:
    entries = page.locator(".contents li:visible")
    before = entries.count()
    page.locator("#filter").fill("不怀好意")
    expect(entries).to_have_count(1)
    page.locator("#filter").fill("")
    expect(entries).to_have_count(before)


def test_copying_text_gives_the_tex_of_its_formulas(page: Page) -> None:
    _select(page, "article .body p")
    page.keyboard.press("Control+c")
    assert r"则$p(x)=\frac{1}{\sqrt{2\pi}}e^{-x^2/2}$处处为正" in _clipboard_of_second_paragraph(page)


def _clipboard_of_second_paragraph(page: Page) -> str:
    page.evaluate(
        "getSelection().selectAllChildren([...document.querySelectorAll('.body p')].find(p => p.querySelector('math')))"
    )
    page.keyboard.press("Control+c")
    return _clipboard(page)


def test_copying_within_a_formula_gives_that_formula(page: Page) -> None:
    _select(page, ".equation math")
    page.keyboard.press("Control+c")
    assert _clipboard(page) == _GAUSS


def test_copied_text_keeps_the_dollars_that_tex_asks_for(open_page: Opener, tmp_path: Path) -> None:
    formulas = (r"$$\begin{pmatrix}1&2\end{pmatrix}$$", r"$$\begin{aligned}a&=b\end{aligned}$$", "$$x$$", "$y$")
    alone = r"\begin{align*}a&=b\end{align*}"
    source = tmp_path / "a.txt"
    source.write_text("\n\n".join(("1 Jan 2020", "一篇", "正文如下。", *formulas, alone)), encoding="utf-8")
    page = open_page(build_page(source, tmp_path / "out"))
    _select(page, ".body")
    page.keyboard.press("Control+c")
    assert _clipboard(page).split() == ["正文如下。", *formulas, alone]


def test_copied_code_has_its_lines(open_page: Opener, tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text("# 码\n\n式$x$。\n\n```python\nif a:\n    b\n\nc\n```\n", encoding="utf-8")
    page = open_page(build_page(source, tmp_path / "out"))
    for selector in (".body", "pre"):  # with a formula, the script copies
        _select(page, selector)
        page.keyboard.press("Control+c")
        assert "if a:\n    b\n\nc" in _clipboard(page)


def test_a_button_copies_a_displayed_formula(page: Page) -> None:
    page.locator(".equation").first.hover()
    page.locator("#copy").click()
    expect(page.locator("#copy")).to_have_text("已复制")
    assert _clipboard(page) == _GAUSS


def test_j_and_k_go_from_post_to_post(page: Page) -> None:
    title = "document.activeElement.querySelector('.title')?.textContent"
    page.keyboard.press("j")
    assert page.evaluate(title) == _FIRST
    page.keyboard.press("j")
    assert page.evaluate(title) == _SECOND
    page.keyboard.press("k")
    assert page.evaluate(title) == _FIRST
    assert page.url.endswith(str(page.evaluate("document.querySelector('article').id")))


def test_j_reaches_every_post_of_a_tall_window_and_k_comes_back(open_page: Opener, tmp_path: Path) -> None:
    source = tmp_path / "short.txt"
    bodies = ("".join(f"{day} May 2018\n\n第{day}篇\n\n第{day}篇写得很短。\n\n" for day in range(1, 9)),)
    source.write_text("".join(bodies), encoding="utf-8")
    page = open_page(build_page(source, tmp_path))
    page.set_viewport_size({"width": 1280, "height": 1600})
    ids = page.evaluate("[...document.querySelectorAll('#text article')].map(post => '#' + post.id)")
    marked = page.locator("#contents [aria-current]")
    for key, order in (("j", ids), ("k", ids[-2::-1])):
        for name in order:
            page.keyboard.press(key)
            assert page.evaluate("location.hash") == name
            expect(marked).to_have_attribute("href", name)


def test_search_reads_a_line_end_as_a_space(open_page: Opener, tmp_path: Path) -> None:
    source = tmp_path / "lines.txt"
    source.write_text("1 May 2018\n\nA title\n\nWe follow the gradient\ndescent of it.\n", encoding="utf-8")
    page = open_page(build_page(source, tmp_path))
    page.keyboard.press("/")
    page.keyboard.type("gradient descent")
    expect(page.locator("#find-count")).to_have_text("1 处，1 篇")


def test_nothing_is_done_behind_the_help_but_closing_it(page: Page) -> None:
    page.keyboard.press("?")
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_hidden()
    page.keyboard.press("?")
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_visible()


def test_the_theme_is_the_systems_until_it_is_chosen_and_then_remembered(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    dark = _theme(page)
    page.emulate_media(color_scheme="light")
    light = _theme(page)
    assert dark != light
    page.keyboard.press("t")
    assert _theme(page) == dark
    page.reload()
    assert _theme(page) == dark
    page.locator("#theme").click()
    assert _theme(page) == light


def test_letters_typed_into_a_field_are_no_commands(page: Page) -> None:
    before = _theme(page)
    page.locator("#filter").press_sequentially("tj?")
    assert _theme(page) == before
    expect(page.locator("#help")).to_be_hidden()


def test_a_question_mark_shows_the_keys(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()


def test_a_formula_longer_than_its_line_scrolls_and_takes_the_focus(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    box = page.locator(".formula", has=page.locator("math")).filter(has_text="ℒ")
    box.scroll_into_view_if_needed()
    expect(box).to_have_attribute("tabindex", "0")
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    short = page.locator(".equation.numbered .formula").first
    short.scroll_into_view_if_needed()
    expect(short).not_to_have_attribute("tabindex", "0")


def test_found_passages_are_shown_without_tex_but_for_what_was_found(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("处处为正")
    shown = page.locator("#find-list span").first
    expect(shown).to_have_text(re.compile("则……?处处为正"))
    page.locator("#find-text").fill("\\frac{1}{\\sqrt")
    expect(shown).to_have_text(re.compile(r"…\\frac\{1\}\{\\sqrt…"))


def test_on_a_phone_the_search_field_holds_what_is_typed(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.keyboard.press("/")
    page.keyboard.type("积分")
    assert page.locator("#find-text").evaluate("field => field.clientWidth") > 180
    expect(page.locator("#find-count")).to_be_visible()


def test_a_previewed_post_begins_with_a_bold_title(page: Page) -> None:
    page.locator(".body a", has_text=_FIRST).hover()
    title, date = page.locator("#preview .title"), page.locator("#preview .date")
    expect(title).to_have_css("font-weight", "700")
    expect(date).to_have_css("text-indent", "0px")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fields_stand_out_from_the_paper_and_links_of_headings_can_be_hit(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    contrast = page.locator("#filter").evaluate(
        """field => {
            const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
            const luminance = colour => {
                canvas.fillStyle = colour;
                canvas.fillRect(0, 0, 1, 1);
                const parts = [...canvas.getImageData(0, 0, 1, 1).data].map(part => part / 255)
                    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
                return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] + 0.05;
            };
            const style = getComputedStyle(field);
            const [one, other] = [luminance(style.borderTopColor), luminance(style.backgroundColor)];
            return Math.max(one, other) / Math.min(one, other);
        }"""
    )
    assert contrast >= 3
    box = page.locator(".body .permalink:not(.number *)").last.bounding_box()
    assert box
    assert box["width"] >= 24
    assert box["height"] >= 24


def test_the_copy_button_hardly_touches_its_formula(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    equation = page.locator(".equation").first
    equation.hover()
    button, formula = page.locator("#copy").bounding_box(), equation.bounding_box()
    assert button
    assert formula
    assert button["y"] + button["height"] - formula["y"] < 4
