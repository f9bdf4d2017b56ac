"""The dump reader: from bare text to posts. What it concludes it concludes from evidence in the text alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.book import Complete, Post, PostDate, Status, Truncated
from pipeline.codes import Code
from pipeline.config import TextOptions
from pipeline.diagnostics import Reporter
from pipeline.document import Blocks, ReadMore
from pipeline.identity import post_id
from pipeline.readers.dump.blocks import parse_body
from pipeline.readers.dump.body import Context
from pipeline.readers.dump.gutters import without_gutters
from pipeline.readers.dump.inlines import parse_line
from pipeline.readers.dump.lines import Line, split_lines
from pipeline.readers.dump.markers import markers_of
from pipeline.readers.dump.nearly import nearly_a_day
from pipeline.readers.dump.notes import find_notes
from pipeline.readers.dump.permalinks import without_permalinks
from pipeline.readers.dump.posts import RawPost, split_posts
from pipeline.source import SourceText, Span

_DEFAULTS = TextOptions()


def read_dump(source: SourceText, reporter: Reporter, options: TextOptions = _DEFAULTS) -> tuple[Post, ...]:
    """Return the posts of a dump in its order; none when no date line has a title."""
    lines = split_lines(source)
    posts = split_posts(lines, options.read_more, reporter)
    if not posts:
        _report_no_posts(source, lines, reporter)
    return tuple(_post(raw, reporter, options) for raw in posts)


def _report_no_posts(source: SourceText, lines: Sequence[Line], reporter: Reporter) -> None:
    message, place = f"no post was found in {source.path}", Span(source.path, 1, 1)
    if day := nearly_a_day(lines):
        message, place = f"{message}: {day.text.strip()!r} is not taken for the day above one", day.strip().span
    reporter.report(Code.NO_POSTS, message, place)


def _post(raw: RawPost, reporter: Reporter, options: TextOptions) -> Post:
    identity = post_id(raw.title.text, raw.date.month, raw.date.day)
    markers = markers_of(options.read_more, raw.title.text, raw.body)
    context = Context(identity, raw.title.text, markers, reporter)
    body = without_gutters(raw.body, identity, reporter)
    blocks = without_permalinks(_blocks(body, context), identity, reporter)
    return Post(
        id=identity,
        title=parse_line(raw.title),
        date=PostDate(raw.date.year, raw.date.month, raw.date.day),
        status=_status(blocks),
        blocks=blocks,
        span=raw.span,
        origins=(raw.date_line.path,),
    )


def _blocks(lines: Sequence[Line], context: Context) -> Blocks:
    """Return the body of a post, with its notes where they are marked when all of them are found there."""
    notes = find_notes(lines)
    if notes and notes.settled(parse_body(notes.above, replace(context, reporter=Reporter()))):
        return notes.placed(parse_body(notes.above, context))
    return parse_body(lines, context)


def _status(blocks: Blocks) -> Status:
    cut = next((block for block in blocks if isinstance(block, ReadMore)), None)
    return Truncated(cut.text, cut.span) if cut else Complete()
