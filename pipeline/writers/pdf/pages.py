"""What begins on each printed page: read from what TeX wrote down when it set them (styles/book.tex.j2)."""

from __future__ import annotations

import re
from typing import Final

from pipeline.writers.contract import PagePlace, PrintedPage

_NOTED: Final = re.compile(r"^\\(page|place)is\{([^{}]*)\}\{(\d+)\}$", re.MULTILINE)


def printed_pages(noted: str) -> tuple[PrintedPage, ...]:
    """Return the pages of parts and posts, from 1 to the last, each with the first place that begins on it.

    A page list should name every page that is reproduced (EPUB Accessibility 1.1, "Page list"), even one without a
    number printed on it, and the mark of a page stands at its top (DAISY Structure Guidelines, "Page Number"), so that
    whoever goes there meets its text and not that of the page before. A page that begins within a paragraph is
    therefore named at what begins on it next. Where nothing does, because a paragraph fills the page or only ends on
    it, the page is named at the beginning of this paragraph: behind it, part of the page would be passed over.

    The pages around the posts are left out, as an EPUB makes them anew: contents, lists, imprint and colophon.
    """
    pages: list[PrintedPage] = []
    post, place = "", PagePlace()
    for kind, name, number in _NOTED.findall(noted):
        missing = range(len(pages) + 1, int(number))
        pages += (PrintedPage(page, post, place) for page in missing)
        if not name:
            break
        post, place = (name, PagePlace()) if kind == "page" else (post, PagePlace(*map(int, name.split("."))))
        if int(number) > len(pages):
            pages.append(PrintedPage(int(number), post, place))
    return tuple(pages)
