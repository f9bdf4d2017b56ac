"""The LaTeX of a book, every formula taken for good, for golden cases and books: ``write_pdf`` tries them first."""

from __future__ import annotations

import re
from itertools import count

from pipeline.book import ResolvedBook
from pipeline.document import Math
from pipeline.phrases import phrases_for
from pipeline.writers.contract import PagePlace, PrintedPage
from pipeline.writers.latex.fit import PLAIN
from pipeline.writers.latex.math import prepare, printable, set_formula, source_to_latex
from pipeline.writers.latex.page import page_of
from pipeline.writers.latex.setting import Setting
from pipeline.writers.latex.writer import book_rest, book_start, post_view


def latex_book(book: ResolvedBook) -> str:
    """Return the whole ``.tex``."""
    return book_start(book.config) + book_rest(book, _as_it_is)


def latex_bodies(book: ResolvedBook) -> list[str]:
    """Return the body of each post."""
    language = book.config.metadata.language
    setting = Setting(phrases_for(language), _as_it_is, page_of(book.config.pdf, language), {})
    return [post_view(post, book, setting).body.strip() for post in book.posts]


def a_page_for_each_place(book: ResolvedBook) -> tuple[PrintedPage, ...]:
    """Return the pages of the book if each place that TeX notes began one, and each part and post."""
    noted = re.findall(r"\\(bookpart|post\{\d\}|begins|noteplace)\{([^{}]*)\}", book_rest(book, formula_to_latex))
    numbers, post = count(1), ""
    pages: list[PrintedPage] = []
    for _command, name in noted:
        post, place = (post, PagePlace(*map(int, name.split(".")))) if "." in name else (name, PagePlace())
        pages.append(PrintedPage(next(numbers), post, place))
    return tuple(pages)


def formula_to_latex(math: Math, _indent: int = 0, number: int | None = None) -> str:
    """Return a formula as LaTeX, as it is; one that the gate refuses is shown as its source."""
    return set_formula(prepare(math), PLAIN, number) if printable(math) else source_to_latex(math, number)


def _as_it_is(math: Math, _indent: int, _number: int | None) -> str:
    return formula_to_latex(math)
