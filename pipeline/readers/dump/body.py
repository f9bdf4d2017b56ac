"""The body of a post as chunks, with what they tell as a whole: what the rules of blocks look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pipeline.codes import Code
from pipeline.diagnostics import Reporter, counted
from pipeline.document import Blocks
from pipeline.readers.dump.captions import same_line
from pipeline.readers.dump.chunks import FENCE, split_chunks
from pipeline.readers.dump.code import HASHES, find_code, headed
from pipeline.readers.dump.indentation import damaged, with_indentation
from pipeline.readers.dump.labels import is_button, labels_apart
from pipeline.readers.dump.lines import Chunk, Line
from pipeline.readers.dump.lists import part_points
from pipeline.readers.dump.markers import find_read_more, set_apart
from pipeline.readers.dump.outline import Candidate, Outline, outline_of
from pipeline.readers.dump.prose import only_tags, single_line
from pipeline.readers.dump.tables import drawn_with_pipes, parse_table
from pipeline.source import Span


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a post before its body is read."""

    post: str  # its id
    title: str
    markers: Sequence[str]  # how a read-more line may read
    reporter: Reporter

    def report(self, code: Code, message: str, span: Span) -> None:
        """File a finding about this post."""
        self.reporter.report(code, message, span, post=self.post)


@dataclass(frozen=True, slots=True)
class Body:
    """The chunks of a post, of a quotation or of a point, and the evidence that they give one another."""

    context: Context
    chunks: tuple[Chunk, ...]
    code: tuple[bool, ...]  # which of them read as code
    outline: Outline
    damaged: bool  # the source lost the indentation with which code begins
    cut: int | None  # the index of the line that says that the post was cut
    hashes: int  # the fewest before a heading of Markdown
    depth: int  # how many more lists and quotations may stand inside one another

    def chunk(self, index: int) -> Chunk | None:
        """Return a chunk, or None beyond the ends."""
        return self.chunks[index] if 0 <= index < len(self.chunks) else None

    def candidate(self, index: int) -> Candidate | None:
        """Return what a chunk would be as a heading; None where it cannot be one, and beyond the ends."""
        return self.outline.candidates[index] if 0 <= index < len(self.chunks) else None

    def doubled(self, index: int) -> bool:
        """Whether the chunk after ``index`` says the same once more."""
        chunk, following = self.chunk(index), self.chunk(index + 1)
        return chunk is not None and following is not None and same_line(chunk, following)

    def displays(self, index: int) -> bool:
        """Whether a chunk is what a line beside it may belong to: code, a picture, a table."""
        chunk = self.chunk(index)
        if chunk is None:
            return False
        listed = self.code[index] or FENCE.fullmatch(chunk.lines[0].text) is not None
        return listed or self.doubled(index) or self.has_table(index)

    def has_button(self, index: int) -> bool:
        """Whether a chunk is a button that a page shows beside code."""
        return self.chunk(index) is not None and _button_at(self.chunks, self.code, index)

    def has_table(self, index: int) -> bool:
        """Whether a chunk is a table, of columns or drawn with pipes."""
        chunk = self.chunk(index)
        return chunk is not None and (drawn_with_pipes(chunk) or parse_table(chunk) is not None)


Found: TypeAlias = tuple[Blocks, int]
"""The blocks that a rule made, and the index of the first chunk that it left."""
BlockRule: TypeAlias = Callable[[Body, int], Found | None]


def make_body(lines: Sequence[Line], context: Context, depth: int) -> Body:
    """Cut ``lines`` into chunks and weigh them up."""
    chunks = labels_apart(part_points(set_apart(split_chunks(lines), context.markers)))
    code = find_code(chunks)
    if any(len(chunk.lines) > 1 and headed(chunk) for chunk in _text(chunks, code)):
        chunks = tuple(
            part for chunk, listed in zip(chunks, code, strict=True) for part in _parts(chunk, listed=listed)
        )
        code = find_code(chunks)
    is_damaged = any(damaged(chunk) for chunk, is_code in zip(chunks, code, strict=True) if is_code)
    if is_damaged:
        chunks = _restored(chunks, code, context)
    _report_buttons(chunks, code, context)
    _report_tags([line for chunk in _text(chunks, code) for line in chunk.lines if only_tags(line.text)], context)
    return Body(
        context,
        chunks,
        code,
        outline_of(chunks),
        damaged=is_damaged,
        cut=find_read_more(chunks, context.markers),
        hashes=_fewest_hashes(chunks, code),
        depth=depth,
    )


def _restored(chunks: tuple[Chunk, ...], code: Sequence[bool], context: Context) -> tuple[Chunk, ...]:
    """Return ``chunks`` with lost indentation of code restored where other lines imply it; such a guess is reported."""
    restored = with_indentation(chunks, code)
    changed = [old for old, new in zip(chunks, restored, strict=True) if old != new]
    if changed:
        pieces = counted(len(changed), "piece")
        message = f"{pieces} of code lost the indentation of the first line, which is inferred from the lines below it"
        context.report(Code.CODE_INDENTATION_RESTORED, message, changed[0].span)
    return restored


def _button_at(chunks: Sequence[Chunk], code: Sequence[bool], index: int) -> bool:
    chunk = chunks[index]
    return single_line(chunk) and is_button(chunk.text) and any(code[max(index - 1, 0) : index + 2])


def _report_buttons(chunks: Sequence[Chunk], code: Sequence[bool], context: Context) -> None:
    buttons = [chunk for index, chunk in enumerate(chunks) if _button_at(chunks, code, index)]
    if buttons:
        message = f"{counted(len(buttons), 'button')} beside code left out, {buttons[0].text.strip()!r} first"
        context.report(Code.SITE_TEXT, message, buttons[0].span)


def _report_tags(tags: Sequence[Line], context: Context) -> None:
    """Report the lines that are nothing but tags of HTML: what they meant for the text between them is not told."""
    if tags:
        message = (
            f"{counted(len(tags), 'line')} of HTML tags, {tags[0].text.strip()} first: text between two is set apart"
        )
        context.report(Code.MARKUP_SIMPLIFIED, message, tags[0].strip().span)


def _text(chunks: Sequence[Chunk], code: Sequence[bool]) -> Iterator[Chunk]:
    return (chunk for chunk, listed in zip(chunks, code, strict=True) if not listed)


def _parts(chunk: Chunk, *, listed: bool) -> tuple[Chunk, ...]:
    """Return a chunk line by line where it is nothing but headings of Markdown."""
    return (chunk,) if listed or not headed(chunk) else tuple(Chunk((line,)) for line in chunk.lines)


def _fewest_hashes(chunks: Sequence[Chunk], code: Sequence[bool]) -> int:
    """Return with how many hashes headings begin: two, unless some have one and others more."""
    matches = (HASHES.match(chunk.text) for chunk in _text(chunks, code) if single_line(chunk))
    counts = {len(match["hashes"]) for match in matches if match}
    return 1 if 1 in counts and len(counts) > 1 else 2
