"""What XeLaTeX cannot say deterministically, added afterwards: metadata, language, page labels."""

from __future__ import annotations

from io import BytesIO
from typing import Final

import pikepdf
from pikepdf import Dictionary, Name, NameTree, Pdf, String

from pipeline.book import ResolvedBook
from pipeline.config import Metadata

_MAIN_MATTER: Final = "main-matter"
_BACK: Final = "colophon"


def finish(pdf: bytes, book: ResolvedBook) -> bytes:
    """Return the PDF with metadata (document information and XMP), its language and its page labels."""
    metadata = book.config.metadata
    with Pdf.open(BytesIO(pdf)) as document:
        document.Root.Lang = String(metadata.language)
        _labels(document)
        _information(document, metadata)
        output = BytesIO()
        document.save(output, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return output.getvalue()


def pages_of(pdf: bytes, book: ResolvedBook) -> tuple[tuple[str, int], ...]:
    """Return the number of the page on which each post begins, as it is printed there."""
    with Pdf.open(BytesIO(pdf)) as document:
        places = _places(document)
    first = places.get(_MAIN_MATTER, 0)
    return tuple((post.id, places[post.id] - first + 1) for post in book.posts if post.id in places)


def _places(document: Pdf) -> dict[str, int]:
    """Return the index of the page of every named place."""
    pages = {page.objgen: index for index, page in enumerate(document.pages)}
    names = document.Root.get("/Names", Dictionary()).get("/Dests")
    if names is None:
        return {}
    return {name: pages[_target(place).objgen] for name, place in NameTree(names).items()}


def _target(place: pikepdf.Object) -> pikepdf.Object:
    return place[0] if isinstance(place, pikepdf.Array) else place.D[0]


def _labels(document: Pdf) -> None:
    """Number the pages before the posts in Roman numerals, the others from 1, as they are printed."""
    first = _places(document).get(_MAIN_MATTER, 0)
    numbers: list[object] = [0, Dictionary(S=Name.r)] if first else []
    document.Root.PageLabels = Dictionary(Nums=pikepdf.Array([*numbers, first, Dictionary(S=Name.D)]))


def _information(document: Pdf, metadata: Metadata) -> None:
    date = metadata.modified
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=True) as xmp:
        xmp["dc:title"] = metadata.title
        xmp["dc:language"] = [metadata.language]
        for key, value in (
            ("dc:creator", [metadata.author] if metadata.author else None),
            ("dc:rights", metadata.rights),
            ("dc:description", metadata.description),
            ("dc:publisher", [metadata.publisher] if metadata.publisher else None),
            ("dc:subject", list(metadata.subjects)),
            ("dc:source", metadata.source_url),
            ("dc:identifier", metadata.identifier),
            ("xmpRights:WebStatement", metadata.rights_url),
        ):
            if value:
                xmp[key] = value
        xmp["xmp:CreateDate"] = xmp["xmp:ModifyDate"] = date.strftime("%Y-%m-%dT%H:%M:%SZ")
        xmp["xmp:CreatorTool"] = "pipeline"
