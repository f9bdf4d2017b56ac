r"""Equation numbers, counted from 1 in every post, as MathJax 3 counts them.

A formula that loads an extension by ``\require`` has no number: MathJax without that extension shows an error in its
place and counts on without it, and the numbers of the equations after it are to stay MathJax's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pipeline.book import Book, Post
from pipeline.diagnostics import Reporter
from pipeline.document import EquationNumber, Math
from pipeline.formulas import change_formulas
from pipeline.tex.numbering import numbered_rows

_EXTENSION: Final = "\\require"


def numbers(book: Book, reporter: Reporter) -> Book:  # noqa: ARG001 - the signature of every transform
    """Set ``numbers`` of every formula; each numbered row gets an anchor that is unique in the book."""
    return replace(book, posts=tuple(_number_post(post) for post in book.posts))


def _number_post(post: Post) -> Post:
    return change_formulas(post, _Counter(post.id).number)


class _Counter:
    """The last number given in a post, and how many rows have one."""

    def __init__(self, post: str) -> None:
        self.post = post
        self.last = 0
        self.rows = 0

    def number(self, math: Math) -> Math:
        if math.error or _EXTENSION in math.tex:
            return math
        rows = numbered_rows(math.tex if math.expanded is None else math.expanded, display=math.display)
        given = tuple(EquationNumber(self.text(row.tag), row.row, row.labels, self.anchor()) for row in rows)
        return replace(math, numbers=given) if given else math

    def text(self, tag: str | None) -> str:
        if tag is not None:
            return tag
        self.last += 1
        return str(self.last)

    def anchor(self) -> str:
        self.rows += 1
        return f"{self.post}-e{self.rows}"
