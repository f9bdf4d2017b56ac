r"""Dollars in running text: ``\$`` is one, as in MathJax; one without a partner is reported, and stays as it is."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import Final

from pipeline.book import Book, Post
from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.document import Inline, Inlines, Str
from pipeline.posts import map_post
from pipeline.source import Span

_MOST: Final = 20  # of one line are told; who mends these sees the others
_DOLLAR: Final = re.compile(r"\\\$|\$+")
_MONEY: Final = re.compile(r"\$ ?[0-9]|\$\{?[A-Z_][A-Z0-9_]+\b|\$[a-z]{3,40}(?:->|[A-Z]\w| = \$)", re.ASCII)
"""Sums of money, and the variables of shells and programs, whose dollars never had a partner."""


def dollars(book: Book, reporter: Reporter) -> Book:
    """Return ``book`` with escaped dollars as dollars; report those that begin or end no formula."""
    return replace(book, posts=tuple(_in_post(post, reporter) for post in book.posts))


def _in_post(post: Post, reporter: Reporter) -> Post:
    def change(inline: Inline) -> Inlines:
        return (_in_text(inline, reporter, post.id),) if isinstance(inline, Str) and "$" in inline.text else (inline,)

    return map_post(post, change)


def _in_text(text: Str, reporter: Reporter, post: str) -> Str:
    found = (match for match in _DOLLAR.finditer(text.text) if match[0][0] == "$" and not _is_money(match))
    shown = list(islice(found, _MOST))
    more = sum(1 for _ in found)
    for match in shown:
        span = Span(text.span.path, text.span.line, text.span.column + match.start())
        message = "unmatched $, kept as text"
        if more and match is shown[-1]:
            message += f" (and {more} more on this line)"
        reporter.report(Code.DOLLAR_UNBALANCED, message, span, post=post, length=len(match[0]))
    return replace(text, text=text.text.replace("\\$", "$"))


def _is_money(dollar: re.Match[str]) -> bool:
    return bool(_MONEY.match(dollar.string, dollar.start())) or dollar.string.endswith("US", 0, dollar.start())
