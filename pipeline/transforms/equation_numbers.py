r"""Equation numbers, counted from 1 in every post, as MathJax 3 counts them.

A formula that loads an extension by ``\require`` has no number: MathJax without that extension shows an error in its
place and counts on without it, and the numbers of the equations after it are to stay MathJax's. One in a title has a
number, but no anchor, as a book shows its titles in many places.

MathJax counts on past a ``\tag`` that has the number of another equation; so do we, and say so.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from pipeline.book import Book, Post
from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.document import EquationNumber, Inline, Inlines, Math
from pipeline.formulas import change_formulas
from pipeline.tex.numbered_rows import numbered_rows
from pipeline.walk import map_inlines

_EXTENSION: Final = "\\require"
_AROUND: Final = re.compile(r"\\(?:(?:label|tag\*?|begin|end)\s*\{[^{}]*\}|notag|nonumber)|\s")
"""What one equation may have here and not there, where a post shows it twice."""


def equation_numbers(book: Book, reporter: Reporter) -> Book:
    """Set ``numbers`` of every formula; each numbered row outside titles gets an anchor that is unique in the book."""
    return replace(book, posts=tuple(_number_post(post, reporter) for post in book.posts))


def _number_post(post: Post, reporter: Reporter) -> Post:
    numbered = change_formulas(post, _Counter(post.id, reporter).number)
    return replace(numbered, title=map_inlines(numbered.title, _without_anchors))


def _without_anchors(inline: Inline) -> Inlines:
    if not isinstance(inline, Math):
        return (inline,)
    return (replace(inline, numbers=tuple(replace(number, anchor="") for number in inline.numbers)),)


class _Counter:
    """The last number given in a post, how many rows have one, and which numbers were counted and which chosen."""

    def __init__(self, post: str, reporter: Reporter) -> None:
        self.post = post
        self.reporter = reporter
        self.last = 0
        self.rows = 0
        self.counted: dict[str, str] = {}  # number → the TeX of the equation that has it
        self.chosen: dict[str, str] = {}

    def number(self, math: Math) -> Math:
        if math.error or _EXTENSION in math.tex:
            return math
        rows = numbered_rows(math.meaning, display=math.display)
        given = tuple(
            EquationNumber(self.text(row.tag, math), row.row, row.labels, self.anchor(), row.bare) for row in rows
        )
        return replace(math, numbers=given) if given else math

    def text(self, tag: str | None, math: Math) -> str:
        if tag is not None:
            self.note(tag, math, self.chosen, self.counted)
            return tag
        self.last += 1
        self.note(str(self.last), math, self.counted, self.chosen)
        return str(self.last)

    def note(self, number: str, math: Math, ours: dict[str, str], others: dict[str, str]) -> None:
        """Report a number that is counted here and chosen there, unless it is the same equation that has both."""
        if number in others and number not in ours and not _same(others[number], math.tex):
            message = rf"two equations have the number ({number}): one by its \tag, the other by counting"
            self.reporter.report(Code.NUMBER_TWICE, message, math.span, post=self.post)
        ours.setdefault(number, math.tex)

    def anchor(self) -> str:
        self.rows += 1
        return f"{self.post}-e{self.rows}"


def _same(tex: str, other: str) -> bool:
    return _AROUND.sub("", tex) == _AROUND.sub("", other)
