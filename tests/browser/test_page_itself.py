"""What holds of the page whoever reads it: whole without its script, narrow, on paper, deaf to what a dump orders."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pymupdf
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from pages import Opener, build_page

pytestmark = pytest.mark.browser


@pytest.fixture
def page(open_page: Opener, anthology: Path) -> Page:
    return open_page(anthology)


def test_every_link_within_the_page_has_its_target(page: Page) -> None:
    dangling = page.evaluate(
        """[...document.querySelectorAll('a[href^="#"]')].map(a => decodeURIComponent(a.hash.slice(1)))
           .filter(id => !document.getElementById(id))"""
    )
    assert dangling == []


def test_no_id_stands_twice(page: Page) -> None:
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))


def test_headings_go_down_one_level_at_a_time(page: Page) -> None:
    levels = page.evaluate("[...document.querySelectorAll('main :is(h1,h2,h3,h4,h5,h6)')].map(h => +h.localName[1])")
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_is_wider_than_the_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    for post in page.locator("article").all():
        post.scroll_into_view_if_needed()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_titles_are_divided_between_their_phrases_and_found_as_a_whole(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    title = "变分自编码器（一）：从一个积分说起"
    lines = """phrases => phrases.map(phrase => {
        const tops = [...phrase.getClientRects()].map(box => Math.round(box.top));
        return [phrase.textContent, new Set(tops).size];
    })"""
    for place in ("article .title", ".contents li"):
        phrases = page.locator(place).first.locator('[class^="phrase-"]:not([class^="phrase-"] *)')
        assert phrases.evaluate_all(lines) == [["变分自编码器（一）：", 1], ["从一个积分说起", 1]]
    assert page.evaluate("title => find(title)", title)
    assert page.evaluate("getSelection().toString()") == title


def test_without_script_all_is_there_and_no_button_is_dead(browser: Browser, anthology: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(anthology.as_uri())
    expect(page.locator("article")).to_have_count(3)
    expect(page.locator(".contents a").first).to_be_visible()
    expect(page.locator("button:visible")).to_have_count(0)
    expect(page.locator("input:visible")).to_have_count(0)
    page.locator('.body p > a[href^="#"]').first.click()
    assert "#p-" in page.url
    context.close()


def test_nothing_from_the_source_runs(page: Page) -> None:
    assert page.evaluate("window.hacked") is None
    assert page.locator("main :is(script, iframe, object, embed), [onerror], [onload]").count() == 0
    assert page.locator('[href^="javascript:" i]').count() == 0
    expect(page.locator("article").last).to_contain_text("<script>window.hacked = 1</script>")


def test_the_policy_stops_a_script_that_got_in(context: BrowserContext, anthology: Path) -> None:
    page = context.new_page()
    page.goto(anthology.as_uri())
    with page.expect_console_message(lambda message: "Content Security Policy" in message.text):
        page.evaluate(
            "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.hacked = 9'}))"
        )
    assert page.evaluate("window.hacked") is None


def test_no_style_attribute_asks_for_more_than_the_policy_gives(page: Page) -> None:
    assert page.locator("[style]").count() == 0


@pytest.mark.parametrize(("language", "face"), [("zh-CN", "SC"), ("zh-Hant", "TC"), ("zh-TW", "TC"), ("ja", "JP")])
def test_ideographs_have_the_shapes_of_the_books_language(page: Page, language: str, face: str) -> None:
    page.evaluate("language => { document.documentElement.lang = language }", language)
    fonts = page.evaluate("getComputedStyle(document.body).fontFamily")
    assert f"Noto Serif CJK {face}" in fonts
    assert fonts.count("Noto Serif CJK") == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_of_formulas_can_be_read(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # a literal, by way of parametrize
    ratios = page.evaluate(
        """() => {
          const channel = v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4
          const light = colour => { const [r, g, b] = colour.match(/[\\d.]+/g).map(v => channel(v / 255))
                                    return .2126 * r + .7152 * g + .0722 * b }
          const paper = light(getComputedStyle(document.body).backgroundColor)
          return [...document.querySelectorAll('[class^="mc-"]')].map(e => {
            const ink = light(getComputedStyle(e).color)
            return (Math.max(ink, paper) + .05) / (Math.min(ink, paper) + .05) })
        }"""
    )
    assert len(ratios) == 4
    assert min(ratios) >= 4.5


def test_a_post_out_of_sight_keeps_its_text_but_nothing_that_it_was_drawn_with(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 200})
    words = page.evaluate("document.querySelector('#text').textContent")
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def drawn() -> float:
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        session.send("HeapProfiler.collectGarbage")
        metrics = session.send("Performance.getMetrics")["metrics"]
        return float(next(metric["value"] for metric in metrics if metric["name"] == "LayoutObjects"))

    first = page.locator("article").first
    first.scroll_into_view_if_needed()
    while_seen = drawn()
    page.locator("#about").scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    drawn()
    assert drawn() < while_seen - first.locator("*").count() / 2
    assert page.evaluate("document.querySelector('#text').textContent") == words


def test_a_table_wider_than_the_window_scrolls_and_breaks_no_number(open_page: Opener, tmp_path: Path) -> None:
    cells = [f"{number}.25" for number in range(10, 30)]
    rows = ["# 表", "", "|" + "数值|" * 20, "|" + "--:|" * 20, "|" + "|".join(cells) + "|"]
    (tmp_path / "table.md").write_text("\n".join([*rows, "", "表后。", ""]), encoding="utf-8")
    page = open_page(build_page(tmp_path / "table.md", tmp_path / "out"))
    page.set_viewport_size({"width": 360, "height": 740})
    box = page.locator(".table")
    box.scroll_into_view_if_needed()
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    heights = page.locator("td").evaluate_all("cells => cells.map(cell => cell.clientHeight / cell.clientWidth)")
    assert max(heights) < 1


def test_on_paper_there_is_all_the_text_and_none_of_the_tools(page: Page) -> None:
    text = _text_of(page.pdf())
    assert "高斯积分" in text
    assert "不怀好意的文字" in text
    assert "筛选目录" not in text
    assert "下一篇" not in text


def test_links_of_places_to_themselves_are_not_printed(page: Page) -> None:
    linked = "[...document.querySelectorAll('.permalink')].map(link => link.getAttribute('href'))"
    before = page.evaluate(linked)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert set(page.evaluate(linked)) == {None}
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(linked) == before
    assert None not in before


def test_on_paper_only_what_is_long_is_smaller(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 200})
    page.reload()
    shrunk = "[...document.querySelectorAll('.body .formula[tabindex]')].map(box => box.scrollWidth > box.clientWidth)"
    assert False in page.evaluate(shrunk), "no formula is far from the window"
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert set(page.evaluate(shrunk)) == {True}


def test_on_paper_long_code_may_be_divided_and_an_entry_of_the_contents_may_not(
    open_page: Opener, tmp_path: Path
) -> None:
    short, long = "\n".join(["x = 1"] * 5), "\n".join(["y = 2"] * 30)
    (tmp_path / "code.md").write_text(
        f"# 码\n\n短：\n\n```\n{short}\n```\n\n长：\n\n```\n{long}\n```\n", encoding="utf-8"
    )
    page = open_page(build_page(tmp_path / "code.md", tmp_path / "out"))
    page.keyboard.press("j")
    current = page.locator(".contents [aria-current]")
    expect(current).to_have_count(1)
    page.emulate_media(media="print")
    breaks = page.locator("pre").evaluate_all("boxes => boxes.map(box => getComputedStyle(box).breakInside)")
    assert breaks == ["avoid", "auto"]
    expect(current).to_have_css("color", page.evaluate("getComputedStyle(document.body).color"))
    expect(page.locator(".contents li").first).to_have_css("break-inside", "avoid")


def _text_of(pdf: bytes) -> str:
    with pymupdf.open(stream=pdf, filetype="pdf") as printed:  # type: ignore[no-untyped-call] # no annotations
        return "".join(sheet.get_text() for sheet in printed)


# Polled in the page, frame by frame: `wait_for_function` polls with `eval`, which the page's policy forbids.
_LANDS = """async id => {
  for (let frame = 0; frame < 300; frame++) {
    if (Math.abs(document.getElementById(id).getBoundingClientRect().top) < 120) return true
    await new Promise(requestAnimationFrame)
  }
  return false
}"""


def test_a_jump_lands_on_its_target(open_page: Opener, anthology: Path) -> None:
    page = open_page(anthology)
    last = page.locator("article").last.get_attribute("id")
    page.evaluate("id => { location.hash = id }", last)
    assert page.evaluate(_LANDS, last)
