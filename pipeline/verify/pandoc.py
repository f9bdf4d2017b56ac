"""What a file that pandoc wrote lacks of a book: it is read back, and its text compared as that of an EPUB is.

Formulas are left out of the comparison: one that pandoc cannot convert stands there as its TeX, which the writer
reports. Of a numbered marker only its number is compared, as these formats draw the rest in their own way; of typst's
not even that, as pandoc's reader counts on from the list before.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import chain
from typing import Final
from zipfile import ZipFile

from pipeline.config import Format
from pipeline.diagnostics import Reporter
from pipeline.document import Block, Blocks, Heading
from pipeline.errors import ArtefactError
from pipeline.readers.pandoc.blocks import read_blocks
from pipeline.readers.pandoc.context import Context, NestedTooDeeplyError
from pipeline.readers.pandoc.formulas import Formulas
from pipeline.readers.pandoc.process import Failed, Markup, parse
from pipeline.source import Span
from pipeline.verify.archives import UNREADABLE, damages
from pipeline.verify.compare import Loss, compare
from pipeline.verify.expected import Expected, ExpectedPost, Piece, text_of
from pipeline.verify.marks import CUT, FORMULA, NOTE, detail, fold, stretches
from pipeline.verify.plain import PLAINLY, Section, plain_sections
from pipeline.verify.typst import TYPED, readable
from pipeline.writers.pandoc.blocks import NUMBERED

_READ_AS: Final = {
    Format.DOCX: "docx",
    Format.ODT: "odt",
    Format.MARKDOWN: "markdown-raw_html-smart",
    Format.TYPST: "typst",
}
"""How pandoc reads each format back; plain text it does not read."""

_SPELT: Final[Mapping[Format, Mapping[int, str]]] = {Format.TYPST: TYPED, Format.PLAIN: PLAINLY}
"""What a format has for characters, where it is not themselves: what is compared is spelt so, both as it was and is."""

_ARCHIVES: Final = frozenset({Format.DOCX, Format.ODT})
_SECONDS: Final = 600.0


def verify_pandoc(content: bytes, output: Format, expected: Expected, cut: str) -> tuple[Loss, ...]:
    """Return what ``content``, in one of pandoc's formats, lacks; ``cut`` is how the book tells that a post was.

    Raises:
        MissingProgramError: there is no pandoc.
        ArtefactError: it cannot be read.
    """
    posts = tuple(_as_text(post, fold(cut), output) for post in expected.posts)
    titles = {post.id: _title(post, output) for post in expected.posts}
    found = _posts(_sections(content, output, titles), titles)
    return (*compare(Expected(posts), found), *_beside(content, output, expected))


def _as_text(post: ExpectedPost, cut: str, output: Format) -> ExpectedPost:
    return replace(
        post,
        pieces=tuple(_stretches(post.pieces, cut, output)),
        beside=tuple(_stretches(post.beside, cut, output)),
    )


def _title(post: ExpectedPost, output: Format) -> list[str]:
    return [piece.text for piece in _stretches(post.pieces[:1] if post.title else (), "", output)]


def _stretches(pieces: Sequence[Piece], cut: str, output: Format) -> Iterator[Piece]:
    """Yield the text of pieces between formulas and pictures; of a marker that may be drawn, its number."""
    for piece in pieces:
        numbered = NUMBERED.fullmatch(piece.text) if piece.marker else None
        if numbered:
            texts = [] if output is Format.TYPST else [str(int(numbered[2]))]
        else:
            texts = [_spelt(text, output) for text in stretches(_with_marks(piece.text, cut, output))]
        yield from (replace(piece, text=text) for text in texts if text)


def _with_marks(text: str, cut: str, output: Format) -> str:
    """Return ``text`` with the mark of a cut in words; the marks of notes are text in plain text."""
    text = text.replace(CUT, cut)
    return text.replace(detail(NOTE), FORMULA) if output is Format.PLAIN else text


def _spelt(text: str, output: Format) -> str:
    return text.translate(_SPELT[output]) if output in _SPELT else text


def _sections(content: bytes, output: Format, titles: Mapping[str, Sequence[str]]) -> Iterator[Section]:
    """Yield what may be a post, and what stands between posts."""
    if output is Format.PLAIN:
        return plain_sections(content.decode())
    return _below_headings(_read(content, output), ["".join(title) for title in titles.values()], output)


def _read(content: bytes, output: Format) -> Blocks:
    """``Formulas`` has nothing to put back here, and places in what was made mean nothing."""
    text = content if output in _ARCHIVES else content.decode()
    markup = readable(text) if isinstance(text, str) and output is Format.TYPST else text
    (answer,) = parse([Markup(markup, _READ_AS[output])], seconds=_SECONDS)
    if isinstance(answer, Failed):
        raise ArtefactError(f"the {output.value} cannot be read back: {answer.reason}")
    nowhere = Span("", 1, 1)
    context = Context(Formulas(""), lambda _line, _column: nowhere, read_blocks, Reporter(), "", nowhere)
    try:
        return read_blocks(answer.blocks, context)
    except NestedTooDeeplyError as error:
        raise ArtefactError("it cannot be read back: it is nested too deeply") from error


def _below_headings(blocks: Blocks, titles: Iterable[str], output: Format) -> Iterator[Section]:
    """Yield what stands below each heading of the level of titles, or of a higher one.

    All titles are of one level, which the first that is there tells, and headings inside a post are lower: a higher
    one begins what is no post, such as a part.
    """

    def text(*blocks: Block) -> str:
        return _spelt("".join(stretches(text_of(blocks))), output)

    levels: dict[str, int] = {}
    for block in blocks:
        if isinstance(block, Heading):
            levels.setdefault(text(block), block.level)
    level = next((levels[title] for title in titles if title in levels), 0)
    title, part = None, list[Block]()
    for block in blocks:
        if isinstance(block, Heading) and block.level <= level:
            yield Section(title, text(*part))
            title, part = text(block) if block.level == level else None, []
        part.append(block)
    yield Section(title, text(*part))


def _posts(sections: Iterable[Section], titles: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the text of each post, in the order of ``sections``: several of one title are in that of the book."""
    waiting, found = dict(titles), dict[str, str]()
    for section in sections:
        post = None if section.title is None else _called(section.title, waiting)
        if post is not None:
            del waiting[post]
            found[post] = section.text
    return found


