"""Find the posts that a text names: 《title》, whatever widths and spaces it is written with."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from pipeline.book import Post
from pipeline.fold import fold
from pipeline.transforms.titles.part_numbers import part_of
from pipeline.walk import source_text

_TITLE: Final = re.compile("《([^《》\n]{1,200})》")
_CUT: Final = re.compile(r"(?:\.\.\.+|…+)$")  # a title that the source itself cut short
_SHORTEST: Final = 4  # characters of a title that is not the whole title


class Mention(NamedTuple):
    """A post's name in a text, without the marks around it."""

    start: int
    end: int
    post: str


@dataclass(frozen=True, slots=True)
class Titles:
    """What the posts of a book are called, every name with the one post that it means."""

    names: Mapping[str, str]  # folded name → post id
    beginnings: Mapping[str, str]  # folded beginning of a title that the source cut short → post id
    lengths: tuple[int, ...]  # of the beginnings

    def find(self, text: str) -> Iterator[Mention]:
        """Yield the mentions in ``text`` in order."""
        for match in _TITLE.finditer(text):
            post = self.post(match[1])
            if post is not None:
                yield Mention(match.start(1), match.end(1), post)

    def post(self, title: str) -> str | None:
        """Return the id of the post that ``title`` means; None when it means none, or might mean two."""
        folded = fold(title)
        if folded in self.names:
            return self.names[folded]
        if part_of(title):  # the part that was cut off may hold another number
            return None
        starts = (folded[:length] for length in self.lengths)
        return next((self.beginnings[start] for start in starts if start in self.beginnings), None)


def titles_of(posts: Iterable[Post]) -> Titles:
    """Index the titles of ``posts``: whole titles first, then what they are called for short."""
    whole: defaultdict[str, set[str]] = defaultdict(set)
    short: defaultdict[str, set[str]] = defaultdict(set)
    cut: defaultdict[str, set[str]] = defaultdict(set)
    for post in posts:
        title = source_text(post.title)
        whole[fold(title)].add(post.id)
        for name in _short_names(title):
            short[fold(name)].add(post.id)
        if _CUT.search(title):
            cut[fold(_CUT.sub("", title))].add(post.id)
    beginnings = {name: post for name, post in _only(cut).items() if len(name) >= _SHORTEST}
    return Titles(_only(short) | _only(whole), beginnings, tuple(sorted(set(map(len, beginnings)))))


def _short_names(title: str) -> Iterator[str]:
    """A part of a series is also called by the series' name with its number, and by what follows it."""
    part = part_of(title)
    if part is None:
        return
    for name in (part.label, part.rest):
        if len(fold(name)) >= _SHORTEST:
            yield name


def _only(found: Mapping[str, set[str]]) -> dict[str, str]:
    """A name that two posts have means neither."""
    return {name: next(iter(posts)) for name, posts in found.items() if len(posts) == 1 and name}
