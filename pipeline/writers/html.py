"""The anthology as one self-contained page, or as a small site of such pages when it is divided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import quote

from pipeline.book import Post, ResolvedBook
from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.writers.contract import Artefact, File, WriterOptions
from pipeline.writers.html_page import page_rendering, page_style, render_page, size_rules
from pipeline.writers.html_view import PostView, book_view, part_id, part_views, post_view
from pipeline.writers.rendering import Href

_LARGEST: Final = 50_000_000  # bytes: beyond this, browsers on phones give up


@dataclass(frozen=True, slots=True)
class Site:
    """Which file shows which post: ``files`` in order, the first is the one that has title page and contents."""

    files: tuple[tuple[str, tuple[Post, ...]], ...]
    home: str

    def href(self, book: ResolvedBook, here: str) -> Href:
        """Return what gives the address of a post's or an anchor's id on the page ``here``."""
        places = {post.id: name for name, posts in self.files for post in posts}
        places |= {part_id(part): places[part.posts[0]] for part in book.parts if part.posts}

        def address(name: str) -> str:
            anchor = book.anchors.get(name)
            there = places[anchor.post if anchor else name]
            return ("" if there == here else relative(there, here)) + f"#{name}"

        return address


def write_html(book: ResolvedBook, options: WriterOptions, reporter: Reporter) -> Artefact:
    """Return ``<slug>.html``; divided by post or by year it is the front and the contents of pages in ``<slug>/``."""
    site = _site(book, options.slug)
    files = tuple(File(name, _page(book, site, name, posts).encode()) for name, posts in site.files)
    largest = max(len(file.content) for file in files)
    if largest > _LARGEST:
        reporter.report(Code.PAGE_LARGE, f"the page has {largest // 1_000_000} MB")
    return Artefact(files)


def _site(book: ResolvedBook, slug: str) -> Site:
    home = f"{slug}.html"
    if not book.config.html.split:
        return Site(((home, book.posts),), home)
    pages: dict[str, list[Post]] = {}
    for post in book.posts:
        pages.setdefault(f"{slug}/{_page_name(post, book.config.html.split)}.html", []).append(post)
    return Site(((home, ()), *((name, tuple(posts)) for name, posts in pages.items())), home)


def _page_name(post: Post, split: str) -> str:
    if split == "post":
        return post.id
    return str(post.date.year) if post.date and post.date.year else "undated"


def _page(book: ResolvedBook, site: Site, name: str, posts: tuple[Post, ...]) -> str:
    rendering = page_rendering(book, site.href(book, name))
    shown = tuple(_views(book, site, name, posts))
    view = book_view(book, rendering)
    home = "" if name == site.home else relative(site.home, name)
    own = shown[0].plain if len(shown) == 1 else PurePosixPath(name).stem
    labels = [link.label for part in view.parts for link in part.posts]
    return render_page(
        "anthology.html.j2",
        view,
        page_style(book, [*labels, *(post.body for post in shown)], rules=size_rules(posts)),
        home=home,
        title=f"{own} · {view.title}" if home else view.title,
        shown=part_views(book, shown),
    )


def _views(book: ResolvedBook, site: Site, name: str, posts: tuple[Post, ...]) -> Iterator[PostView]:
    places = {post.id: place for place, post in enumerate(book.posts)}
    rendering = page_rendering(book, site.href(book, name))
    for post in posts:
        fitted = replace(rendering, post_url=post.url, note_prefix=f"{post.id}-n")
        yield post_view(book, post, fitted, places[post.id])


def relative(target: str, here: str) -> str:
    """Return the address of the file ``target`` as seen from ``here``; both are names in the output folder."""
    depth = len(PurePosixPath(here).parts) - 1
    base = PurePosixPath(here).parent
    near = PurePosixPath(target)
    path = near.relative_to(base) if near.is_relative_to(base) else PurePosixPath(*[".."] * depth, near)
    return quote(str(path))
