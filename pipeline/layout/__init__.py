"""How blocks are set in a book, whichever reader they come from.

A reader keeps to the paragraphs of the source. For whoever reads the book, a paragraph that is nothing but code is a
listing, one that draws a table a table, one that numbers the table beside it its caption, one that is a picture with
its caption a figure, lines with marks before them are points, and what stands between two tags of HTML is set apart; a
formula that only defines commands is nothing to look at.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from pipeline.document import Blocks
from pipeline.formulas import without_definitions
from pipeline.layout.captioned_tables import with_captioned_tables
from pipeline.layout.listings import with_listings
from pipeline.layout.panels import with_panels
from pipeline.layout.pictures import with_captioned_pictures
from pipeline.layout.pipe_tables import with_pipe_tables
from pipeline.layout.points import with_points

LAYOUT: Final[tuple[Callable[[Blocks], Blocks], ...]] = (
    with_panels,
    with_listings,
    with_pipe_tables,
    with_captioned_tables,
    with_captioned_pictures,
    with_points,
    without_definitions,
)
"""What is set otherwise than it was read, in this order."""


def lay_out(blocks: Blocks) -> Blocks:
    """Return ``blocks`` as a book sets them."""
    for change in LAYOUT:
        blocks = change(blocks)
    return blocks
