"""The printed book as PDF: every formula tried first, the book set in two passes, the result read back."""

from __future__ import annotations

from typing import Final

from pipeline.book import ResolvedBook
from pipeline.diagnostics import Reporter
from pipeline.errors import ArtefactError
from pipeline.writers.contract import Artefact, File, WriterOptions
from pipeline.writers.latex import book_to_latex
from pipeline.writers.latex_math import formula_to_latex
from pipeline.writers.pdf_engine import Run, private_folder, run_xelatex, xelatex

_NAME: Final = "book"
_SENTINEL: Final = "pipeline:complete"
_SECONDS: Final = 60.0
_SECONDS_PER_POST: Final = 3.0


def write_pdf(book: ResolvedBook, options: WriterOptions, reporter: Reporter) -> Artefact:  # noqa: ARG001
    """Return the printed book.

    Raises:
        MissingProgramError: XeLaTeX or a font is not installed.
        ArtefactError: the book could not be set.
    """
    xelatex()
    content = book_to_latex(book, formula_to_latex)
    with private_folder() as folder:
        (folder / f"{_NAME}.tex").write_text(content, encoding="utf-8")
        timeout = _SECONDS + _SECONDS_PER_POST * len(book.posts)
        epoch = int(book.config.metadata.modified.timestamp())
        for draft in (True, False):
            options.progress("setting pages" if draft else "setting pages again, for their numbers")
            run = run_xelatex(folder, _NAME, epoch=epoch, timeout=timeout, draft=draft)
            _judge(run)
        pdf = (folder / f"{_NAME}.pdf").read_bytes()
    return Artefact((File(f"{options.slug}.pdf", pdf),))


def _judge(run: Run) -> None:
    if run.timed_out or run.status or _SENTINEL not in run.log or "\n! " in run.log:
        first = next((line for line in run.log.splitlines() if line.startswith("!")), "")
        raise ArtefactError(f"XeLaTeX could not set the book: {first[2:] or 'it ended early'}")
