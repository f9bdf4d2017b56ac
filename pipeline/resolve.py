"""From a book to one that can be written: posts laid out, and every reference with a target or reported as text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import count
from types import MappingProxyType
from typing import Final, TypeAlias
from urllib.parse import unquote

from pipeline.addresses import safe_url
from pipeline.book import (
    Anchor,
    Book,
    Post,
    ReferredEquation,
    ResolvedBook,
    Series,
    Summary,
    Truncated,
)
from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.document import Block, Figure, Heading, Image, Inline, Inlines, Link, PostRef, Str
from pipeline.errors import ArtefactError
from pipeline.fold import fold
from pipeline.formulas import formulas_of, prints_nothing, shown_formulas
from pipeline.layout import lay_out
from pipeline.phrases import Phrases, phrases_for
from pipeline.posts import map_post
from pipeline.walk import change_blocks, iter_blocks, iter_images, iter_inlines, source_text

_ABSOLUTE: Final = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.\-]*:|//)")
"""How an address begins that means the same on every page: RFC 3986, 3.1 and 4.2."""

_NO_PLACE: Final = re.compile(r"(?:javascript|vbscript|data|blob|about):", re.IGNORECASE)
"""How an address begins that leads nowhere from anywhere: its text would tell a reader nothing."""

_Headings: TypeAlias = Callable[[str], Mapping[str, str]]
"""From a post's id to the anchors of its headings, by what addresses call them."""


def resolve(book: Book, reporter: Reporter) -> ResolvedBook:
    """Return ``book`` laid out and with its targets known; references that lead nowhere become text, and are reported.

    Raises:
        ArtefactError: two places have the same id, so that links could not be trusted.
    """
    laid_out = tuple(_anchored(replace(post, blocks=lay_out(post.blocks))) for post in book.posts)
    anchors = _anchors(laid_out)
    by_id = {post.id: post for post in laid_out}
    headings = cache(lambda post: _headings(by_id[post]))  # few posts have headings that an address leads to
    phrases = phrases_for(book.config.metadata.language)
    posts = tuple(_settled(post, headings, phrases, reporter) for post in laid_out)
    return ResolvedBook(
        config=book.config,
        posts=posts,
        parts=book.parts,
        resources=book.resources,
        anchors=MappingProxyType(anchors),
        backlinks=MappingProxyType(_backlinks(posts)),
        series=_series(posts),
        equations=_equations(posts, anchors),
        summary=_summary(posts),
        by_id=MappingProxyType({post.id: post for post in posts}),
    )


def _anchored(post: Post) -> Post:
    """Return ``post`` with an id on every heading and figure: ``<post id>-s<n>`` and ``-f<n>``, n counted within it."""
    headings, figures = count(1), count(1)

    def number(block: Block) -> Block:
        match block:
            case Heading():
                return replace(block, anchor=f"{post.id}-s{next(headings)}")
            case Figure():
                return replace(block, anchor=f"{post.id}-f{next(figures)}")
            case _:
                return block

    return replace(post, blocks=change_blocks(post.blocks, number))


def _anchors(posts: tuple[Post, ...]) -> dict[str, Anchor]:
    anchors: dict[str, Anchor] = {}
    for post in posts:
        for anchor_id in _anchor_ids(post):
            if anchor_id in anchors:
                raise ArtefactError(
                    f"{post.span}: two places of the book would have the id {anchor_id!r}",
                    help="this is a defect of the program: please report it with the source",
                )
            anchors[anchor_id] = Anchor(anchor_id, post.id)
    return anchors


def _anchor_ids(post: Post) -> Iterator[str]:
    yield post.id
    for block in iter_blocks(post.blocks):
        if isinstance(block, Heading | Figure) and block.anchor:
            yield block.anchor
    for math in formulas_of(post):
        yield from (number.anchor for number in math.numbers if number.anchor)


