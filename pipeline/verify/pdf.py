"""What a PDF lacks of a book: its letters, digits and ideographs, page by page, in the order in which TeX set them.

Extraction from a PDF is not exact: marks change their shape, words are hyphenated, formulas fall to pieces. Compared is
what fonts keep, between one formula and the next, within the pages of each post. What a page draws holds a mark where a
formula begins and one where it ends (styles/book.tex.j2), and its characters in between.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from itertools import islice, takewhile
from typing import Any, Final, TypeAlias

from pipeline.background import parallel_map
from pipeline.errors import ArtefactError
from pipeline.verify.compare import MOST, Loss, quoted
from pipeline.verify.expected import Expected, ExpectedPost, Piece
from pipeline.verify.marks import CUT, FORMULA, NAMES, without_details
from pipeline.verify.pdf_formulas import KANA_AND_IDEOGRAPHS, Fonts, is_space, lacking, printed

_KEPT: Final = re.compile(rf"[0-9A-Za-z{KANA_AND_IDEOGRAPHS}]+")
_PLAIN: Final = r"\x21-\x7e\u2010-\u2027\u3000-\u303f\uff01-\uff5e"
_BREAK: Final = re.compile(rf"[^{_PLAIN}{KANA_AND_IDEOGRAPHS}]+")
"""Marks, and characters that the printed book may show otherwise than as themselves, such as emoji."""

_GRAM: Final = 8  # characters that tell where a text goes on
_NUMBER: Final = 4  # characters that a note's number takes, and the one after it
_NOTES: Final = 4000  # characters that the foot of a page can hold
_POINTS: Final = 72 / 72.27  # PDF's points in one of TeX
_SLACK: Final = 3.0  # points above a place that belong to it

_PICTURE: Final = re.compile(rb"/\w+\sDo\b")  # ISO 32000-1, 8.8; all else in this book is drawn by text and lines

_Pdf: TypeAlias = Any  # a document of pymupdf, which is half annotated


@dataclass(frozen=True, slots=True)
class _Found:
    """What the pages of a post hold: their letters, what is drawn of each formula, by its number, and pictures."""

    letters: str
    formulas: dict[int, str | None]
    pictures: int


@dataclass(frozen=True, slots=True)
class _Place:
    """A page, counted from 0, and a height on it in points from below (ISO 32000-1, 12.3.2.2)."""

    page: int
    height: float


def verify_pdf(
    content: bytes, expected: Expected, body: tuple[float, float], cut: str, *, jobs: int = 1
) -> tuple[Loss, ...]:
    """Return what a PDF lacks of the text that is expected.

    ``body`` is where the text of a page begins and ends, in TeX points from its top: running heads stand outside it.
    ``cut`` is what the book prints where a post was cut. ``jobs`` processes read pages at once.

    Raises:
        ArtefactError: it is no PDF.
    """
    pymupdf = import_module("pymupdf")  # takes 0.2 s, which only this format should pay
    try:
        with pymupdf.open(stream=content, filetype="pdf") as document:
            found = _posts(document, expected, (body[0] * _POINTS, body[1] * _POINTS), jobs)
    except (RuntimeError, ValueError) as error:
        raise ArtefactError(f"the PDF cannot be read: {error}") from error
    return tuple(islice(_losses(expected, found, "".join(_letters(cut))), MOST))


def _posts(document: _Pdf, expected: Expected, body: tuple[float, float], jobs: int) -> dict[str, _Found]:
    """Return what each post holds: from the place that its id names to the place of the next post.

    A name of a page that was taken out of the file leads to no place, and its post is not found.
    """
    names = document.resolve_names()
    places = {post.id: names.get(post.id, {}) for post in expected.posts}
    starts = {name: _Place(place["page"], place["to"][1]) for name, place in places.items() if "to" in place}
    ends = [*islice(starts.values(), 1, None), _Place(len(document), 0)]
    stretches = list(zip(starts.values(), ends, strict=False))
    return dict(zip(starts, parallel_map(partial(_found, document, body, {}), stretches, jobs), strict=True))


def _found(document: _Pdf, body: tuple[float, float], fonts: Fonts, stretch: tuple[_Place, _Place]) -> _Found:
    start, end = stretch
    numbers = range(start.page, max(end.page, start.page + 1))
    pages = [(page, page.read_contents()) for page in map(document.__getitem__, numbers)]
    pictures = sum(len(_PICTURE.findall(contents)) for _page, contents in pages)
    return _Found(_between(document, start, end, body), printed(pages, fonts), pictures)


def _between(document: _Pdf, start: _Place, end: _Place, body: tuple[float, float]) -> str:
    found: list[str] = []
    for number in range(start.page, min(end.page + 1, len(document))):
        page = document[number]
        height = page.rect.height
        top = max(body[0], height - start.height - _SLACK) if number == start.page else body[0]
        bottom = min(body[1], height - end.height - _SLACK) if number == end.page else body[1]
        if bottom > top:
            found += _letters(str(page.get_text(clip=(0, top, page.rect.width, bottom))))
    return "".join(found)


def _letters(text: str) -> list[str]:
    """Return the runs of compared characters; NFKC undoes ligatures, and radicals that fonts share with ideographs."""
    return _KEPT.findall(unicodedata.normalize("NFKC", text))


def _losses(expected: Expected, found: dict[str, _Found], cut: str) -> Iterator[Loss]:
    for post in expected.posts:
        if post.id not in found:
            yield Loss(post.id, f"the post {post.title!r} is missing", post.span)
        else:
            yield from _post_losses(post, found[post.id].letters, cut)
            yield from _formula_losses(post, found[post.id].formulas)
            lost = post.pictures - found[post.id].pictures
            if lost > 0:
                yield Loss(post.id, f"pictures of {post.title!r} that are missing: {lost}", post.span)


def _formula_losses(post: ExpectedPost, found: dict[int, str | None]) -> Iterator[Loss]:
    for number, formula in enumerate(post.formulas):
        name, text = f"the formula “{quoted(formula.source)}” of {post.title!r}", found.get(number)
        if number not in found and not is_space(formula):
            yield Loss(post.id, f"{name} is missing", formula.span)
        elif text is not None and (lost := lacking(formula, text)):
            yield Loss(post.id, f"“{quoted(lost)}” in {name} is missing", formula.span)


def _post_losses(post: ExpectedPost, text: str, cut: str) -> Iterator[Loss]:
    position = 0
    for piece in post.pieces:
        for run in _runs(piece, cut):
            end = _end(run, text, position)
            if end is None:
                name = NAMES[CUT] if run == cut else f"the text “{quoted(run)}”"
                yield Loss(post.id, f"{name} of {post.title!r} is missing", piece.span)
            else:
                position = end
    for piece in post.beside:
        for run in _runs(piece, cut):
            if _end(run, text, 0) is None:
                yield Loss(post.id, f"the text “{quoted(run)}” of {post.title!r} is missing", piece.span)


def _runs(piece: Piece, cut: str) -> Iterator[str]:
    text = without_details(piece.text).replace(CUT, f"{FORMULA}{cut}{FORMULA}")
    for run in _BREAK.split(unicodedata.normalize("NFC", text)):
        letters = "".join(_letters(run))
        if letters:
            yield letters


def _end(run: str, text: str, position: int) -> int | None:
    """Return where ``run`` ends in ``text``: all its characters, in order; None where one is missing.

    The number of a note may stand in it, and where a page ends, its notes.
    """
    start = text.find(run, position)
    if start >= 0:
        return start + len(run)
    at, end = 0, position
    while at < len(run):
        start = _goes_on(run[at : at + _GRAM], text, end) if at else _begins(run[:_GRAM], text, end)
        if start < 0:
            return None
        same = takewhile(lambda pair: pair[0] == pair[1], zip(run[at:], text[start : start + len(run)], strict=False))
        kept = sum(1 for _ in same)
        at, end = at + kept, start + kept
    return end


def _begins(gram: str, text: str, end: int) -> int:
    """Return where a run begins that may be interrupted after any of its characters; below 0 where it does not."""
    starts = (_numbered(gram[:size], text, end, len(text)) for size in range(len(gram), 0, -1))
    return next((start for start in starts if start >= 0), -1)


def _goes_on(gram: str, text: str, end: int) -> int:
    """Return where a run goes on after a note's number, or after the notes of a page."""
    near = text.find(gram[0], end, end + _NUMBER)
    return near if near >= 0 else _numbered(gram, text, end, end + _NOTES)


def _numbered(gram: str, text: str, start: int, end: int) -> int:
    found = re.compile("[0-9]{0,3}".join(gram)).search(text, start, end)
    return found.start() if found else -1
