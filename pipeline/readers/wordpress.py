"""A WordPress export (WXR): RSS whose items say what they are; the published posts among them are ours."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from itertools import pairwise
from typing import Final

from lxml import etree

from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.errors import SourceError
from pipeline.readers.article import Article, LeftOut
from pipeline.readers.dates import find_date
from pipeline.readers.html.bodies import body_markup, with_paragraphs
from pipeline.readers.markdown.verbatim import verbatim_ranges
from pipeline.source import SourceText, Span

_POSTS: Final = frozenset({"post", "page"})
_PUBLISHED: Final = frozenset({"publish", "inherit"})
_CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}encoded"
_LATEX: Final = re.compile(r"\$latex[ =]?([^$&]+)(?:&[^$]*)?\$")
_SHORTCODE: Final = re.compile(r"\[(latex|math|caption|code|sourcecode|python|php|bash|cpp|java)\b([^\]\n]*)\]")
_PLAYED: Final = re.compile(
    r"\[(?:youtube|vimeo|embed)(?:[ =]|\b[^\]\n]*\])(https?://[^\s\[\]<>\"&]+)[^\[\]\n]*(?:\]|\[/embed\])"
)
_UNKNOWN: Final = re.compile(
    r"\[(?:(?:gallery|playlist)\b[^\[\]\n]*|[a-z][a-z0-9_-]*(?: +[a-z_-]+=(?:\"[^\"\]\n]*\"|'[^'\]\n]*'))+ */?)\]"
)
"""A tag of a theme or a plugin: a name in brackets, and attributes."""
_IMAGE: Final = re.compile(r"\s*(?:<a [^<>]*>)?\s*<img [^<>]*>\s*(?:</a>)?")
_LANGUAGE: Final = re.compile(r"lang(?:uage)?=[\"']?([A-Za-z0-9+#-]+)")


def read_wordpress(source: SourceText, reporter: Reporter) -> Iterator[Article | LeftOut]:
    """Yield the posts and pages of an export, those that its author keeps back as left out.

    Raises:
        SourceError: the file is not XML.
    """
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, huge_tree=True, recover=True)
    root = etree.fromstring(source.text.encode(), parser)
    if root is None:
        raise SourceError(f"{source.path}: this is not XML", help="export the blog again, from Tools → Export")
    for item in root.iter("item"):
        kind, status = _field(item, "post_type") or "post", _field(item, "status") or "publish"
        if kind not in _POSTS:
            continue
        line = item.sourceline
        span = Span(source.path, line if isinstance(line, int) else 1, 1)
        title = (item.findtext("title") or "").strip()
        if status not in _PUBLISHED or _field(item, "post_password"):
            yield LeftOut(f"{title!r} is not published: {status}", span)
        else:
            yield _article(item, title, span, reporter)


def _field(item: etree._Element, name: str) -> str:
    """Return a field of WordPress's own, whose namespace has the export's version in it."""
    return next((str(child.text or "").strip() for child in item if str(child.tag).endswith(f"}}{name}")), "")


def _article(item: etree._Element, title: str, span: Span, reporter: Reporter) -> Article:
    body = _expanded((item.findtext(_CONTENT) or "") + _footnotes(item))
    for tag in _unknown_tags(body):
        reporter.report(Code.MARKUP_SIMPLIFIED, f"{tag} is a tag that is not known, and shown as it is", span)
    markup, formulas = body_markup(with_paragraphs(body), span)
    url, guid = (item.findtext("link") or "").strip(), (item.findtext("guid") or "").strip()
    date = find_date(_field(item, "post_date")) or find_date(item.findtext("pubDate") or "")
    aliases = tuple(alias for alias in (guid,) if alias.startswith("http") and alias != url)
    return Article(title, date, markup, formulas, span, lambda _line, _column: span, url=url, aliases=aliases)


def _footnotes(item: etree._Element) -> str:
    """Return the notes of the footnotes block, which stand beside the body, as the list that a blog shows."""
    stored = (_field(meta, "meta_value") for meta in item if _field(meta, "meta_key") == "footnotes")
    notes = (note for text in stored for note in _notes(text))
    points = "".join(f'<li id="{escape(note["id"])}">{note["content"]}</li>' for note in notes)
    return f'<ol class="wp-block-footnotes">{points}</ol>' if points else ""


def _notes(text: str) -> list[dict[str, str]]:
    """Return the notes that ``text`` holds as JSON; as one without a name where it is something else."""
    try:
        return [{"id": str(note["id"]), "content": str(note["content"])} for note in json.loads(text)]
    except (ValueError, TypeError, KeyError):
        return [{"id": "", "content": escape(text)}] if text else []


def _expanded(body: str) -> str:
    """Return a body with the shortcodes that matter to a book as HTML and TeX."""
    body = _LATEX.sub(lambda match: f"${match[1].strip()}$", body)
    parts: list[str] = []
    done = 0
    unclosed: set[str] = set()
    for match in _SHORTCODE.finditer(body):
        closing = f"[/{match[1]}]"
        if match.start() < done or closing in unclosed:
            continue
        end = body.find(closing, match.end())
        if end < 0:
            unclosed.add(closing)
            continue
        parts += [_linked(body[done : match.start()]), _html(match[1], match[2], body[match.end() : end])]
        done = end + len(closing)
    return "".join((*parts, _linked(body[done:])))


def _linked(text: str) -> str:
    """Return ``text`` with a link in the place of each film, which no book shows."""
    return _PLAYED.sub(lambda match: f'<a href="{match[1]}">{match[1]}</a>', text)


def _unknown_tags(body: str) -> Iterator[str]:
    """Yield the tags that stay as they are, those in code left out."""
    edges = (edge for bounds in verbatim_ranges(body) for edge in bounds)
    for start, end in tuple(pairwise((0, *edges, len(body))))[::2]:
        yield from (match[0] for match in _UNKNOWN.finditer(body, start, end))


def _html(name: str, attributes: str, content: str) -> str:
    """Return what one shortcode stands for."""
    if name in ("latex", "math"):
        return f"${content.strip()}$"
    if name == "caption":
        image = _IMAGE.match(content)
        end = image.end() if image else 0
        return f"<figure>{content[:end]}<figcaption>{content[end:].strip()}</figcaption></figure>"
    stated = _LANGUAGE.search(attributes)
    language = stated[1] if stated else "" if name in ("code", "sourcecode") else name
    code = content.strip("\n")
    return f'<pre class="language-{language}">{code}</pre>'