def _settled(post: Post, headings: _Headings, phrases: Phrases, reporter: Reporter) -> Post:
    """Settle where each link leads: out of the book, or to a place in a post, or nowhere.

    Links to other posts are mentions by now.
    """

    def settle(inline: Inline) -> Inlines:
        match inline:
            case PostRef(post=target, fragment=fragment, content=content, span=span) if fragment:
                anchor = headings(target).get(_slug(unquote(fragment)), "")
                if anchor or target != post.id:
                    return (replace(inline, anchor=anchor),)
                return settle(Link(f"{post.url}#{fragment}", content, span))  # its page on the web may have the place
            case Link(url=url) if not _ABSOLUTE.match(url):
                return led(inline)
            case Link():
                return followed(inline)
            case _:
                return (inline,)

    def led(link: Link) -> Inlines:
        anchor = headings(post.id).get(_slug(unquote(link.url))) if link.url.startswith("#") else None
        if anchor:
            return (PostRef(post.id, link.content, link.span, anchor=anchor),)
        if not _is_needless(link, post):
            nowhere = "no heading of this post" if link.url.startswith("#") else "nothing in this book"
            message = f"{link.url!r} leads to {nowhere}"
            reporter.report(Code.LINK_UNRESOLVED, message, link.span, post=post.id)
        return link.content

    def followed(link: Link) -> Inlines:
        url = safe_url(link.url)
        if url is not None:
            return (replace(link, url=url),)
        message = f"{link.url!r:.80} is not an address that a book may link to; the link became text"
        reporter.report(Code.MARKUP_SIMPLIFIED, message, link.span, post=post.id)
        return _with_address(link, phrases)

    return map_post(replace(post, url=safe_url(post.url) or ""), settle)


def _with_address(link: Link, phrases: Phrases) -> Inlines:
    """Return a link as text: its words, and behind them its address, where they do not say it."""
    words, address = source_text(link.content), link.url.strip()
    if address in words or _NO_PLACE.match(address):
        return link.content
    shown = phrases.gap + phrases.aside.format(address) if words.strip() else address
    return (*link.content, Str(shown, link.span))


def _headings(post: Post) -> dict[str, str]:
    """Return the anchors of headings by what addresses call them: the name that a source gave them, or their words.

    Of two with one name the first has it; of those with the same words the later ones are numbered, from 1.
    """
    headings = [block for block in iter_blocks(post.blocks) if isinstance(block, Heading)]
    called: dict[str, str] = {}
    for heading in headings:
        called.setdefault(_slug(heading.name), heading.anchor)
    alike: Counter[str] = Counter()
    for heading in headings:
        words = _slug(source_text(heading.content))
        called.setdefault(f"{words}{alike[words] or ''}", heading.anchor)
        alike[words] += 1
    called.pop("", None)
    return called


def _slug(text: str) -> str:
    """Return what all programs leave of a heading where they make an address of it: its letters and digits."""
    return "".join(filter(str.isalnum, fold(text)))


def _is_needless(link: Link, post: Post) -> bool:
    """Whether dropping a link needs no report: it leads to its own post, or from a picture to a larger copy."""
    return not link.url.strip("#") or link.url in post.aliases or all(isinstance(part, Image) for part in link.content)


def _mentioned(post: Post) -> Iterator[str]:
    for inline in iter_inlines(post.blocks):
        if isinstance(inline, PostRef):
            yield inline.post


def _backlinks(posts: tuple[Post, ...]) -> dict[str, tuple[str, ...]]:
    backlinks: dict[str, dict[str, None]] = defaultdict(dict)
    for post in posts:
        for target in _mentioned(post):
            if target != post.id:
                backlinks[target][post.id] = None
    return {target: tuple(mentioning) for target, mentioning in backlinks.items()}


def _series(posts: tuple[Post, ...]) -> tuple[Series, ...]:
    members: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for post in posts:
        if post.series is not None:
            members[post.series.name].append((post.series.place, post.id))
    return tuple(Series(name, tuple(post for _, post in sorted(places))) for name, places in members.items())


def _equations(posts: tuple[Post, ...], anchors: Mapping[str, Anchor]) -> tuple[ReferredEquation, ...]:
    found = []
    for post in posts:
        formulas = tuple(formulas_of(post))
        wanted = {reference.anchor for math in formulas for reference in math.references}
        for math in formulas:
            found += [
                ReferredEquation(number.text, anchors[number.anchor], math)
                for number in math.numbers
                if number.anchor and number.anchor in wanted
            ]
    return tuple(found)


def _summary(posts: tuple[Post, ...]) -> Summary:
    formulas = [math for post in posts for math in shown_formulas(post) if not prints_nothing(math)]
    return Summary(
        truncated=tuple(post.id for post in posts if isinstance(post.status, Truncated)),
        inferred_years=tuple(post.id for post in posts if post.date and post.date.inferred),
        missing_images=sum(map(_missing_images, posts)),
        formulas=len(formulas),
        failures=MappingProxyType(dict(Counter(math.error for math in formulas if math.error).most_common())),
    )


def _missing_images(post: Post) -> int:
    """Count what shows that a picture is missing: figures that lost theirs, and pictures that could not be found."""
    lost = sum(isinstance(block, Figure) and block.image is None for block in iter_blocks(post.blocks))
    return lost + sum(not image.resource for image in iter_images(post.blocks))
