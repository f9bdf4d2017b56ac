"""SVG from strangers: drawn where it can be, and whatever it asks for, nothing is loaded and nothing hangs."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

import pytest
from PIL import Image, ImageChops

from pipeline.readers.images import UnusableImageError, svg, to_resource
from pipeline.readers.images.svg import is_svg

RED: Final = (255, 0, 0, 255)
WHITE: Final = (255, 255, 255, 255)


def source(body: str, attributes: str = 'viewBox="0 0 10 10"', head: str = "") -> bytes:
    links = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"{head}<svg {links} {attributes}>{body}</svg>".encode()


def drawn(body: str, attributes: str = 'viewBox="0 0 10 10"', head: str = "") -> Image.Image:
    resource = to_resource(source(body, attributes, head))
    assert resource.media_type == "image/png"
    return Image.open(io.BytesIO(resource.content)).convert("RGBA")


def ink(image: Image.Image) -> tuple[int, int, int, int] | None:
    return ImageChops.invert(image.convert("L")).getbbox()


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 30 20"', (60, 40)),
        ('width="30pt" height="15pt"', (80, 40)),
        ('width="100%" viewBox="0,0,30,20"', (60, 40)),
        ('width="100000" height="50000"', (1600, 800)),
    ],
)
def test_a_drawing_is_twice_as_large_as_it_states_and_never_too_large(attributes: str, size: tuple[int, int]) -> None:
    assert drawn('<rect width="9" height="9"/>', attributes).size == size


def test_its_own_style_sheet_counts() -> None:
    assert drawn('<style>.a{fill:#f00}</style><rect class="a" width="10" height="10"/>').getpixel((5, 5)) == RED


@pytest.mark.parametrize(
    "label", ["<text y='9'>x</text>", "<foreignObject width='10' height='10'><p>x</p></foreignObject>"]
)
def test_words_are_drawn(label: str) -> None:
    assert ink(drawn(label)) is not None


def test_a_label_in_two_shapes_is_drawn_once() -> None:
    both = "<switch><foreignObject width='10' height='10'>x</foreignObject><rect width='1' height='1'/></switch>"
    assert ink(drawn(both)) == (0, 0, 2, 2)


@pytest.mark.parametrize("address", ["{}", "file://{}", "data:image/svg+xml;base64,PHN2Zy8+", "http://127.0.0.1/x.png"])
@pytest.mark.parametrize("name", ["href", "xlink:href"])
def test_nothing_outside_is_drawn(name: str, address: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    Image.new("RGB", (4, 4), "red").save(secret)
    image = f'<image width="10" height="10" {name}="{address.format(secret)}"/>'
    assert drawn(image).getpixel((5, 5)) == WHITE


def test_a_drawing_inside_a_page_is_drawn_whatever_the_parser_made_of_its_names() -> None:
    shape = (
        '<lineargradient id="g"><stop stop-color="#f00"/></lineargradient><rect width="30" height="20" fill="url(#g)"/>'
    )
    letter = '<defs><text id="t" x="2" y="15">x</text></defs><use xlink:href="#t"/>'
    content = f'<svg viewbox="0 0 30 20">{shape}{letter}</svg>'
    image = Image.open(io.BytesIO(to_resource(content.encode()).content)).convert("RGBA")
    assert image.size == (60, 40)
    assert image.getpixel((59, 39)) == RED
    assert len(image.getcolors() or ()) > 1  # the letter


@pytest.mark.parametrize("start", ["<svg", '<svg xmlns="http://www.w3.org/2000/svg" xmlns:a="urn:a"'])
@pytest.mark.parametrize("name", ["image", "a:image"])
def test_an_element_of_another_namespace_loads_nothing_either(start: str, name: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    Image.new("RGB", (4, 4), "red").save(secret)
    declared = "" if "urn:a" in start else ' xmlns:a="urn:a"'
    content = f'{start}{declared} viewBox="0 0 10 10"><{name} width="10" height="10" href="{secret}"/></svg>'
    image = Image.open(io.BytesIO(to_resource(content.encode()).content)).convert("RGBA")
    assert image.getcolors() == [(image.width * image.height, WHITE)]


def test_a_picture_inside_is_drawn() -> None:
    red = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
    assert drawn(f'<image width="10" height="10" href="data:image/png;base64,{red}"/>').getpixel((5, 5)) == RED


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<svg", "damaged"),
        (source("<g>" * 5000 + "</g>" * 5000), "damaged"),
        (source("<text>&x;</text>", head='<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "damaged"),
        (
            source(
                "<text>&j;</text>",
                head='<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">'
                + "".join(
                    f'<!ENTITY {name} "{f"&{inner};" * 10}">'
                    for inner, name in zip("abcdefghi", "bcdefghij", strict=True)
                )
                + "]>",
            ),
            "damaged",
        ),
        (
            source(
                '<defs><path id="u0"/>'
                + "".join(f'<g id="u{level + 1}">{f"""<use href="#u{level}"/>""" * 10}</g>' for level in range(8))
                + '</defs><use href="#u8"/>'
            ),
            "cannot be drawn",
        ),
        (source("", 'width="0" height="0"'), "cannot be drawn"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_its_reason(content: bytes, reason: str) -> None:
    with pytest.raises(UnusableImageError, match=reason):
        to_resource(content)


def test_drawing_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(svg, "_SECONDS", 0.01)
    with pytest.raises(UnusableImageError, match="takes longer"):
        to_resource(source(""))


def test_a_page_is_no_drawing() -> None:
    assert is_svg(b"\xef\xbb\xbf\n<?xml version='1.0'?><!-- x --><svg/>")
    assert not is_svg(b"<html><p>x</p></html>")
    assert not is_svg(b"text about <svg>")
