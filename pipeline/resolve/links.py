"""Where each link of a post leads: out of the book, to a place in a post, or nowhere, so that it becomes text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias
from urllib.parse import unquote

from pipeline.addresses import safe_url
from pipeline.book import Post
from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.document import Heading, Image, Inline, Inlines, Link, PostRef, Str
from pipeline.fold import fold
from pipeline.phrases import Phrases
from pipeline.posts import map_post
from pipeline.walk import iter_blocks, source_text

_ABSOLUTE: Final = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.\-]*:|//)")
"""How an address begins that means the same on every page: RFC 3986, 3.1 and 4.2."""

_NO_PLACE: Final = re.compile(r"(?:javascript|vbscript|data|blob|about):", re.IGNORECASE)
"""How an address begins that leads nowhere from anywhere: its text would tell a reader nothing."""

Headings: TypeAlias = Callable[[str], Mapping[str, str]]
"""From a post's id to the anchors of its headings, by what addresses call them."""


def with_settled_links(post: Post, headings: Headings, phrases: Phrases, reporter: Reporter) -> Post:
    """Return ``post`` with the place that each link leads to; links to other posts are mentions by now.

    A link that leads nowhere, or to where no book may lead, becomes text and is reported.
    """
    links = _Links(post, headings, phrases, reporter)
    return map_post(replace(post, url=safe_url(post.url) or ""), links.settle)


@dataclass(frozen=True, slots=True)
class _Links:
    """The links of one post, and what tells where they lead."""

    post: Post
    headings: Headings
    phrases: Phrases
    reporter: Reporter

    def settle(self, inline: Inline) -> Inlines:
        match inline:
            case PostRef(fragment=""):
                return (inline,)
            case PostRef():
                return self.within(inline)
            case Link(url=url) if _ABSOLUTE.match(url):
                return self.followed(inline)
            case Link():
                return self.led(inline)
            case _:
                return (inline,)

    def within(self, mention: PostRef) -> Inlines:
        """A mention of a place in a post, which may be on that post's page of the web alone."""
        anchor = self.headings(mention.post).get(_slug(unquote(mention.fragment)), "")
        if anchor or mention.post != self.post.id:
            return (replace(mention, anchor=anchor),)
        return self.settle(Link(f"{self.post.url}#{mention.fragment}", mention.content, mention.span))

    def led(self, link: Link) -> Inlines:
        """A link to a heading of its own post, or to what no page of a book has."""
        inside = link.url.startswith("#")
        anchor = self.headings(self.post.id).get(_slug(unquote(link.url))) if inside else None
        if anchor:
            return (PostRef(self.post.id, link.content, link.span, anchor=anchor),)
        if not _is_needless(link, self.post):
            nowhere = "no heading of this post" if inside else "nothing in this book"
            message = f"{link.url!r} leads to {nowhere}"
            self.reporter.report(Code.LINK_UNRESOLVED, message, link.span, post=self.post.id)
        return link.content

    def followed(self, link: Link) -> Inlines:
        """A link out of the book."""
        url = safe_url(link.url)
        if url is not None:
            return (replace(link, url=url),)
        message = f"{link.url!r:.80} is not an address that a book may link to; the link became text"
        self.reporter.report(Code.MARKUP_SIMPLIFIED, message, link.span, post=self.post.id)
        return _with_address(link, self.phrases)


def _with_address(link: Link, phrases: Phrases) -> Inlines:
    """Return a link as text: its words, and behind them its address, where they do not say it."""
    words, address = source_text(link.content), link.url.strip()
    if address in words or _NO_PLACE.match(address):
        return link.content
    shown = phrases.gap + phrases.aside.format(address) if words.strip() else address
    return (*link.content, Str(shown, link.span))


def _is_needless(link: Link, post: Post) -> bool:
    """Whether dropping a link needs no report: it leads to its own post, or from a picture to a larger copy."""
    return not link.url.strip("#") or link.url in post.aliases or all(isinstance(part, Image) for part in link.content)


def headings_of(post: Post) -> dict[str, str]:
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
