"""A saved web page as a post: its article, with the title, day and address that its head states."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Final

from pipeline.fold import fold
from pipeline.readers.article import Article
from pipeline.readers.dates import without_date
from pipeline.readers.html.main_text import main_element
from pipeline.readers.html.prepare import prepare
from pipeline.readers.html.published import published_on
from pipeline.readers.html.tree import Element, elements, parse_page, property_of, remove
from pipeline.readers.pandoc.formulas import Formulas
from pipeline.readers.pandoc.process import Markup
from pipeline.source import SourceText, Span

_SAVED_FROM: Final = re.compile(
    r"<!--\s*(?:saved from url=\([0-9]+\)|Page saved with SingleFile\s+url:\s*)(https?://[^\s>]+)"
)
_TITLE_SEPARATOR: Final = re.compile(r"\s+[-|–—_·»«]\s+|\s*[|｜]\s*")


def read_page(source: SourceText) -> Article:
    """Return the post that a saved page shows."""
    root = parse_page(source.text)
    formulas = Formulas(source.text)
    title, day, url = (
        _title(root) or without_date(PurePath(source.path).stem),
        published_on(root, source.path),
        _url(root, source.text),
    )
    article = main_element(root)
    _drop_title(article, title)

    def place(element: Element) -> Span:
        return Span(source.path, element.sourceline or 1, 1)

    start = place(article)
    markup = Markup(prepare(article, formulas, place), "html")
    return Article(
        title,
        day,
        markup,
        formulas,
        start,
        lambda line, column: Span(source.path, line, column),
        url=url,
        aliases=(PurePath(source.path).as_posix(),),
    )


def _title(root: Element) -> str:
    """The title of the article: a heading that the page's title begins with, else what the head calls it.

    ``<title>`` may be no more than the name of the blog, or have it in front of the article's own heading; what is
    stated for those who share the page is the article's title.
    """
    shared = property_of(root, "og:title", "twitter:title")
    whole = shared or " ".join(str(element.text_content()).strip() for element in elements(root, "title")[:1])
    headings = [_words(element) for element in elements(root, "h1", "h2")]
    matching = (heading for heading in headings if heading and fold(whole).startswith(fold(heading)))
    known, own = max(matching, key=len, default=""), _own_heading(root)
    named_behind = fold(own) in fold(whole) and fold(own) not in fold(known)
    if own and (named_behind or (not shared and fold(known) in ("", fold(whole)))):
        return own
    if known:
        return known
    firsts = _TITLE_SEPARATOR.split(whole)
    return firsts[0].strip() or next(iter(headings), "")


def _own_heading(root: Element) -> str:
    """The only heading of the first level in the articles of the page, if no paragraph of theirs comes before it."""
    headings = [heading for article in elements(root, "article") for heading in elements(article, "h1")]
    only = headings[0] if len(set(headings)) == 1 else None
    return "" if only is None or only.xpath("preceding::p[ancestor::article]") else _words(only)


def _words(element: Element) -> str:
    return " ".join(str(element.text_content()).split())


def _url(root: Element, text: str) -> str:
    saved = _SAVED_FROM.search(text[:4000])
    links = (element.get("href", "") for element in elements(root, "link") if element.get("rel") == "canonical")
    found = next((link for link in links if link), "") or property_of(root, "og:url") or (saved[1] if saved else "")
    return found if found.startswith(("http://", "https://")) else ""


def _drop_title(article: Element, title: str) -> None:
    """Remove the heading that repeats the title, since the book prints it."""
    for heading in elements(article, "h1", "h2"):
        if fold(str(heading.text_content())) == fold(title) and heading is not article:
            remove(heading)
            return
