"""Each format and how it is read back: one table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import assert_never

from pipeline.config import BuildConfig, Format
from pipeline.phrases import phrases_for
from pipeline.verify.compare import Loss
from pipeline.verify.epub import verify_epub
from pipeline.verify.expected import Expected
from pipeline.verify.html import verify_html
from pipeline.verify.pandoc import verify_pandoc
from pipeline.verify.pdf import verify_pdf
from pipeline.writers.contract import File
from pipeline.writers.latex.page import page_of


def format_of(path: PurePath) -> Format | None:
    """Return the format that a file's name tells; None for one that cannot be read back."""
    suffix = path.suffix.lower().removeprefix(".")
    return Format.MARKDOWN if suffix == "md" else next((output for output in Format if output.value == suffix), None)


def artefact_losses(
    output: Format, files: Sequence[File], expected: Expected, config: BuildConfig, *, jobs: int = 1
) -> tuple[Loss, ...]:
    """Return what an artefact, made as ``config`` says, lacks of what is expected; ``jobs`` processes may look at once.

    Raises:
        ArtefactError: it cannot be read at all.
    """
    match output:
        case Format.EPUB:
            return tuple(loss for file in files for loss in verify_epub(file.content, expected, jobs=jobs))
        case Format.HTML:
            return verify_html([file.content for file in files if PurePath(file.name).suffix == ".html"], expected)
        case Format.PDF:
            body, cut = _text_area(config), phrases_for(config.metadata.language).truncated
            return tuple(loss for file in files for loss in verify_pdf(file.content, expected, body, cut, jobs=jobs))
        case Format.DOCX | Format.ODT | Format.MARKDOWN:
            cut = phrases_for(config.metadata.language).truncated
            written = (file for file in files if format_of(PurePath(file.name)) is output)  # the others are pictures
            return tuple(loss for file in written for loss in verify_pandoc(file.content, output, expected, cut))
        case Format.TYPST | Format.PLAIN:
            return ()
        case _:
            assert_never(output)


def _text_area(config: BuildConfig) -> tuple[float, float]:
    """Where the text of a page begins and ends, with what its first and last line have above and below them."""
    page = page_of(config.pdf, config.metadata.language)
    return page.top - 0.3 * page.leading, page.top + page.text_height + 0.5 * page.leading
