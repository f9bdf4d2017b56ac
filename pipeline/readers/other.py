"""Everything else that pandoc reads, one file a post: docx, odt, org, rst, ipynb, epub and so on."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from pipeline.readers.article import Article
from pipeline.readers.dates import find_date
from pipeline.readers.pandoc.formulas import Formulas
from pipeline.readers.pandoc.process import Markup
from pipeline.source import Span

_CELLS: Final = "-raw_markdown+raw_tex"  # what pandoc is told of the Markdown in a notebook


def read_other(path: str, content: str | bytes, form: str) -> Article:
    """Return the post in a file; its title is that of its metadata, when pandoc finds one, else the file's name."""
    span, is_notebook = Span(path, 1, 1), form == "ipynb"
    formulas = Formulas(content if isinstance(content, str) else "")
    name = PurePath(path)
    return Article(
        "",
        find_date(name.stem),
        Markup(content, form + _CELLS if is_notebook else form, html_blocks=is_notebook),
        formulas,
        span,
        lambda _line, _column: span,
        name.stem,
    )
