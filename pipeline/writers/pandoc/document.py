"""A resolved book as one document of pandoc's JSON: a pure function of the book."""

from __future__ import annotations

from typing import Any, Final

from pipeline.book import Post, PostDate, ResolvedBook, Truncated
from pipeline.document import Inline, Inlines, Link, Note, PostRef, ReadMore
from pipeline.phrases import Phrases
from pipeline.walk import map_inlines
from pipeline.writers.dates import date_text, year_note
from pipeline.writers.imprint import Fact, about, caveats, edition, facts
from pipeline.writers.pandoc.blocks import block_nodes, heading, paragraph
from pipeline.writers.pandoc.inlines import Node, Nodes, PandocSetting, inline_nodes, link_nodes, text_nodes

API_VERSION: Final = (1, 23, 1)  # of pandoc-types; pandoc reads the JSON of every 1.23
APART: Final = 3
"""Empty lines above a post in plain text, by which it is found there; above what is no post is one more."""


def pandoc_document(setting: PandocSetting) -> dict[str, Any]:
    """Return the whole book: parts and posts as chapters, posts as sections where there are parts."""
    blocks = [*_chapters(setting), *_cut_posts(setting), *_imprint(setting)]
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
        nodes += _chapter(text_nodes(part.title), setting)
        for post_id in part.posts:
            nodes += _post(book.post(post_id), setting, 2)
    return nodes


def _post(post: Post, setting: PandocSetting, level: int) -> Nodes:
    title = inline_nodes(post.title, setting, lambda inner: block_nodes(inner, setting))
    day = [paragraph([{"t": "Emph", "c": text_nodes(_day(post.date, setting.phrases))}])] if post.date else []
    return [*_gap(APART, setting), heading(level, post.id, title), *day, *_body(post, setting, level)]


def _chapter(title: Nodes, setting: PandocSetting) -> Nodes:
    """Return the heading of what is no post."""
    return [*_gap(APART + 1, setting), heading(1, "", title)]


def _gap(lines: int, setting: PandocSetting) -> Nodes:
    """Return empty lines for plain text, which has no other headings than lines."""
    return [{"t": "RawBlock", "c": ["plain", "\n" * lines]}] if setting.is_plain else []


def _body(post: Post, setting: PandocSetting, level: int) -> Nodes:
    """Return the blocks of a post, and where it was cut the note of it: what stands below may be its tags."""
    if not isinstance(post.status, Truncated):
        return block_nodes(post.blocks, setting, level)
    marks = (place for place, block in enumerate(post.blocks) if isinstance(block, ReadMore))
    end = next(marks, len(post.blocks))
    cut = _cut(setting.book.url_of(post), setting.phrases)
    return [*block_nodes(post.blocks[:end], setting, level), cut, *block_nodes(post.blocks[end:], setting, level)]


def _day(date: PostDate, phrases: Phrases) -> str:
    day, note = date_text(date, phrases), year_note(date, phrases)
    return day + phrases.gap + phrases.aside.format(note) if note else day


def _cut(url: str, phrases: Phrases) -> Node:
    """Return the note that the source has the beginning of a post alone, with where the whole of it is."""
    link = [*text_nodes(f" {phrases.read_at} "), *link_nodes(url, text_nodes(url))] if url else []
    return {"t": "BlockQuote", "c": [paragraph([{"t": "Emph", "c": [*text_nodes(phrases.truncated), *link]}])]}


def _cut_posts(setting: PandocSetting) -> Nodes:
    """Return the list of the posts of which the source holds the beginning alone."""
    posts = [setting.book.post(post) for post in setting.book.summary.truncated]
    if not posts:
        return []
    items = [[{"t": "Plain", "c": link_nodes(f"#{post.id}", _label(post, setting))}] for post in posts]
    return [*_chapter(text_nodes(setting.phrases.truncated_list), setting), {"t": "BulletList", "c": items}]


def _label(post: Post, setting: PandocSetting) -> Nodes:
    """Return a post's title for a link; one without a title by its day, else by its id."""
    title = inline_nodes(map_inlines(post.title, _within_a_link), setting, lambda _: [])
    return title or text_nodes(date_text(post.date, setting.phrases) or post.id)


def _within_a_link(inline: Inline) -> Inlines:
    match inline:
        case Note():
            return ()
        case Link(content=content) | PostRef(content=content):
            return content
        case _:
            return (inline,)


def _imprint(setting: PandocSetting) -> Nodes:
    """Return what the book says of itself."""
    metadata, phrases = setting.book.config.metadata, setting.phrases
    sentences = (*about(setting.book, phrases), *caveats(setting.book, phrases))
    known = (*facts(metadata, phrases), *edition(metadata, phrases, "pandoc"))
    lines = [*map(text_nodes, sentences), *(_line(fact, phrases) for fact in known)]
    return [*_chapter(text_nodes(phrases.about), setting), *map(paragraph, lines)]


def _line(fact: Fact, phrases: Phrases) -> Nodes:
    label = phrases.labelled.format(label=fact.term, text="")
    return [*text_nodes(label), *link_nodes(fact.href or "", text_nodes(fact.text))]
