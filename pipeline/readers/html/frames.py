"""What a site prints above and below each of its posts: licences, requests for donations, how often one was read.

One page does not tell such lines from its author's last words; several pages of one site do, since theirs are the same
but for the post's own title, address and day.
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
from pipeline.document import Block, Blocks, Math, Paragraph, Quote, ReadMore, Rule
from pipeline.fold import fold
from pipeline.readers.addresses import split_address
from pipeline.walk import iter_inlines, own_inlines, source_text

_Text: TypeAlias = Paragraph | Quote

_FEWEST: Final = 3  # posts; what two have in common may be their author's
_SHARE: Final = 0.8  # of a site's posts
_DEPTH: Final = 8  # blocks at either end that are looked at
_LONGEST: Final = 300  # characters
_SHOWN: Final = 40  # of them in a report
_OWN: Final = re.compile(r"(?:https?:[!-~]+|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|[0-9]|\W)+")
"""What differs from post to post: addresses, months, and numbers with the marks around them."""


def without_frames(posts: Sequence[Post], reporter: Reporter) -> tuple[Post, ...]:
    """Return posts of saved pages and feeds without what their site printed around them; what goes is reported."""
    sites: dict[str, list[Post]] = defaultdict(list)
    for post in posts:
        sites[_site(post)].append(post)
    frames = {site: _frame(members) for site, members in sites.items() if len(members) >= _FEWEST}
    dropped: dict[str, list[_Text]] = defaultdict(list)
    kept = tuple(_without(post, frames.get(_site(post), frozenset()), dropped) for post in posts)
    for blocks in dropped.values():
        message = f"around {counted(len(blocks), 'post')} of a site, left out: {_text(blocks[0])[:_SHOWN]!r}"
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
    return frozenset(key for key, count in counts.items() if count >= max(_FEWEST, len(posts) * _SHARE))


def _key(block: Block, post: Post) -> str:
    """Return what a block has in common with its like in other posts; nothing for one that is a post's own."""
    if not isinstance(block, _Text) or any(isinstance(i, Math) for i in iter_inlines((block,))):
        return ""
    text = _text(block)
    if len(text) > _LONGEST:
        return ""
    return _OWN.sub("0", fold(text).replace(fold(source_text(post.title)), ""))


def _text(block: Block) -> str:
    inner = block.blocks if isinstance(block, Quote) else (block,)
    return " ".join(source_text(run) for each in inner for run in own_inlines(each))


def _without(post: Post, frame: frozenset[str], dropped: dict[str, list[_Text]]) -> Post:
    if not frame:
        return post
    more = tuple(block for block in post.blocks if isinstance(block, ReadMore))
    blocks = post.blocks[: len(post.blocks) - len(more)]
    first = _length(blocks, post, frame)
    last = len(blocks) - _length(blocks[:first:-1], post, frame)  # never all of a post
    for block in (*blocks[:first], *blocks[last:]):
        if isinstance(block, _Text) and (key := _key(block, post)):
            dropped[key].append(block)
    return replace(post, blocks=(*blocks[first:last], *more))


def _length(blocks: Blocks, post: Post, frame: frozenset[str]) -> int:
    """How many blocks at the beginning of ``blocks`` are the site's."""
    known = [isinstance(block, Rule) or _key(block, post) in frame for block in blocks[:_DEPTH]]
    return next((place for place, is_known in enumerate(known) if not is_known), len(known))
