"""RSS and Atom: each entry is a post, or the beginning of one where the feed carries excerpts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import feedparser

from pipeline.readers.article import Article
from pipeline.readers.dates import find_date
from pipeline.readers.html.bodies import body_markup
from pipeline.readers.html.tree import parse_fragment
from pipeline.source import SourceText, Span

_EXCERPT: Final = 600  # characters: a summary that is longer is taken for the post itself
_CUT: Final = re.compile(r"(?:\[?(?:…|&hellip;|&#8230;|\.{3})\]?|\[&#8230;\])\s*(?:</[a-z]+>\s*)*\Z")
_FOOTER: Final = re.compile(
    r"<p>(?:The post|文章)\s*<a [^>]*>[^<]*</a>\s*(?:appeared first on|最先出现在)\s*<a [^>]*>[^<]*</a>[^<]*</p>\s*\Z"
)


def read_feed(source: SourceText, read_more: tuple[str, ...]) -> Iterator[Article]:
    """Yield the entries of a feed. ``read_more`` are the words by which an entry says that it was cut."""
    utf8 = {"content-type": "application/xml; charset=utf-8"}  # whatever it was before it was decoded
    data = source.text.encode()
    feed = feedparser.parse(data, response_headers=utf8, sanitize_html=False, resolve_relative_uris=False)
    lines = _entry_lines(source)
    for place, entry in enumerate(feed.entries):
        span = Span(source.path, lines[place] if place < len(lines) else 1, 1)
        yield _article(entry, span, read_more)


def _entry_lines(source: SourceText) -> list[int]:
    return [source.span(match.start()).line for match in re.finditer(r"<(?:item|entry)[\s>]", source.text)]


def _article(entry: Any, span: Span, read_more: tuple[str, ...]) -> Article:  # noqa: ANN401 - feedparser's own dict
    body, whole = _body(entry)
    markup, formulas = body_markup(_FOOTER.sub("", body), span)
    url = str(entry.get("feedburner_origlink") or entry.get("link") or "")
    guid = str(entry.get("id", ""))
    return Article(
        _plain(entry.get("title", "")),
        find_date(str(entry.get("published") or entry.get("updated") or "")),
        markup,
        formulas,
        span,
        lambda _line, _column: span,
        url=url,
        aliases=(guid,) if guid.startswith("http") and guid != url else (),
        read_more=_cut(body, read_more, whole=whole),
    )


def _body(entry: Any) -> tuple[str, bool]:  # noqa: ANN401 - feedparser's own dict
    """Return the fullest body of an entry, and whether the feed calls it the whole one."""
    contents = [str(content.get("value", "")) for content in entry.get("content", ())]
    summary = str(entry.get("summary", ""))
    content = max(contents, key=len, default="")
    return (content, True) if len(content) >= len(summary) and content else (summary, len(_plain(summary)) > _EXCERPT)


def _cut(body: str, read_more: tuple[str, ...], *, whole: bool) -> str:
    """Return the words that say that an entry was cut; empty for a whole one."""
    end = _plain(body)[-80:]
    words = next((words for words in read_more if words in end), "")
    if words or _CUT.search(body):
        return words or "…"
    return "" if whole else "…"


def _plain(html: str) -> str:
    """Return the text of a title, which feeds give as HTML or as text alike."""
    if "<" not in html and "&" not in html:
        return html.strip()
    return " ".join(str(parse_fragment(html).text_content()).split())