def _called(title: str, posts: Mapping[str, Sequence[str]]) -> str | None:
    """Return the first post that is called so; else the first of whose title all but formulas and notes is there."""
    same = (post for post, parts in posts.items() if "".join(parts) == title)
    alike = (post for post, parts in posts.items() if _holds(title, parts))
    return next(chain(same, alike), None)


def _holds(title: str, parts: Sequence[str]) -> bool:
    position = 0
    for part in parts:
        start = title.find(part, position)
        if start < 0:
            return False
        position = start + len(part)
    return True


def _beside(content: bytes, output: Format, expected: Expected) -> Iterator[Loss]:
    """Damaged files, and pictures: in docx and odt, which are archives, these are as they came; others name them."""
    if output is Format.PLAIN:
        return
    lacking = [resource for resource in expected.resources if resource.name.encode() not in content]
    broken: tuple[str, ...] = ()
    if output in _ARCHIVES:
        try:
            with ZipFile(BytesIO(content)) as archive:
                sums = {(info.file_size, info.CRC) for info in archive.infolist()}
                broken = tuple(damages(archive, archive.namelist()))
        except UNREADABLE as error:
            raise ArtefactError(f"the {output.value} cannot be read: {error}") from error
        lacking = [r for r in expected.resources if (len(r.content), zlib.crc32(r.content)) not in sums]
    for message in (*broken, *(f"the picture {resource.name} is missing" for resource in lacking)):
        yield Loss("", message, expected.posts[0].span)
