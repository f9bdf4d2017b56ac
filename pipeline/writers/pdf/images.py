"""The book's pictures as files that XeTeX can read, which PNG and JPEG are."""

from __future__ import annotations

from pathlib import PurePath

from pipeline.book import ResolvedBook
from pipeline.writers.contract import File


def image_files(book: ResolvedBook) -> dict[str, File]:
    """Return a file for every picture, by its resource; names say nothing of the source."""
    return {
        name: File(f"picture-{number}{PurePath(resource.name).suffix}", resource.content)
        for number, (name, resource) in enumerate(sorted(book.resources.items()), 1)
    }
