"""Code blocks: between fences, or where lines read as code."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.document import Blocks, CodeBlock, Inline, InlineCode, LineBreak, Paragraph
from pipeline.readers.dump.body import Body, Found
from pipeline.readers.dump.chunks import FENCE
from pipeline.readers.dump.code import line_of_code, sessions
from pipeline.readers.dump.labels import names_language
from pipeline.readers.dump.lines import Chunk
from pipeline.readers.dump.prose import single_line


def fenced(body: Body, index: int) -> Found | None:
    """Take what stands between two fences for code."""
    chunk = body.chunks[index]
    first, last = chunk.lines[0], chunk.lines[-1]
    opening = FENCE.fullmatch(first.text)
    if not opening or len(chunk.lines) == 1 or last.text.strip() != opening["fence"]:
        return None
    text = "\n".join(line.text for line in chunk.lines[1:-1])
    return (CodeBlock(text, first.span, opening["language"]),), index + 1


def button(body: Body, index: int) -> Found | None:
    """Leave out a button beside a listing."""
    return ((), index + 1) if body.has_button(index) else None


def labelled(body: Body, index: int) -> Found | None:
    """Take code below the name of its language for one listing."""
    if not names_language(body.chunks[index].text):
        return None
    language, index = body.chunks[index].text.strip(), index + 1
    index += body.has_button(index)
    match fenced(body, index) if body.chunk(index) else None:
        case ((CodeBlock(text, span, ""),), end):
            return (CodeBlock(text, span, language),), end
    end = _end_of_code(body, index)
    chunks = body.chunks[index:end]
    return ((CodeBlock(_verbatim(chunks), chunks[0].lines[0].span, language),), end) if chunks else None


def _end_of_code(body: Body, index: int) -> int:
    while index < len(body.chunks) and body.code[index]:
        index += 1
    return index


def listing(body: Body, index: int) -> Found | None:
    """Take chunks that read as code for one listing, empty lines between them included, up to another kind of prompt.

    A line that stands alone is no listing, and neither is code whose indentation the source damaged, so that it can
    only be guessed: those stay paragraphs, line by line in the letters of code.
    """
    end = _end_of_code(body, index)
    chunks = body.chunks[index:end]
    if not chunks or not (len(chunks) > 1 or len(chunks[0].lines) > 1 or line_of_code(chunks[0])):
        return None
    return tuple(block for session in sessions(chunks) for block in _listed(session, damaged=body.damaged)), end


def _listed(chunks: Sequence[Chunk], *, damaged: bool) -> Blocks:
    if damaged or all(map(single_line, chunks)):
        return tuple(map(_line_by_line, chunks))
    return (CodeBlock(_verbatim(chunks), chunks[0].lines[0].span),)


def _line_by_line(chunk: Chunk) -> Paragraph:
    content: list[Inline] = []
    for line in chunk.lines:
        content += [LineBreak(line.span)] if content else []
        content.append(InlineCode(line.text, line.span))
    return Paragraph(tuple(content), chunk.lines[0].span)


def _verbatim(chunks: Sequence[Chunk]) -> str:
    """Return the lines of chunks as they stood, with the empty ones between them."""
    pieces, after = [], chunks[0].lines[0].number
    for line in (line for chunk in chunks for line in chunk.lines):
        pieces += ["\n" * (line.number - after), line.text]
        after = line.number
    return "".join(pieces)
