"""Compare what was read back with what must be there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from pipeline.source import Span
from pipeline.verify.expected import Expected, ExpectedPost, Piece
from pipeline.verify.marks import BLANK, FORMULA, MAYBE, name_of, parts

_SHOWN: Final = 40  # characters of a lost text that the message quotes
MOST: Final = 100  # losses told of one artefact: a message more helps nobody


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that an artefact should hold and does not."""

    post: str
    message: str
    span: Span


def compare(expected: Expected, found: Mapping[str, str]) -> tuple[Loss, ...]:
    """Return what ``found`` lacks: the text of each post with its marks, by the post's id, in the artefact's order.

    A piece is sought after the end of the one before it, so text that stands in a wrong place is a loss as well. More
    than is expected is no loss: artefacts number their equations and name the neighbours of a post.
    """
    return tuple(islice(_losses(expected, found), MOST))


def _losses(expected: Expected, found: Mapping[str, str]) -> Iterator[Loss]:
    yield from _disorder(expected, found)
    for post in expected.posts:
        text = found.get(post.id)
        if text is None:
            yield Loss(post.id, f"the post {post.title!r} is missing", post.span)
        else:
            yield from _post_losses(post, text)


def _disorder(expected: Expected, found: Mapping[str, str]) -> Iterator[Loss]:
    """Posts that stand before one that they should follow."""
    place = {post_id: index for index, post_id in enumerate(found)}
    last = -1
    for post in expected.posts:
        here = place.get(post.id, last)
        if here < last:
            yield Loss(post.id, f"the post {post.title!r} stands before one that it should follow", post.span)
        last = max(last, here)


def _post_losses(post: ExpectedPost, text: str) -> Iterator[Loss]:
    position = 0
    for piece in post.pieces:
        start = _find(piece.text, text, position)
        if start < 0:
            yield Loss(post.id, f"{_missing(piece, text, position)} of {post.title!r} is missing", piece.span)
        else:
            position = start + len(piece.text)
    for piece in post.beside:
        if _find(piece.text, text, 0) < 0:
            yield Loss(post.id, f"{_missing(piece, text, 0)} of {post.title!r} is missing", piece.span)


def _find(wanted: str, text: str, position: int) -> int:
    """Return where ``wanted`` stands in ``text`` from ``position`` on; below 0 where it does not."""
    if MAYBE not in wanted:
        return text.find(wanted, position)
    found = re.compile(re.escape(wanted).replace(MAYBE, f"[{FORMULA}{BLANK}]")).search(text, position)
    return found.start() if found else -1


def _missing(piece: Piece, text: str, position: int) -> str:
    """Name the first part of a piece that cannot be found where it should stand: a stretch of text, or a mark."""
    for part in parts(piece.text):
        start, name = _find(part, text, position), name_of(part)
        if start < 0 or (name and start > position):
            return name or f"the text “{quoted(part)}”"
        position = start + len(part)
    return f"something in “{quoted(''.join('…' if name_of(part) else part for part in parts(piece.text)))}”"


def quoted(text: str) -> str:
    """Return the beginning of ``text``, enough to find it by."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
