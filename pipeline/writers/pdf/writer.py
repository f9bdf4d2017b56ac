"""The printed book as PDF: every formula tried first, the book set in one pass, the result read back."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, fields, replace
from typing import Final

from pipeline.book import ResolvedBook
from pipeline.codes import Code
from pipeline.config import PdfOptions
from pipeline.diagnostics import Reporter, counted
from pipeline.document import InlineCode, Math, Str
from pipeline.errors import ArtefactError, PipelineError
from pipeline.formulas import shown_formulas
from pipeline.posts import inlines_of
from pipeline.source import Span
from pipeline.writers.contract import Artefact, File, WriterOptions
from pipeline.writers.latex.fit import Fit, Shape, Size, fit_display, fit_inline
from pipeline.writers.latex.math import Display, Prepared, prepare, printable, set_formula, source_to_latex, trial_of
from pipeline.writers.latex.page import Page, page_of
from pipeline.writers.latex.writer import book_rest, book_start, trial_driver
from pipeline.writers.metadata import modified_of
from pipeline.writers.pdf.engine import Engine, MissingFontError, Run, engine, xelatex
from pipeline.writers.pdf.finish import finish
from pipeline.writers.pdf.images import image_files
from pipeline.writers.pdf.log import Failure, failure, missing_characters, wide_lines
from pipeline.writers.pdf.pages import printed_pages
from pipeline.writers.pdf.trial import Verdict, trial_engine, tried_before, try_formulas

_SECONDS: Final = 60.0
_SECONDS_PER_POST: Final = 3.0
_MOST_GIVEN_UP: Final = 20  # posts whose formulas are given up, in one more run each, before the whole book is
_NUMBER: Final = 2.8  # characters that the number of an equation takes, with the space before it
_OF_A_PAGE: Final = 0.9  # what a display may take of the height of the text
_ILLEGIBLE: Final = 0.25  # below this ratio nobody can read a formula, and its source says more
_SMALLEST: Final = 0.6  # below this ratio a formula is hard to read, and the report says so


def write_pdf(book: ResolvedBook, options: WriterOptions, reporter: Reporter) -> Artefact:
    """Return the printed book, and what begins on each of its pages.

    Raises:
        MissingProgramError: XeLaTeX or a font is not installed.
        ArtefactError: the book could not be set.
    """
    xelatex()
    options.progress("checking formulas")
    found = dict.fromkeys(math for post in book.posts for math in shown_formulas(post))
    with (
        _fonts_by_their_setting(book.config.pdf),
        _trial_engine(book, len(found), options) as trial,
        _book_engine(book, options) as setter,
    ):
        prepared = {math: prepare(math) for math in found if printable(math)}
        if options.jobs > 1:
            setter.begin()
        trials = {math: set_alone for math, formula in prepared.items() if (set_alone := trial_of(formula))}
        found_out = try_formulas(trials.values(), trial, cache=options.cache)
        verdicts = {math: found_out[set_alone] for math, set_alone in trials.items()}
        formulas = _Formulas(prepared, verdicts, page_of(book.config.pdf, book.config.metadata.language))
        _report(book, formulas, reporter)
        run = _set(book, formulas, setter, options, reporter)
    return Artefact((File(f"{options.slug}.pdf", finish(run.pdf, book)),), printed_pages(run.pages))


@dataclass(frozen=True, slots=True)
class _Formulas:
    """What the trial found out about the formulas of a book, and how each is set because of it."""

    prepared: dict[Math, Prepared]
    verdicts: dict[Math, Verdict]  # without those that have nothing to set
    page: Page
    distrusted: frozenset[Math] = frozenset()  # those of posts that could not be set with them

    def latex(self, math: Math, indent: int, number: int | None) -> str:
        """Set a formula, or show its source if TeX would not take it."""
        formula = self.prepared.get(math)
        if formula is None or math in self.distrusted or self.complaint(math):
            return source_to_latex(math, number)
        return set_formula(formula, self.fit(math, indent), number)

    def complaint(self, math: Math) -> str:
        """Why a formula is shown as its source although the gate lets it pass: TeX's reason or ours; or nothing."""
        verdict, fit = self.verdict(math), self.fit(math)
        if verdict.error:
            return verdict.error
        lines = verdict.width / self.page.text_width
        too_tall = fit.shape is Shape.BROKEN and lines * verdict.height > self.page.text_height * _OF_A_PAGE
        return "it does not fit on a page at a size that can be read" if too_tall or fit.ratio < _ILLEGIBLE else ""

    def verdict(self, math: Math) -> Verdict:
        return self.verdicts.get(math, Verdict())

    def fit(self, math: Math, indent: int = 0) -> Fit:
        verdict = self.verdict(math)
        size = Size(verdict.width, verdict.height)
        taken = indent + (_NUMBER if math.numbers else 0)
        room = Size(self.page.text_width - taken * self.page.size, self.page.text_height * _OF_A_PAGE)
        formula = self.prepared.get(math)
        if not isinstance(formula, Display):
            return fit_inline(size, room, verdict.excess)
        one_row = not formula.environment
        return fit_display(size, room, verdict.excess, one_row=one_row, numbers=len(math.numbers))


