from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from handmade import handmade_book
from pipeline.readers import images
from pipeline.readers.images import UnusableImageError, to_resource
from pipeline.writers.contract import File
from pipeline.writers.pdf.images import image_files


def encoded(form: str, size: tuple[int, int] = (8, 6), mode: str = "RGB", **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size).save(buffer, form, **options)
    return buffer.getvalue()


def decoded(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(("form", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg")])
def test_what_fits_is_kept_byte_for_byte(form: str, media_type: str) -> None:
    content = encoded(form)
    resource = to_resource(content)
    assert (resource.media_type, resource.content) == (media_type, content)


@pytest.mark.parametrize("form", ["GIF", "WEBP", "AVIF", "BMP", "TIFF"])
def test_other_kinds_become_ones_that_every_book_holds(form: str) -> None:
    resource = to_resource(encoded(form))
    assert decoded(resource.content).format in ("PNG", "JPEG")


@pytest.mark.parametrize(("form", "suffix"), [("PNG", "png"), ("JPEG", "jpg"), ("GIF", "png"), ("WEBP", "jpg")])
def test_every_picture_of_a_book_is_a_file_for_print(form: str, suffix: str) -> None:
    resource = to_resource(encoded(form))
    book = replace(handmade_book(), resources={resource.name: resource})
    assert image_files(book) == {resource.name: File(f"picture-1.{suffix}", resource.content)}


def test_what_is_too_large_for_a_page_is_scaled_down() -> None:
    assert decoded(to_resource(encoded("PNG", (4000, 1000))).content).size == (1600, 400)


def test_a_photograph_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert decoded(to_resource(encoded("JPEG", (8, 6), exif=exif)).content).size == (6, 8)


def test_colours_for_print_become_colours_for_screens() -> None:
    assert decoded(to_resource(encoded("JPEG", mode="CMYK")).content).mode == "RGB"


def test_transparency_is_kept() -> None:
    assert decoded(to_resource(encoded("WEBP", mode="RGBA", lossless=True)).content).mode == "RGBA"


def test_sixteen_bits_of_grey_become_eight() -> None:
    buffer = io.BytesIO()
    Image.new("I;16", (2000, 8), 0x8000).save(buffer, "PNG")
    assert decoded(to_resource(buffer.getvalue()).content).getpixel((0, 0)) == (0x80, 0x80, 0x80)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "damaged"),
        (b"<html>", "damaged"),
        (encoded("PNG")[:40], "damaged"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "damaged"),
        (b"\xd7\xcd\xc6\x9a" + bytes(60), "metafile"),
        (b"\x01\x00\x00\x00" + bytes(36) + b" EMF" + bytes(60), "metafile"),
    ],
)
def test_what_is_no_picture_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(UnusableImageError, match=reason):
        to_resource(content)


def test_a_small_file_of_too_many_pixels_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "_PIXELS", 40)
    with pytest.raises(UnusableImageError, match="too many pixels"):
        to_resource(encoded("PNG"))


def test_the_name_follows_from_the_content() -> None:
    assert to_resource(encoded("PNG")).name == to_resource(encoded("PNG")).name
    assert to_resource(encoded("PNG")).name != to_resource(encoded("PNG", (9, 9))).name
