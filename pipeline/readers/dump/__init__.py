"""The dump reader: from bare text to posts. What it concludes it concludes from evidence in the text alone."""

from __future__ import annotations

from pipeline.book import Complete, Post, PostDate, Status, Truncated
from pipeline.config import TextOptions
from pipeline.diagnostics import Code, Reporter
from pipeline.document import Blocks, ReadMore
from pipeline.readers.dump.blocks import parse_blocks
from pipeline.readers.dump.inlines import parse_inlines
from pipeline.readers.dump.lines import split_lines
from pipeline.readers.dump.posts import RawPost, split_posts
from pipeline.readers.identity import post_id
from pipeline.source import SourceText

_DEFAULTS = TextOptions()


def read_dump(source: SourceText, reporter: Reporter, options: TextOptions = _DEFAULTS) -> tuple[Post, ...]:
    """Return the posts of a dump in its order; none when it has no date line with a title under it."""
    return tuple(_post(source, raw, reporter, options) for raw in split_posts(split_lines(source)))


def _post(source: SourceText, raw: RawPost, reporter: Reporter, options: TextOptions) -> Post:
    identity = post_id(raw.title.text, raw.date.month, raw.date.day)
    blocks = parse_blocks(source, raw.body, options.read_more)
    status = _status(blocks)
    if isinstance(status, Truncated):
        reporter.report(
            Code.POST_TRUNCATED, "the source has only the beginning of this post", status.span, post=identity
        )
    return Post(
        id=identity,
        title=parse_inlines(source, raw.title.start, raw.title.end),
        date=PostDate(raw.date.year, raw.date.month, raw.date.day),
        status=status,
        blocks=blocks,
        span=source.span(raw.date_line.start),
        origins=(source.path,),
    )


def _status(blocks: Blocks) -> Status:
    for block in blocks:
        if isinstance(block, ReadMore):
            return Truncated(block.text, block.span)
    return Complete()
