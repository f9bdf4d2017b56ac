"""A displayed formula that stands alone."""

from __future__ import annotations

from pipeline.document import Math
from pipeline.readers.dump.inlines import parse_inlines
from pipeline.readers.dump.lines import Chunk, stripped


def displayed_formula(chunk: Chunk) -> Math | None:
    """Return the formula that a chunk consists of when it is a displayed one, or None."""
    if not chunk.text.lstrip().startswith(("$$", "\\[", "\\begin")):
        return None
    match parse_inlines(stripped(chunk.lines)):
        case (Math() as math,) if math.display:
            return math
        case _:
            return None
