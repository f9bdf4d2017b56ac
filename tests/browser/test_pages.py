"""The other pages: a book divided into a small site, and the report for the editor."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pymupdf
import pytest
from playwright.sync_api import Browser, expect

from pages import SOURCE, Opener, build_page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small anthology with a page for each post."""
    return build_page(SOURCE, tmp_path_factory.mktemp("site"), split="post")


def test_a_divided_book_is_read_from_page_to_page(open_page: Opener, site: Path) -> None:
    page = open_page(site)
    expect(page.locator("article")).to_have_count(0)
    page.locator(".contents li a").first.click()
    expect(page.locator("article")).to_have_count(1)
    expect(page.locator("article .title")).to_have_text("变分自编码器（一）：从一个积分说起")
    page.keyboard.press("j")
    expect(page.locator("article .title")).to_have_text("变分自编码器（二）：换一个角度")
    page.locator(".body a").first.click()
    expect(page.locator("article .title")).to_have_text("变分自编码器（一）：从一个积分说起")
    page.locator(".home").click()
    expect(page.locator(".front h1")).to_be_visible()


def test_a_divided_book_can_be_searched_as_a_whole(open_page: Opener, site: Path) -> None:
    page = open_page(site)
    page.keyboard.press("/")
    page.keyboard.type("\\frac{1}{\\sqrt")
    page.locator("#find a").click()
    expect(page.locator("article")).to_have_count(3)
    expect(page.locator("#find-count")).to_have_text("1 处，1 篇")
    page.locator("article .title a").first.click()
    expect(page.locator("article")).to_have_count(1)


def test_a_page_of_a_divided_book_says_that_it_alone_has_nothing_and_offers_the_others(
    open_page: Opener, site: Path
) -> None:
    page = open_page(min(site.parent.glob("book/p-*.html")))
    told, offer = page.locator("#find-count"), page.locator("#find a").get_by_text("在全书中搜索")
    page.keyboard.press("/")
    expect(offer).to_be_hidden()
    page.keyboard.type("无处有此")
    expect(told).to_have_text("本页没有")
    expect(page.locator("#find a svg")).to_be_hidden()
    offer.click()
    expect(told).to_have_text("没有找到")
    expect(page.locator("#find-text")).to_have_value("无处有此")
    expect(page.locator("#find a")).to_have_count(0)


def test_no_link_of_a_divided_book_is_dead(open_page: Opener, site: Path) -> None:
    for file in sorted([site, *site.parent.rglob("book/*.html")]):
        page = open_page(file)
        for href in page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.href)"):
            address, _, fragment = href.partition("#")
            if address.startswith("file:"):
                target = Path(unquote(urlsplit(address).path))
                assert target.exists(), href
                assert not fragment or f'id="{unquote(fragment)}"' in target.read_text(encoding="utf-8"), href
        page.close()


def test_the_report_filters_by_code_and_by_post_without_a_script(browser: Browser, anthology: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(anthology.with_name("report.html").as_uri())
    findings = page.locator(".finding:visible")
    everything = findings.count()
    assert everything > 1
    page.locator("#by-code").select_option("post-truncated")
    expect(findings).to_have_count(1)
    expect(page.locator("article:visible")).to_have_count(1)
    page.locator("#by-code").select_option("")
    page.locator("#by-post").select_option(index=1)
    expect(page.locator("article:visible")).to_have_count(1)
    context.close()


def test_the_report_is_printed_without_its_lists_and_not_a_sheet_for_each_post(
    open_page: Opener, anthology: Path
) -> None:
    page = open_page(anthology.with_name("report.html"))
    with pymupdf.open(stream=page.pdf(), filetype="pdf") as printed:  # type: ignore[no-untyped-call] # no annotations
        text = "".join(sheet.get_text() for sheet in printed)
        assert len(printed) == page.locator("article").count() == 2  # the front, and all that was found
    assert "编辑报告" in text
    assert "按类别" not in text


def test_typing_in_the_reports_lists_is_no_command(open_page: Opener, anthology: Path) -> None:
    page = open_page(anthology.with_name("report.html"))
    page.locator("#by-code").focus()
    page.keyboard.press("t")
    assert page.evaluate("document.documentElement.dataset.theme") == ""
    page.locator("#by-code").blur()
    page.keyboard.press("t")
    assert page.evaluate("document.documentElement.dataset.theme") != ""


def test_search_and_keys_of_the_report_see_what_its_lists_show(open_page: Opener, anthology: Path) -> None:
    page = open_page(anthology.with_name("report.html"))
    shown = page.locator("article:visible")
    everything = shown.count()
    assert everything > 1
    page.locator("#by-post").select_option(index=1)
    expect(shown).to_have_count(1)
    page.locator("#by-post").blur()
    page.keyboard.press("/")
    page.keyboard.type("a")
    assert page.locator("#find-list li").count() <= 1
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.evaluate("document.querySelector(location.hash).offsetParent !== null")


def test_the_report_shows_the_source_of_a_finding_and_leads_to_its_post(open_page: Opener, anthology: Path) -> None:
    page = open_page(anthology.with_name("report.html"))
    cut = page.locator(".finding.post-truncated")
    expect(cut.locator("mark")).to_contain_text("点击")
    expect(cut.locator(".place")).to_contain_text("anthology.txt:")
    page.locator("article", has=cut).locator(".date a").click()
    expect(page.locator("h1")).to_have_text("试验文集")
