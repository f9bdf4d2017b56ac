"""What a site prints above and below each of its posts: licences, requests for donations, how often one was read.

One page does not tell such lines from its author's last words; several pages of one site do, since theirs are the same
but for the post's own title, address and day. A line below the title that says the day again does so by itself.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from pipeline.book import Post
from pipeline.codes import Code
from pipeline.diagnostics import Reporter, counted
from pipeline.document import Block, Math, Paragraph, Quote, ReadMore, Rule
from pipeline.fold import fold
from pipeline.readers.addresses import split_address
from pipeline.readers.dates import find_date
from pipeline.walk import iter_inlines, source_text, texts_of

_Prose: TypeAlias = Paragraph | Quote

_FEWEST_POSTS: Final = 3  # what two have in common may be their author's
_SHARE_OF_POSTS: Final = 0.8
_DEPTH: Final = 8  # blocks at either end that are looked at
_LONGEST_FRAME: Final = 300  # characters
_SHOWN: Final = 40  # of them in a report
_LINE: Final = 80  # characters of a line below a title
_BELOW_TITLE: Final = re.compile(
    r"[|·•]|发[表布]|發[表佈]|作者|[阅閱]读|浏览|读者|\b(?:posted|published|by|views)\b", re.IGNORECASE
)
_OWN: Final = re.compile(r"(?:https?:[!-~]+|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|[0-9]|\W)+")
"""What differs from post to post: addresses, months, and numbers with the marks around them."""


def without_frames(posts: Sequence[Post], reporter: Reporter) -> tuple[Post, ...]:
    """Return posts that were HTML without what their site printed around them; what goes is reported.

    They come from saved pages, from feeds and from exports.
    """
    sites: dict[str, list[Post]] = defaultdict(list)
    for post in posts:
        sites[_site(post)].append(post)
    frames = {site: _frame(members) for site, members in sites.items() if len(members) >= _FEWEST_POSTS}
    dropped: dict[str, list[_Prose]] = defaultdict(list)
    kept = tuple(_without(post, frames.get(_site(post), frozenset()), dropped) for post in posts)
    for blocks in dropped.values():
        message = f"the site's own words around {counted(len(blocks), 'post')}, left out: {_text(blocks[0])[:_SHOWN]!r}"
        reporter.report(Code.SITE_TEXT, message, blocks[0].span)
    return kept


def _site(post: Post) -> str:
    return split_address(post.url).netloc


def _frame(posts: Sequence[Post]) -> frozenset[str]:
    """Return the keys of the blocks that nearly all of a site's posts have at their ends."""
    counts: Counter[str] = Counter()
    for post in posts:
        ends = (*post.blocks[:_DEPTH], *post.blocks[_DEPTH:][-_DEPTH:])
        counts.update({key for block in ends if (key := _key(block, post))})
    return frozenset(key for key, count in counts.items() if count >= max(_FEWEST_POSTS, len(posts) * _SHARE_OF_POSTS))


def _key(block: Block, post: Post) -> str:
    """Return a block's text with what is the post's own masked; empty if the block cannot be part of a frame."""
    if not isinstance(block, _Prose) or any(isinstance(i, Math) for i in iter_inlines((block,))):
        return ""
    text = _text(block)
    if len(text) > _LONGEST_FRAME:
        return ""
    return _OWN.sub("0", fold(text).replace(fold(source_text(post.title)), ""))


def _text(block: Block) -> str:
    inner = block.blocks if isinstance(block, Quote) else (block,)
    return " ".join(text for each in inner for text in texts_of(each))


def _without(post: Post, frame: frozenset[str], dropped: dict[str, list[_Prose]]) -> Post:
    more = tuple(block for block in post.blocks if isinstance(block, ReadMore))
    blocks = post.blocks[: len(post.blocks) - len(more)]
    first = _run([_says_day(block, post) or _is_framed(block, post, frame) for block in blocks[:-1][:_DEPTH]])
    inner = blocks[first + 1 :]  # one block always stays
    last = len(blocks) - _run([_is_framed(block, post, frame) for block in reversed(inner[-_DEPTH:])])
    if (first, last) == (0, len(blocks)):
        return post
    for block in (*blocks[:first], *blocks[last:]):
        if isinstance(block, _Prose):
            dropped[_key(block, post)].append(block)
    return replace(post, blocks=(*blocks[first:last], *more))


def _run(known: Sequence[bool]) -> int:
    """How many are true at the beginning."""
    return next((place for place, is_known in enumerate(known) if not is_known), len(known))


def _is_framed(block: Block, post: Post, frame: frozenset[str]) -> bool:
    return _key(block, post) in frame or (bool(frame) and isinstance(block, Rule))


def _says_day(block: Block, post: Post) -> bool:
    """Whether a line is what a site says below a title: the day again, with who wrote it or how many read it."""
    if post.date is None or not isinstance(block, Paragraph) or len(text := _text(block)) > _LINE:
        return False
    return find_date(text) == post.date and _BELOW_TITLE.search(text) is not None
