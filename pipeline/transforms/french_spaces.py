"""Make the spaces of French unbreakable that stand before its double marks and inside its quotation marks.

No line begins with one of these marks or ends behind an opening one (Lexique des règles typographiques en usage à
l'Imprimerie nationale, "ponctuation"). A dump has plain spaces there, since few keyboards have others.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from pipeline.book import Book
from pipeline.diagnostics import Reporter
from pipeline.document import Inline, Inlines, Str
from pipeline.phrases import primary_language
from pipeline.posts import map_post

_SPACE: Final = re.compile(r" (?=[:;!?»])|(?<=«) ")


def french_spaces(book: Book, _reporter: Reporter) -> Book:
    """Return ``book`` with such spaces, where its language is French."""
    if primary_language(book.config.metadata.language) != "fr":
        return book
    return replace(book, posts=tuple(map_post(post, _tied) for post in book.posts))


def _tied(inline: Inline) -> Inlines:
    if not isinstance(inline, Str) or not _SPACE.search(inline.text):
        return (inline,)
    return (replace(inline, text=_SPACE.sub("\u00a0", inline.text)),)
