"""The book's pictures as files that XeTeX can read: PNG and JPEG as they are, other bitmaps as PNG."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from PIL import Image, UnidentifiedImageError

from pipeline.book import ResolvedBook, Resource
from pipeline.writers.contract import File

_SUFFIXES: Final = {"image/png": "png", "image/jpeg": "jpg"}
_BITMAPS: Final = frozenset({"image/gif", "image/webp", "image/bmp", "image/tiff"})


def image_files(book: ResolvedBook) -> dict[str, File]:
    """Return a file for every picture that can be printed, by its resource; names say nothing of the source."""
    files: dict[str, File] = {}
    for number, (name, resource) in enumerate(sorted(book.resources.items()), 1):
        found = _printable(resource)
        if found:
            suffix, content = found
            files[name] = File(f"picture-{number}.{suffix}", content)
    return files


def _printable(resource: Resource) -> tuple[str, bytes] | None:
    suffix = _SUFFIXES.get(resource.media_type)
    if suffix:
        return suffix, resource.content
    if resource.media_type not in _BITMAPS:
        return None
    try:
        with Image.open(BytesIO(resource.content)) as image:
            output = BytesIO()
            image.convert("RGBA").save(output, "PNG")
            return "png", output.getvalue()
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None
