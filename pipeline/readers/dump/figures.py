"""Figures: of a picture that a dump lost, the caption is left, twice as a rule."""

from __future__ import annotations

import re
from typing import Final

from pipeline.codes import Code
from pipeline.document import Figure, Image
from pipeline.readers.dump.body import Body, Found
from pipeline.readers.dump.captions import (
    announces_picture,
    credits_picture,
    looks_like_caption,
    numbers_picture,
)
from pipeline.readers.dump.inlines import parse_inlines
from pipeline.readers.dump.lines import Chunk, stripped
from pipeline.readers.dump.lists import marker_of
from pipeline.readers.dump.prose import leads_on, single_line

_IMAGE_FILE: Final = re.compile(r"[^\s/\\\0>]{1,120}\.(?:jpe?g|png|gif|webp|bmp|svg|tiff?)", re.IGNORECASE)
_IMAGE: Final = "!["  # how Markdown writes a picture
_LONGEST: Final = 30  # the weight of a caption for which its place alone speaks; a stub may end inside a sentence


def picture(body: Body, index: int) -> Found | None:
    """Take an image that stands alone: the address of one was left by the dump."""
    chunk = body.chunks[index]
    if not chunk.text.lstrip().startswith(_IMAGE):
        return None
    match parse_inlines(stripped(chunk.lines)):
        case (Image() as image,):
            return (Figure((), chunk.span, image),), index + 1
        case _:
            return None


def figure(body: Body, index: int) -> Found | None:
    """Take a line that stands twice for a caption, and one that stands once if all else speaks for it."""
    chunk = body.chunks[index]
    if body.doubled(index):
        return (_figure(chunk),), index + 2
    if not any(evidence(body, index) for evidence in (_names_file, _ends_stub, _before_heading, _says_so)):
        return None
    body.context.report(Code.CAPTION_ONCE, f"{chunk.text.strip()!r} is taken for a caption", chunk.span)
    return (_figure(chunk),), index + 1


def _figure(chunk: Chunk) -> Figure:
    return Figure(parse_inlines(stripped(chunk.lines)), chunk.span)


def _names_file(body: Body, index: int) -> bool:
    """Whether a line is nothing but the name of an image's file: what a picture without a caption says of itself."""
    chunk = body.chunks[index]
    named = single_line(chunk) and _IMAGE_FILE.fullmatch(chunk.text.strip()) is not None
    return named and not marker_of(chunk.lines[0])


def _ends_stub(body: Body, index: int) -> bool:
    """Whether the cut came between the two copies of a caption, so that one ends the stub.

    The line looks like a caption, or was announced, or is much longer than all headings so far.
    """
    chunk, before = body.chunks[index], body.chunk(index - 1)
    candidate = body.candidate(index)
    if body.cut != index + 1 or not candidate or candidate.kind:
        return False
    if looks_like_caption(chunk):
        return candidate.weight > body.outline.usual
    if before and (announces_picture(before) or leads_on(before)):
        return candidate.weight <= _LONGEST
    others = [other.weight for other in body.outline.candidates[:index] if other and not other.kind]
    return bool(others) and 1.5 * max(others) < candidate.weight <= _LONGEST


def _before_heading(body: Body, index: int) -> bool:
    """Whether a line that names a picture stands before a heading, and is too long to be the heading above that one."""
    chunk, after = body.chunks[index], body.chunk(index + 1)
    candidate = body.candidate(index)
    heading = body.candidate(index + 1)
    if not candidate or candidate.kind or not after or not heading or body.doubled(index + 1):
        return False
    if looks_like_caption(after) or heading.weight >= candidate.weight:
        return False
    return looks_like_caption(chunk) and candidate.weight > 1.5 * body.outline.usual


def _says_so(body: Body, index: int) -> bool:
    """Whether a line could be a heading but numbers a picture, or credits one, and captions nothing that is there."""
    chunk, candidate = body.chunks[index], body.candidate(index)
    if not candidate or announces_picture(chunk) or body.displays(index - 1) or body.displays(index + 1):
        return False
    if candidate.kind in ("", "label") and numbers_picture(chunk):
        return True
    return not candidate.kind and credits_picture(chunk)
