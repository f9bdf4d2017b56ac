"""A saved web page as a post: its article, with the title, day and address that its head states."""

from __future__ import annotations

import logging
import re
from copy import deepcopy
from pathlib import PurePath
from typing import Final

import htmldate

from pipeline.book import PostDate
from pipeline.fold import fold
from pipeline.readers.article import Article
from pipeline.readers.dates import find_date, without_date
from pipeline.readers.html.main_text import main_element
from pipeline.readers.html.prepare import prepare
from pipeline.readers.html.tree import Element, elements, parse_page, remove
from pipeline.readers.pandoc.formulas import Formulas
from pipeline.readers.pandoc.process import Markup
from pipeline.source import SourceText, Span

logging.getLogger("htmldate").addHandler(logging.NullHandler())  # what it says of a page is no news to a user

_SAVED_FROM: Final = re.compile(
    r"<!--\s*(?:saved from url=\([0-9]+\)|Page saved with SingleFile\s+url:\s*)(https?://[^\s>]+)"
)
_DATES: Final = (
    "article:published_time",
    "datePublished",
    "pubdate",
    "publishdate",
    "date",
    "DC.date.issued",
    "og:published_time",
    "article:modified_time",
)
_TITLE_SEPARATOR: Final = re.compile(r"\s+[-|–—_·»«]\s+|\s*[|｜]\s*")


def read_page(source: SourceText) -> Article:
    """Return the post that a saved page shows."""
    root = parse_page(source.text)
    formulas = Formulas(source.text)
    title, day, url = (
        _title(root) or without_date(PurePath(source.path).stem),
        _date(root, source.path),
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


def _meta(root: Element, *names: str) -> str:
    """Return the first of these properties of the page's head."""
    found = {
        str(key): str(element.get("content", "")).strip()
        for element in elements(root, "meta")
        for key in (element.get("property"), element.get("name"), element.get("itemprop"))
        if key
    }
    return next((found[name] for name in names if found.get(name)), "")


def _title(root: Element) -> str:
    """The title of the article: a heading that the page's title begins with, else what the head calls it."""
    whole = _meta(root, "og:title", "twitter:title") or " ".join(
        str(element.text_content()).strip() for element in elements(root, "title")[:1]
    )
    headings = [" ".join(str(element.text_content()).split()) for element in elements(root, "h1", "h2")]
    known = [heading for heading in headings if heading and fold(whole).startswith(fold(heading))]
    if known:
        return max(known, key=len)
    firsts = _TITLE_SEPARATOR.split(whole)
    return firsts[0].strip() or next(iter(headings), "")


def _date(root: Element, path: str) -> PostDate | None:
    stated = find_date(_meta(root, *_DATES))
    times = (find_date(f"{element.get('datetime', '')} {element.text_content()}") for element in elements(root, "time"))
    shown = next((day for day in times if day), None) or find_date(PurePath(path).stem)
    return stated or shown or find_date(htmldate.find_date(deepcopy(root), original_date=True) or "")


def _url(root: Element, text: str) -> str:
    saved = _SAVED_FROM.search(text[:4000])
    links = (element.get("href", "") for element in elements(root, "link") if element.get("rel") == "canonical")
    found = next((link for link in links if link), "") or _meta(root, "og:url") or (saved[1] if saved else "")
    return found if found.startswith(("http://", "https://")) else ""


def _drop_title(article: Element, title: str) -> None:
    """The book prints the title itself."""
    for heading in elements(article, "h1", "h2"):
        if fold(str(heading.text_content())) == fold(title) and heading is not article:
            remove(heading)
            return
