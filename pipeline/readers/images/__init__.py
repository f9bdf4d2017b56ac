"""Images as a book can hold them: checked by decoding, turned upright, scaled down, PNG or JPEG; an SVG is drawn.

Every image is untrusted: one that Pillow does not decode within a limit of pixels does not enter a book.
"""

from __future__ import annotations

import io
import warnings
from hashlib import sha256
from typing import Final

from PIL import Image, ImageOps

from pipeline.book import Resource
from pipeline.readers.images.svg import UndrawableError, is_svg, svg_to_png

SUFFIXES: Final = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp", ".tif", ".tiff", ".svg")
"""How the names of files end that are taken for images; whether they are, decoding tells."""

_PIXELS: Final = 50_000_000  # of a picture as it comes: 200 MB once decoded
_LONGEST_SIDE: Final = 1600  # pixels in the book: 300 dpi across a page of A5
_FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP", "TIFF")
_METAFILES: Final = ((0, b"\xd7\xcd\xc6\x9a"), (0, b"\x01\x00\x09\x00"), (40, b" EMF"))
"""Where the signature of a WMF or an EMF stands ([MS-WMF] 2.3.2 and 2.3.2.3, [MS-EMF] 2.3.4.2)."""
_KEPT: Final = {"PNG": "image/png", "JPEG": "image/jpeg"}
_SUFFIX_OF: Final = {"image/png": "png", "image/jpeg": "jpg"}
_QUALITY: Final = 85
_UPRIGHT: Final = 1  # the value of Exif's orientation that asks for nothing
_ORIENTATION: Final = 0x0112


class UnusableImageError(ValueError):
    """Why some bytes cannot be an image of a book."""


def to_resource(content: bytes) -> Resource:
    """Return an image as a file of the book, named by its content.

    Raises:
        UnusableImageError: it is no image, of a kind that books cannot hold, damaged or too large.
    """
    if any(content.startswith(signature, place) for place, signature in _METAFILES):
        raise UnusableImageError("it is a Windows metafile, which no program here draws; save it as SVG or PNG")
    if is_svg(content):
        content = _drawn(content)
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
                return _resource(image, content)
        except UnusableImageError:
            raise
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise UnusableImageError("it has too many pixels") from error
        except Exception as error:  # decoders fail in as many ways as files can be damaged
            raise UnusableImageError("it is damaged, or not a picture") from error


def _drawn(content: bytes) -> bytes:
    try:
        return svg_to_png(content, _LONGEST_SIDE)
    except UndrawableError as error:
        raise UnusableImageError(str(error)) from error


def _resource(image: Image.Image, content: bytes) -> Resource:
    if image.width * image.height > _PIXELS:
        raise UnusableImageError("it has too many pixels")
    image.load()  # decodes all of it, so a damaged one is found here
    media_type = _KEPT.get(image.format or "")
    turned = image.getexif().get(_ORIENTATION, _UPRIGHT) != _UPRIGHT
    if media_type and not turned and max(image.size) <= _LONGEST_SIDE and image.mode != "CMYK":
        return _named(media_type, content)
    return _named(*_encoded(image, lossless=image.format not in ("JPEG", "WEBP")))


def _encoded(image: Image.Image, *, lossless: bool) -> tuple[str, bytes]:
    """Return an image anew: upright, small enough, and without what the file said besides."""
    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith("I;16"):
        upright = upright.point(lambda grey: grey / 256).convert("L")  # Pillow by itself makes nearly all white
    transparent = "A" in upright.getbands() or "transparency" in upright.info
    plain = upright.convert("RGBA" if transparent else "RGB")
    plain.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE), Image.Resampling.LANCZOS)
    plain.info.clear()
    buffer = io.BytesIO()
    if lossless or transparent:
        plain.save(buffer, "PNG", optimize=True)
        return "image/png", buffer.getvalue()
    plain.save(buffer, "JPEG", quality=_QUALITY, optimize=True)
    return "image/jpeg", buffer.getvalue()


def _named(media_type: str, content: bytes) -> Resource:
    return Resource(f"image-{sha256(content).hexdigest()[:16]}.{_SUFFIX_OF[media_type]}", media_type, content)
