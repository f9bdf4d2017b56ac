"""What every format says of the book: the same facts, in the same words."""

from __future__ import annotations

from io import BytesIO

import pikepdf

from handmade import handmade_book
from pipeline.config import Metadata
from pipeline.writers.metadata import identifier_of
from pipeline.writers.pdf.finish import finish


def test_the_pdf_has_the_identifier_that_the_epub_has() -> None:
    metadata = Metadata(title="甲  书", author="某人\n", language="zh")
    pdf = BytesIO()
    with pikepdf.new() as blank:
        blank.add_blank_page()
        blank.save(pdf)
    finished = finish(pdf.getvalue(), handmade_book(metadata=metadata))
    with pikepdf.open(BytesIO(finished)) as document, document.open_metadata() as xmp:
        assert xmp["dc:identifier"] == identifier_of(metadata)
    assert identifier_of(metadata) == identifier_of(Metadata(title="甲 书", author="某人"))
