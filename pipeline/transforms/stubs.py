"""Posts of which the book has the beginning alone are reported, once it is known that no source completes them."""

from __future__ import annotations

from pipeline.book import Book, Complete, Post, Truncated
from pipeline.codes import Code
from pipeline.diagnostics import Reporter


def stubs(book: Book, reporter: Reporter) -> Book:
    """Return ``book`` as it is, and report every post that was cut."""
    for post in book.posts:
        _report(post, reporter)
    return book


def _report(post: Post, reporter: Reporter) -> None:
    match post.status:
        case Truncated(marker=marker, span=span):
            message = "the source has only the beginning of this post"
            reporter.report(Code.POST_TRUNCATED, message, span, post=post.id, length=len(marker))
        case Complete():
            pass
