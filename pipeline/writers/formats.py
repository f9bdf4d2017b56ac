"""The formats and their writers: one table. A writer's libraries are loaded when its format is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Final, cast

from pipeline.config import Format
from pipeline.writers.contract import Writer

WRITERS: Final[dict[Format, tuple[str, str]]] = {
    Format.PDF: ("pipeline.writers.pdf.writer", "write_pdf"),
    Format.EPUB: ("pipeline.writers.epub.writer", "write_epub"),
    Format.HTML: ("pipeline.writers.html.writer", "write_html"),
    Format.DOCX: ("pipeline.writers.pandoc.writer", "write_docx"),
    Format.ODT: ("pipeline.writers.pandoc.writer", "write_odt"),
    Format.MARKDOWN: ("pipeline.writers.pandoc.writer", "write_markdown"),
    Format.TYPST: ("pipeline.writers.pandoc.writer", "write_typst"),
    Format.PLAIN: ("pipeline.writers.pandoc.writer", "write_plain"),
}


REPORT: Final = ("pipeline.writers.html.report_page", "write_report")


def writer_of(output: Format) -> Writer:
    """Return the writer of a format."""
    return _load(*WRITERS[output])


def report_writer() -> Writer:
    """Return the writer of the page for the editor, which goes with the HTML and is written last."""
    return _load(*REPORT)


def _load(module: str, name: str) -> Writer:
    return cast("Writer", getattr(import_module(module), name))
