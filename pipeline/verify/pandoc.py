"""What a file that pandoc wrote lacks of a book: pandoc reads it back, and its text is compared as that of an EPUB is.

Formulas are left out of the comparison: one that pandoc cannot convert stands there as its TeX, which the writer
reports. Of a numbered marker only its number is compared: these formats draw the rest in their own way.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
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
from pipeline.verify.marks import CUT, fold, stretches
from pipeline.writers.pandoc.blocks import NUMBERED

READ_AS: Final = {Format.DOCX: "docx", Format.ODT: "odt", Format.MARKDOWN: "markdown-raw_html-smart"}
"""How each format is read back. Plain text has no reader, and pandoc's of typst drops links within a document."""

_SECONDS: Final = 600.0


def verify_pandoc(content: bytes, output: Format, expected: Expected, cut: str) -> tuple[Loss, ...]:
    """Return what ``content``, in a format of ``READ_AS``, lacks; ``cut`` is how the book tells that a post was.

    Raises:
        MissingProgramError: there is no pandoc.
        ArtefactError: it cannot be read.
    """
    blocks = _read(content, READ_AS[output])
    sought = Expected(tuple(_in_stretches(post, fold(cut)) for post in expected.posts), expected.resources)
    found = {post_id: "".join(stretches(text_of(part))) for post_id, part in _posts(blocks, expected.posts)}
    return (*compare(sought, found), *_beside(content, output, expected))


def _read(content: bytes, form: str) -> Blocks:
    """``Formulas`` has nothing to put back here, and places in what was made mean nothing."""
    (answer,) = parse([Markup(content if form in ("docx", "odt") else content.decode(), form)], seconds=_SECONDS)
    if isinstance(answer, Failed):
        raise ArtefactError(f"the {form.partition('-')[0]} cannot be read back: {answer.reason}")
    nowhere = Span("", 1, 1)
    context = Context(Formulas(""), lambda _line, _column: nowhere, read_blocks, Reporter(), "", nowhere)
    try:
        return read_blocks(answer.blocks, context)
    except NestedTooDeeplyError as error:
        raise ArtefactError("it cannot be read back: it is nested too deeply") from error


def _posts(blocks: Blocks, posts: Sequence[ExpectedPost]) -> Iterator[tuple[str, Blocks]]:
    """Yield the blocks of each post: it begins at the heading that is its title, in the order of the book.

    All titles are of one level, which the first one tells, and headings inside a post are lower: another one of that
    level, or a higher one, begins what is no post, such as a part or the imprint.
    """
    waiting, level = list(posts), 0
    current, part = "", list[Block]()
    for block in blocks:
        if waiting and isinstance(block, Heading) and level in (0, block.level) and _is_title(block, waiting[0]):
            yield current, tuple(part)
            current, part, level = waiting.pop(0).id, [], block.level
        elif isinstance(block, Heading) and block.level <= level:
            yield current, tuple(part)
            current, part = "", []
        part.append(block)
    yield current, tuple(part)


def _is_title(heading: Heading, post: ExpectedPost) -> bool:
    title = post.pieces[0].text if post.pieces else ""
    return "".join(stretches(text_of((heading,)))) == "".join(stretches(title))


def _in_stretches(post: ExpectedPost, cut: str) -> ExpectedPost:
    return replace(post, pieces=tuple(_stretches(post.pieces, cut)), beside=tuple(_stretches(post.beside, cut)))


def _stretches(pieces: Sequence[Piece], cut: str) -> Iterator[Piece]:
    """Yield the text of pieces between formulas and pictures; of a marker that may be drawn, its number."""
    for piece in pieces:
        numbered = NUMBERED.fullmatch(piece.text) if piece.marker else None
        texts = [str(int(numbered[2]))] if numbered else stretches(piece.text.replace(CUT, cut))
        yield from (replace(piece, text=text) for text in texts)


def _beside(content: bytes, output: Format, expected: Expected) -> Iterator[Loss]:
    """Damaged files, and pictures: in docx and odt, which are archives, these are as they came; Markdown names them."""
    lacking = [resource for resource in expected.resources if resource.name.encode() not in content]
    broken: tuple[str, ...] = ()
    if output is not Format.MARKDOWN:
        try:
            with ZipFile(BytesIO(content)) as archive:
                sums = {(info.file_size, info.CRC) for info in archive.infolist()}
                broken = tuple(damages(archive, archive.namelist()))
        except UNREADABLE as error:
            raise ArtefactError(f"the {output.value} cannot be read: {error}") from error
        lacking = [r for r in expected.resources if (len(r.content), zlib.crc32(r.content)) not in sums]
    for message in (*broken, *(f"the picture {resource.name} is missing" for resource in lacking)):
        yield Loss("", message, expected.posts[0].span)