@contextmanager
def _fonts_by_their_setting(pdf: PdfOptions) -> Iterator[None]:
    """Say of a font that the user chose which setting names it: no package of TeX has it."""
    try:
        yield
    except MissingFontError as missing:
        chosen = next((field.name for field in fields(pdf) if getattr(pdf, field.name) == missing.font), None)
        if chosen is None:
            raise
        advice = f"correct {chosen} under [pdf], or install the font; fc-list shows what there is"
        raise MissingFontError(missing.font, advice) from None


@contextmanager
def _trial_engine(book: ResolvedBook, formulas: int, options: WriterOptions) -> Iterator[Engine]:
    """Make the engine that tries formulas; it begins at once where there is much to try."""
    driver = trial_driver(book.config.pdf, book.config.metadata.language)
    with trial_engine(driver, formulas) as trial:
        if options.jobs > 1 and formulas and not tried_before(driver, options.cache):
            trial.begin()
        yield trial


def _book_engine(book: ResolvedBook, options: WriterOptions) -> AbstractContextManager[Engine]:
    return engine(
        book_start(book.config),
        epoch=int(modified_of(book.config.metadata).timestamp()),
        timeout=_SECONDS + _SECONDS_PER_POST * len(book.posts),
        page=lambda page: options.progress(f"setting page {page}"),
    )


def _report(book: ResolvedBook, formulas: _Formulas, reporter: Reporter) -> None:
    """Tell which formulas are shown as their source, and which are scaled down until they are hard to read."""
    for post in book.posts:
        for math in shown_formulas(post):
            complaint = formulas.complaint(math)
            if complaint:
                reporter.report(Code.FORMULA_NOT_PRINTED, complaint, math.span, post=post.id)
            elif (ratio := formulas.fit(math).ratio) < _SMALLEST:
                message = (
                    f"the formula is {1 / ratio:.1f} times as large as the space for it, and was scaled down to fit"
                )
                reporter.report(Code.FORMULA_SCALED, message, math.span, post=post.id)


def _set(book: ResolvedBook, formulas: _Formulas, setter: Engine, options: WriterOptions, reporter: Reporter) -> Run:
    """Set the book in one pass: its contents come last, and are moved to the front afterwards.

    A post that TeX stumbles over although each of its formulas is good is set without them.
    """
    images = image_files(book)
    names = {resource: file.name for resource, file in images.items()}
    given_up = 0
    while True:
        options.progress(f"setting {len(book.posts)} posts in pages")
        rest = book_rest(book, formulas.latex, names)
        run, tex = setter.run(rest, images.values()), setter.start + rest
        stumbled = failure(run.log, tex)
        if stumbled is None and not run.timed_out and not run.status:
            _report_missing(book, run.log, reporter)
            _report_wide(book, wide_lines(run.log, tex), reporter)
            return run
        post = stumbled and book.by_id.get(stumbled.post)
        suspects = frozenset(shown_formulas(post)) - formulas.distrusted if post else frozenset()
        if not stumbled or not post or not suspects or given_up == _MOST_GIVEN_UP:
            raise _failed(run, stumbled, book)
        given_up += 1
        message = f"the formulas of this post stop XeLaTeX: {stumbled.message}"
        reporter.report(Code.FORMULA_NOT_PRINTED, message, post.span, post=post.id)
        formulas = replace(formulas, distrusted=formulas.distrusted | suspects)


def _failed(run: Run, stumbled: Failure | None, book: ResolvedBook) -> PipelineError:
    if run.timed_out:
        return ArtefactError("XeLaTeX took too long over the book", help="divide the book, or look for an endless post")
    post = stumbled and book.by_id.get(stumbled.post)
    message = stumbled.message if stumbled else f"it ended with status {run.status}"
    return ArtefactError(f"XeLaTeX could not set the book: {message}", span=post.span if post else None)


def _report_missing(book: ResolvedBook, log: str, reporter: Reporter) -> None:
    """Tell which characters no font has, each where it first stands."""
    for character, count in sorted(missing_characters(log).items()):
        name = unicodedata.name(character, "unnamed").lower()
        message = f"no font has U+{ord(character):04X} ({name}), which is used {counted(count, 'time')}"
        span, post = _first_use(book, character)
        reporter.report(Code.GLYPH_MISSING, message, span, post=post)


def _report_wide(book: ResolvedBook, lines: dict[str, list[float]], reporter: Reporter) -> None:
    """Tell in which posts lines stick out of their margin."""
    for post in book.posts:
        points = lines.get(post.id)
        if points:
            message = f"lines that are too wide in print: {len(points)}, the widest by {max(points):.0f} pt"
            reporter.report(Code.LINE_TOO_WIDE, message, post.span, post=post.id)


def _first_use(book: ResolvedBook, character: str) -> tuple[Span | None, str | None]:
    for post in book.posts:
        for inline in inlines_of(post):
            if isinstance(inline, Str | InlineCode) and character in inline.text:
                span = inline.span
                return replace(span, column=span.column + inline.text.index(character)), post.id
    return None, None
