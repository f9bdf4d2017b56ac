"""From paths to posts: which reader each file gets, and what becomes of what it read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress
from types import MappingProxyType
from typing import Final

from pipeline.book import Post, Resource
from pipeline.codes import Code
from pipeline.config import BuildConfig
from pipeline.diagnostics import Reporter
from pipeline.readers.article import Article, LeftOut
from pipeline.readers.decode import decode
from pipeline.readers.detect import BINARY, Form, Kind, detect, detect_binary, form_named
from pipeline.readers.dump import read_dump
from pipeline.readers.fetch import Fetcher
from pipeline.readers.files import bytes_of, homes_of
from pipeline.readers.folders import host_of
from pipeline.readers.html.frames import without_frames
from pipeline.readers.links import link_posts
from pipeline.readers.markdown import read_markdown
from pipeline.readers.other import read_other
from pipeline.readers.pandoc.convert import convert
from pipeline.readers.resources import Home, Library
from pipeline.readers.sites import Site, common_site
from pipeline.source import SourceText, Span, path_text

_HELP: Final = "it may be of another form than it was read as: --from says which"
"""What is said of a source without posts that was not read as a dump."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What all sources of a build hold, in the order in which they were named."""

    posts: tuple[Post, ...]
    dumps: Mapping[str, SourceText]  # by path, those whose text is nothing but the posts'
    resources: Mapping[str, Resource] = field(default_factory=lambda: MappingProxyType({}))
    site: Site = field(default_factory=Site)  # the blog that they come from


def read_sources(config: BuildConfig, reporter: Reporter) -> Sources:
    """Read every source of ``config``; ``-`` is standard input, a folder means the posts in it.

    Raises:
        SourceError: a path does not exist or cannot be read, or pandoc cannot read the document there.
        MissingProgramError: there is no pandoc, and a source needs it.
    """
    found: list[Post | Article] = []
    homes: list[Home] = []
    for home in (home for source in config.sources for home in homes_of(source, config, reporter)):
        items = read_file(path_text(home.path), bytes_of(home.path), config, reporter)
        found += items
        homes += [replace(home, site=isinstance(item, Article)) for item in items]
    library = Library(reporter, Fetcher(config.cache and config.cache / "images") if config.fetch else None)
    posts = finished(found, config, reporter)
    posts = tuple(library.with_images(post, home) for post, home in zip(posts, homes, strict=True))
    dumps = {item.span.path: reporter.sources[item.span.path] for item in found if isinstance(item, Post)}
    resources = dict(sorted(library.resources.items()))
    folders = [source for source in config.sources if source.is_dir()]
    site = common_site(folders, reporter.sources.values())
    linked = link_posts(posts, map(host_of, folders))
    return Sources(linked, MappingProxyType(dumps), MappingProxyType(resources), site)


def read_file(path: str, data: bytes, config: BuildConfig, reporter: Reporter) -> list[Post | Article]:
    """Read one file, whatever it is."""
    places = config.places
    wanted = form_named(config.text.format, places.get("text.format")) if config.text.format else None
    binary = wanted if wanted in BINARY else detect_binary(path, data)
    if isinstance(binary, str):
        return [read_other(path, data, binary)]
    text = decode(path, data, config.text.encoding, reporter, stated=places.get("text.encoding"))
    form = wanted or detect(path, text.text)
    found = list(read_text(text, form, config, reporter))
    if not found and form is not Kind.DUMP:  # of which its own reader knows more
        reporter.report(Code.NO_POSTS, f"no post was found in {path}", Span(path, 1, 1), help=_HELP)
    for item in found:
        if isinstance(item, LeftOut):
            reporter.report(Code.POST_LEFT_OUT, item.message, item.span)
    return [item for item in found if not isinstance(item, LeftOut)]


def read_text(
    source: SourceText, form: Form, config: BuildConfig, reporter: Reporter
) -> Iterator[Post | Article | LeftOut]:
    """Yield the posts of one text: finished ones, those that pandoc is to read, and those left out of the book."""
    match form:
        case Kind.DUMP:
            yield from read_dump(source, reporter, config.text)
        case Kind.MARKDOWN:
            yield read_markdown(source, reporter)
        case Kind.HTML | Kind.FEED | Kind.WORDPRESS:
            yield from _read_web(source, form, config, reporter)
        case _:
            yield read_other(source.path, source.text, form)


def _read_web(source: SourceText, form: Kind, config: BuildConfig, reporter: Reporter) -> Iterator[Article | LeftOut]:
    """Yield the posts of a page, a feed or an export; their libraries load in 0.3 s, which no dump need wait for."""
    from pipeline.readers import feed, wordpress  # noqa: PLC0415 - as above
    from pipeline.readers.html import page  # noqa: PLC0415 - as above

    if form is Kind.FEED:
        yield from feed.read_feed(source, config.text.read_more)
    elif form is Kind.WORDPRESS:
        yield from wordpress.read_wordpress(source, reporter)
    else:
        yield page.read_page(source)


def finished(found: list[Post | Article], config: BuildConfig, reporter: Reporter) -> tuple[Post, ...]:
    """Return ``found`` with every article converted: all in one go, each at its place."""
    articles = [item for item in found if isinstance(item, Article)]
    converted = iter(_converted(articles, config, reporter) if articles else ())
    return tuple(next(converted) if isinstance(item, Article) else item for item in found)


def _converted(articles: Sequence[Article], config: BuildConfig, reporter: Reporter) -> tuple[Post, ...]:
    posts = convert(articles, reporter, config.processes)
    were_html = [article.markup.format == "html" for article in articles]
    settled = iter(without_frames(list(compress(posts, were_html)), reporter))
    return tuple(next(settled) if was_html else post for post, was_html in zip(posts, were_html, strict=True))
