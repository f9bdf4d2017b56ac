"""``report.html``: what a build concluded, doubted and lost, for the editor, each beside its source."""

from __future__ import annotations

from typing import Final

from pipeline.book import ResolvedBook
from pipeline.diagnostics import Reporter
from pipeline.writers.contract import Artefact, File, WriterOptions
from pipeline.writers.html.page import font_face, page_rendering, page_style, render_page
from pipeline.writers.html.report_view import ReportView, report_view
from pipeline.writers.html.view import book_view
from pipeline.writers.html.writer import site_of

REPORT_PAGE: Final = "report.html"


def write_report(book: ResolvedBook, options: WriterOptions, reporter: Reporter) -> Artefact:
    """Return the report on everything that was reported so far; it links to the book's pages."""
    page = page_rendering(book)
    report = report_view(book, reporter, page, site_of(book, options.slug).href(book, REPORT_PAGE))
    formulas = [finding.formula for group in report.groups for finding in group.findings if finding.formula]
    style = page_style(font_face(book, formulas), _filter_rules(report), "report.css")
    words = page.phrases.report
    text = render_page("report.html.j2", book_view(book, page), style, title=words.title, report=report, words=words)
    return Artefact((File(REPORT_PAGE, text.encode()),))


def _filter_rules(report: ReportView) -> str:
    """The two filters as rules, so that they work without a script: what an option hides when it is chosen."""
    codes = "".join(
        f'main:has(#by-code [value="{kind.label}"]:checked) :is(.finding:not(.{kind.label}),'
        f"article:not(:has(.{kind.label}))){{display:none}}\n"
        for kind in report.kinds
    )
    posts = "".join(
        f'main:has(#by-post [value="{group.id}"]:checked) article:not(#{group.id}){{display:none}}\n'
        for group in report.groups
    )
    sizes = "".join(f"#{group.id}{{--rest:{3 + 6 * len(group.findings)}}}\n" for group in report.groups)
    return codes + posts + sizes
