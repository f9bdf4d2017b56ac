"""What XeLaTeX cannot say deterministically, added afterwards: metadata, language, page labels."""

from __future__ import annotations

from io import BytesIO
from typing import Final

import pikepdf
from pikepdf import Dictionary, Name, NameTree, Pdf, String

from pipeline.book import ResolvedBook
from pipeline.config import Metadata
from pipeline.phrases import phrases_for
from pipeline.writers.metadata import identifier_of, modified_of, title_of

_FRONT_MATTER: Final = "title-page"  # the place on the first of the pages that belong to the front


def finish(pdf: bytes, book: ResolvedBook) -> bytes:
    """Return the PDF with metadata (document information and XMP), its language and its page labels."""
    metadata = book.config.metadata
    with Pdf.open(BytesIO(pdf)) as document:
        document.Root.Lang = String(metadata.language)
        _label(document, _front_first(document))
        _information(document, metadata)
        output = BytesIO()
        document.save(output, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return output.getvalue()


def _places(document: Pdf) -> dict[str, int]:
    """Return the index of the page of every named place."""
    pages = {page.obj.objgen: index for index, page in enumerate(document.pages)}
    names = document.Root.get("/Names", Dictionary()).get("/Dests")
    if names is None:
        return {}
    return {str(name): pages[_target(place).objgen] for name, place in NameTree(names).items()}


def _target(place: pikepdf.Object) -> pikepdf.Object:
    return place[0] if isinstance(place, pikepdf.Array) else place.D[0]


def _front_first(document: Pdf) -> int:
    """Move title page, imprint and contents, which were set last, before the posts; return how many pages they are."""
    first = _places(document).get(_FRONT_MATTER, 0)
    count = len(document.pages) - first if first else 0
    for index in range(count):
        page = document.pages[first + index]
        del document.pages[first + index]
        document.pages.insert(index, page)
    return count


def _label(document: Pdf, front: int) -> None:
    """Number the front matter in Roman numerals and the other pages from 1, as they are printed."""
    roman: list[object] = [0, Dictionary(S=Name.r)] if front else []
    document.Root.PageLabels = Dictionary(Nums=pikepdf.Array([*roman, front, Dictionary(S=Name.D)]))


def _information(document: Pdf, metadata: Metadata) -> None:
    date = modified_of(metadata)
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=True) as xmp:
        xmp["dc:title"] = title_of(metadata, phrases_for(metadata.language))
        xmp["dc:language"] = [metadata.language]
        for key, value in (
            ("dc:creator", [metadata.author] if metadata.author else None),
            ("dc:rights", metadata.rights),
            ("dc:description", metadata.description),
            ("dc:publisher", [metadata.publisher] if metadata.publisher else None),
            ("dc:subject", list(metadata.subjects)),
            ("dc:source", metadata.source_url),
            ("dc:identifier", identifier_of(metadata)),
            ("xmpRights:WebStatement", metadata.rights_url),
        ):
            if value:
                xmp[key] = value
        xmp["xmp:CreateDate"] = xmp["xmp:ModifyDate"] = date.strftime("%Y-%m-%dT%H:%M:%SZ")
        xmp["xmp:CreatorTool"] = "pipeline"
