"""The printed book as PDF: every formula tried first, the book set in two passes, the result read back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.book import Post, ResolvedBook
from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.document import Math
from pipeline.errors import ArtefactError
from pipeline.walk import descend, iter_inlines
from pipeline.writers.contract import Artefact, File, WriterOptions
from pipeline.writers.latex import book_to_latex, trial_driver
from pipeline.writers.latex_fit import PLAIN, Fit, fit_display, fit_inline
from pipeline.writers.latex_math import display_of, formula_to_latex, source_to_latex, trial_of
from pipeline.writers.latex_page import Page, page_of
from pipeline.writers.pdf_engine import Run, private_folder, run_xelatex, xelatex
from pipeline.writers.pdf_finish import finish, pages_of
from pipeline.writers.validate import Verdict, try_formulas

_NAME: Final = "book"
_SENTINEL: Final = "pipeline:complete"
_SECONDS: Final = 60.0
_SECONDS_PER_POST: Final = 3.0
_SMALLEST: Final = 0.6  # below this ratio a formula is hard to read, and the report says so


def write_pdf(book: ResolvedBook, options: WriterOptions, reporter: Reporter) -> Artefact:
    """Return the printed book, and the page on which each of its posts begins.

    Raises:
        MissingProgramError: XeLaTeX or a font is not installed.
        ArtefactError: the book could not be set.
    """
    xelatex()
    options.progress("trying formulas")
    formulas = _try(book, options.cache)
    _report(book, formulas, reporter)
    pdf = _run(book_to_latex(book, formulas.latex), book, options)
    finished = finish(pdf, book)
    return Artefact((File(f"{options.slug}.pdf", finished),), pages_of(finished, book))


@dataclass(frozen=True, slots=True)
class _Formulas:
    """What the trial found out about the formulas of a book, and how each is set because of it."""

    trials: dict[Math, str]
    verdicts: dict[str, Verdict]
    page: Page

    def latex(self, math: Math, indent: int) -> str:
        """Set a formula, or show its source if TeX would not take it."""
        if math.expanded is None or self.verdict(math).error:
            return source_to_latex(math)
        return formula_to_latex(math, self.fit(math, indent))

    def verdict(self, math: Math) -> Verdict:
        return self.verdicts.get(self.trials.get(math, ""), Verdict())

    def fit(self, math: Math, indent: int = 0) -> Fit:
        verdict = self.verdict(math)
        room = self.page.text_width - indent * self.page.size
        if verdict.width <= room:
            return PLAIN
        if not math.display:
            return fit_inline(verdict.width, verdict.excess, room)
        one_row = not display_of(math).environment
        return fit_display(verdict.width, verdict.excess, room, one_row=one_row, numbers=len(math.numbers))


def _try(book: ResolvedBook, cache: Path | None) -> _Formulas:
    found = {math for post in book.posts for math in _formulas(post) if math.expanded is not None}
    trials = {math: trial_of(math) for math in found}
    verdicts = try_formulas(sorted(filter(None, trials.values())), trial_driver(book.config.pdf), cache=cache)
    return _Formulas(trials, verdicts, page_of(book.config.pdf))


def _formulas(post: Post) -> Iterator[Math]:
    for inline in (*descend(post.title), *iter_inlines(post.blocks)):
        if isinstance(inline, Math):
            yield inline


def _report(book: ResolvedBook, formulas: _Formulas, reporter: Reporter) -> None:
    """Tell which formulas are shown as their source, and which are scaled down until they are hard to read."""
    for post in book.posts:
        for math in _formulas(post):
            verdict = formulas.verdict(math)
            if verdict.error:
                reporter.report(Code.FORMULA_NOT_PRINTED, f"TeX says: {verdict.error}", math.span, post=post.id)
            elif (ratio := formulas.fit(math).ratio) < _SMALLEST:
                message = f"the formula is {1 / ratio:.1f} times as wide as the line, and scaled to fit it"
                reporter.report(Code.FORMULA_SCALED, message, math.span, post=post.id)


def _run(content: str, book: ResolvedBook, options: WriterOptions) -> bytes:
    """Set the book: once for the page numbers, once with them."""
    timeout = _SECONDS + _SECONDS_PER_POST * len(book.posts)
    epoch = int(book.config.metadata.modified.timestamp())
    with private_folder() as folder:
        (folder / f"{_NAME}.tex").write_text(content, encoding="utf-8")
        for draft in (True, False):
            options.progress("setting pages" if draft else "setting pages with their numbers")
            _judge(run_xelatex(folder, _NAME, epoch=epoch, timeout=timeout, draft=draft))
        return (folder / f"{_NAME}.pdf").read_bytes()


def _judge(run: Run) -> None:
    if run.timed_out or run.status or _SENTINEL not in run.log or "\n! " in run.log:
        first = next((line for line in run.log.splitlines() if line.startswith("!")), "")
        raise ArtefactError(f"XeLaTeX could not set the book: {first[2:] or 'it ended early'}")
