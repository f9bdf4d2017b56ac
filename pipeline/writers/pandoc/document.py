"""A resolved book as one document of pandoc's JSON: a pure function of the book."""

from __future__ import annotations

from typing import Any, Final

from pipeline.book import Post, PostDate, ResolvedBook, Truncated
from pipeline.phrases import Phrases
from pipeline.writers.dates import date_text
from pipeline.writers.links import safe_url
from pipeline.writers.pandoc.blocks import block_nodes, heading, paragraph
from pipeline.writers.pandoc.inlines import Node, Nodes, PandocSetting, inline_nodes, link_nodes, text_nodes

API_VERSION: Final = (1, 23, 1)  # of pandoc-types; pandoc reads the JSON of every 1.23


def pandoc_document(setting: PandocSetting) -> dict[str, Any]:
    """Return the whole book: parts and posts as chapters, posts as sections where there are parts."""
    blocks = [*_chapters(setting), *_imprint(setting)]
    return {"pandoc-api-version": list(API_VERSION), "meta": _meta(setting.book), "blocks": blocks}


def _meta(book: ResolvedBook) -> dict[str, Any]:
    metadata = book.config.metadata
    stated = {
        "title": metadata.title,
        "subtitle": metadata.subtitle,
        "author": metadata.author,
        "rights": metadata.rights,
        "description": metadata.description,
    }
    found: dict[str, Any] = {
        name: {"t": "MetaInlines", "c": text_nodes(value)} for name, value in stated.items() if value
    }
    return found | {"lang": {"t": "MetaString", "c": metadata.language}}


def _chapters(setting: PandocSetting) -> Nodes:
    book = setting.book
    if not book.parts:
        return [node for post in book.posts for node in _post(post, setting, 1)]
    nodes: Nodes = []
    for part in book.parts:
        nodes.append(heading(1, "", text_nodes(part.title)))
        for post_id in part.posts:
            nodes += _post(book.post(post_id), setting, 2)
    return nodes


def _post(post: Post, setting: PandocSetting, level: int) -> Nodes:
    title = inline_nodes(post.title, setting, lambda inner: block_nodes(inner, setting))
    day = [paragraph([{"t": "Emph", "c": text_nodes(_day(post.date, setting.phrases))}])] if post.date else []
    cut = [_cut(setting.book.url_of(post), setting.phrases)] if isinstance(post.status, Truncated) else []
    return [heading(level, post.id, title), *day, *block_nodes(post.blocks, setting, level), *cut]


def _day(date: PostDate, phrases: Phrases) -> str:
    day = date_text(date, phrases)
    note = phrases.gap + phrases.aside.format(phrases.year_inferred.format(date.evidence))
    return day + note if date.inferred else day


def _cut(address: str, phrases: Phrases) -> Node:
    """Return the note that the source has the beginning of a post alone, with where the whole of it is."""
    url = safe_url(address)
    link = [*text_nodes(f" {phrases.read_at} "), *link_nodes(url, text_nodes(url))] if url else []
    return {"t": "BlockQuote", "c": [paragraph([{"t": "Emph", "c": [*text_nodes(phrases.truncated), *link]}])]}


def _imprint(setting: PandocSetting) -> Nodes:
    """Return where the texts are from and how they may be used."""
    metadata, phrases = setting.book.config.metadata, setting.phrases
    source, rights = (metadata.source_name, metadata.source_url), (metadata.rights, metadata.rights_url)
    lines = [
        [*text_nodes(phrases.labelled.format(label=name, text="")), *_named(text, url)]
        for name, (text, url) in ((phrases.source, source), (phrases.licence, rights))
        if text or url
    ]
    return [heading(1, "", text_nodes(phrases.about)), *map(paragraph, lines)] if lines else []


def _named(text: str, url: str) -> Nodes:
    return link_nodes(safe_url(url) or "", text_nodes(text or url))
