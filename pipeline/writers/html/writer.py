"""The anthology as one self-contained page, or as a small site of such pages when it is divided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby, islice
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import quote

from pipeline.background import in_background, parallel_map
from pipeline.book import Post, ResolvedBook
from pipeline.codes import Code
from pipeline.config import Split
from pipeline.diagnostics import Reporter
from pipeline.formulas import formulas_of
from pipeline.writers.contract import Artefact, File, WriterOptions
from pipeline.writers.html.page import font_face, page_rendering, page_style, render_page, size_rules
from pipeline.writers.html.seal import sealed
from pipeline.writers.html.view import BookView, PostView, book_view, part_id, part_views, post_view
from pipeline.writers.xhtml.rendering import Href, Rendering

_LARGEST: Final = 50_000_000  # bytes: beyond this, browsers on phones give up


@dataclass(frozen=True, slots=True)
class Page:
    """One file: its name in the output folder and the posts it shows, in full or as text to search in."""

    name: str
    posts: tuple[Post, ...]
    text_alone: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """All pages; ``home`` has the title page and the contents, ``search``, if there are several, the text of all."""

    pages: tuple[Page, ...]
    home: str
    search: str = ""

    def href(self, book: ResolvedBook, here: str) -> Href:
        """Return what gives the address of a post's or an anchor's id on the page ``here``."""
        places = {post.id: page.name for page in self.pages if not page.text_alone for post in page.posts}
        places |= {part_id(part): places[part.posts[0]] for part in book.parts if part.posts}

        def address(name: str) -> str:
            anchor = book.anchors.get(name)
            there = places[anchor.post if anchor else name]
            return ("" if there == here else relative(there, here)) + f"#{name}"

        return address


def write_html(book: ResolvedBook, options: WriterOptions, reporter: Reporter) -> Artefact:
    """Return ``<slug>.html``; divided by post or by year it is the front and the contents of pages in ``<slug>/``."""
    site = site_of(book, options.slug)
    # One subset for all pages: to make one takes longer than to write a page.
    drawn = {math.mathml for post in book.posts for math in formulas_of(post) if math.mathml}
    with in_background(partial(font_face, book, drawn), options.jobs) as font:
        shown = _views(book, site, options.jobs)
        files = tuple(
            _file(page, _render(book, site, page, views, font())) for page, views in zip(site.pages, shown, strict=True)
        )
    largest = max(files, key=lambda file: len(file.content))
    if len(largest.content) > _LARGEST:
        reporter.report(Code.PAGE_LARGE, f"{largest.name} has {len(largest.content) // 1_000_000} MB")
    return Artefact(files)


def _file(page: Page, text: str) -> File:
    content = text.encode()
    return File(page.name, sealed(content) if "/" in page.name else content)


def site_of(book: ResolvedBook, slug: str) -> Site:
    """Return which pages there are, as the configuration divides the book."""
    home, search = f"{slug}.html", f"{slug}/search.html"
    if not book.config.html.split:
        return Site((Page(home, book.posts),), home)
    pages = _divided(book.posts, slug, book.config.html.split)
    return Site((Page(home, ()), *pages, Page(search, book.posts, text_alone=True)), home, search)


def _divided(posts: Iterable[Post], folder: str, split: Split) -> Iterator[Page]:
    """A page for each post, or for each run of posts of one year: the book's order is that of its pages."""
    names: Counter[str] = Counter()
    for name, run in groupby(posts, lambda post: post.id if split == "post" else _year(post) or "undated"):
        names[name] += 1
        again = f"-{names[name]}" if names[name] > 1 else ""
        yield Page(f"{folder}/{name}{again}.html", tuple(run))


def _year(post: Post) -> str:
    return str(post.date.year) if post.date and post.date.year else ""


def _render(book: ResolvedBook, site: Site, page: Page, shown: tuple[PostView, ...], font: str) -> str:
    rendering = page_rendering(book, site.href(book, page.name))
    view = book_view(book, rendering)
    labels = [link.label for part in view.parts for link in part.posts]
    drawn = any("<math" in text for text in (*labels, *(post.body for post in shown)))
    return render_page(
        "anthology.html.j2",
        view,
        page_style(font if drawn else "", size_rules(page.posts)),
        home="" if page.name == site.home else relative(site.home, page.name),
        search=relative(site.search, page.name) if site.search and not page.text_alone else "",
        title=_title(view, page, shown),
        shown=part_views(book, shown),
    )


def _title(view: BookView, page: Page, shown: tuple[PostView, ...]) -> str:
    """What the browser calls the page: the book's title, after what the page has of it."""
    if page.text_alone:
        return f"{view.phrases.page.search} · {view.title}"
    if "/" not in page.name:
        return view.title
    own = shown[0].plain if len(shown) == 1 else _year(page.posts[0]) or shown[0].plain
    return f"{own} · {view.title}"


def _views(book: ResolvedBook, site: Site, jobs: int) -> list[tuple[PostView, ...]]:
    """Return what each page shows of its posts, in the order of the pages."""
    renderings = [page_rendering(book, site.href(book, page.name)) for page in site.pages]
    wanted = [(page, post, own) for page, own in zip(site.pages, renderings, strict=True) for post in page.posts]
    places = {post.id: place for place, post in enumerate(book.posts)}

    def view(asked: tuple[Page, Post, Rendering]) -> PostView:
        page, post, rendering = asked
        fitted = replace(
            rendering, post_url=book.url_of(post), note_prefix=f"{post.id}-n", display_prefix=f"{post.id}-d"
        )
        return post_view(book, post, fitted, places[post.id], text_alone=page.text_alone)

    views = iter(parallel_map(view, wanted, jobs))
    return [tuple(islice(views, len(page.posts))) for page in site.pages]


def relative(target: str, here: str) -> str:
    """Return the address of the file ``target`` as seen from ``here``; both are names in the output folder."""
    depth = len(PurePosixPath(here).parts) - 1
    base = PurePosixPath(here).parent
    near = PurePosixPath(target)
    path = near.relative_to(base) if near.is_relative_to(base) else PurePosixPath(*[".."] * depth, near)
    return quote(str(path))
