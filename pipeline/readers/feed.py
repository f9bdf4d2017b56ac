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
from pipeline.readers.read_more import BROKEN_OFF, is_read_more, marker_start, markers_for
from pipeline.source import SourceText, Span

_EXCERPT: Final = 600  # characters: a summary that is longer is taken for the post itself
_SUMMARISER: Final = "hugo"  # a generator whose summaries are some whole paragraphs of a post
_LINE_ENDS: Final = re.compile(
    r"</?(?:p|div|li|ul|ol|h[1-6]|blockquote|pre|td|tr|table|figure|section|article|br|hr)\b[^>]*>", re.IGNORECASE
)
_FOOTER: Final = re.compile(
    r"<p>(?:The post|文章)\s*<a [^>]*>[^<]*</a>\s*(?:appeared first on|最先出现在)\s*<a [^>]*>[^<]*</a>[^<]*</p>\s*\Z"
)


def read_feed(source: SourceText, read_more: tuple[str, ...]) -> Iterator[Article]:
    """Yield the entries of a feed. ``read_more`` are the words by which an entry says that it was cut."""
    utf8 = {"content-type": "application/xml; charset=utf-8"}  # whatever it was before it was decoded
    data = source.text.encode()
    feed = feedparser.parse(data, response_headers=utf8, sanitize_html=False, resolve_relative_uris=False)
    lines, summarised = _entry_lines(source), _SUMMARISER in str(feed.feed.get("generator", "")).lower()
    for place, entry in enumerate(feed.entries):
        span = Span(source.path, lines[place] if place < len(lines) else 1, 1)
        yield _article(entry, span, read_more, summarised=summarised)


def _entry_lines(source: SourceText) -> list[int]:
    return [source.span(match.start()).line for match in re.finditer(r"<(?:item|entry)[\s>]", source.text)]


def _article(
    entry: Any,  # noqa: ANN401 - feedparser's own dict
    span: Span,
    read_more: tuple[str, ...],
    *,
    summarised: bool,
) -> Article:
    body, whole = _body(entry, summarised=summarised)
    body, title = _FOOTER.sub("", body), _plain(entry.get("title", ""))
    markup, formulas = body_markup(body, span)
    url = str(entry.get("feedburner_origlink") or entry.get("link") or "")
    guid = str(entry.get("id", ""))
    return Article(
        title,
        find_date(str(entry.get("published") or entry.get("updated") or "")),
        markup,
        formulas,
        span,
        lambda _line, _column: span,
        url=url,
        aliases=(guid,) if guid.startswith("http") and guid != url else (),
        read_more=_cut(body, markers_for(read_more, title), whole=whole),
    )


def _body(entry: Any, *, summarised: bool) -> tuple[str, bool]:  # noqa: ANN401 - feedparser's own dict
    """Return the fullest body of an entry, and whether it is the whole one.

    A summary is where it was not broken off, and is long or has several paragraphs, unless the feed was ``summarised``.
    """
    contents = [str(content.get("value", "")) for content in entry.get("content", ())]
    summary = str(entry.get("summary", ""))
    content = max(contents, key=len, default="")
    if content and len(content) >= len(summary):
        return content, True
    text = _plain(summary)
    several = not summarised and sum(map(bool, map(_plain, _LINE_ENDS.split(summary)))) > 1
    return summary, (several or len(text) > _EXCERPT) and not text.endswith(BROKEN_OFF)


def _cut(body: str, markers: tuple[str, ...], *, whole: bool) -> str:
    """Return the words that say that an entry was cut; empty for a whole one.

    They are its last line, the link in which that ends, or stand there after text that was broken off.
    """
    line = next((line for line in reversed(_LINE_ENDS.split(body)) if _plain(line)), "")
    text, link = _plain(line), _plain(line[max(line.rfind("<a "), 0) :])
    start = marker_start(text, markers)
    ends = (text, link, "" if start is None else text[start:])
    return next((end for end in ends if is_read_more(end, markers)), "" if whole else "…")


def _plain(html: str) -> str:
    """Return the text of a title, which feeds give as HTML or as text alike."""
    if "<" not in html and "&" not in html:
        return html.strip()
    return " ".join(str(parse_fragment(html).text_content()).split())
