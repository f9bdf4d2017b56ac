"""Draw one formula as a picture: ziamath sets the MathML in STIX Two Math, MuPDF turns the drawing into pixels.

The ground is white and part of the picture. A style sheet could not promise it: reading systems paint their night and
sepia over the grounds of style sheets, and black ink on no ground would be lost in the dark. Nor does a picture know
the page's colours: ``prefers-color-scheme`` in an SVG tells those of the system, and a reader whose system is dark
and whose page is light would get dark boxes (tried in Chromium). So the ground of an SVG is sheer under black ink: on a
white page nothing is seen of it, on sepia little, and on black it is a grey on which the ink can be read.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field
from typing import Final
from xml.etree import ElementTree as ET  # ziamath takes trees of this kind alone

import pymupdf
from lxml import etree
from PIL import Image
from ziafont.config import config
from ziamath.zmath import Math as Drawn

from pipeline.writers.xhtml.formula_images.classes import ATTRIBUTES, COLOURS, LINES, NOTATIONS, SPACES, VARIANTS
from pipeline.writers.xhtml.formula_images.font import NAME, formula_font
from pipeline.writers.xhtml.formula_images.nodes import RATIO, Enclosure, Sized
from pipeline.writers.xhtml.formula_images.tables import SIDES
from pipeline.writers.xhtml.formula_sizes import SIZES

_SIZE: Final = 40  # units of the drawing that 1 em is: its coordinates keep three decimals
_MARGIN: Final = 2.0  # units of ground around the ink
_PIXELS: Final = 48  # of 1 em in a PNG: 11.5 pt on e-ink of 300 dots an inch, three a CSS pixel at 16 px
_GREYS: Final = 16  # what e-ink shows, in half a byte a pixel
_SHEER: Final = "0.6"  # of the ground; with black ink on it a black page leaves a contrast of 7.4 to 1 (WCAG 2.2)
_TABULAR: Final = frozenset({"mtr", "mtd"})
_BARS: Final = {"‾": "―"}  # what ziamath draws as one line rather than piece by piece
_EMPTY: Final = frozenset({"mtd", "mrow", "mstyle"})  # elements that show nothing by themselves
config.svg2 = False  # paths in place of <use>: old readers show them


@dataclass(frozen=True, slots=True)
class Drawing:
    """A formula as a picture; lengths in em, ``depth`` is how far it goes below the line."""

    name: str
    media_type: str
    content: bytes = field(repr=False)
    width: float
    depth: float


def draw(mathml: str) -> Drawing | None:
    """Return ``mathml`` as SVG; None when no font has a character or the drawing fails."""
    drawn = _svg(mathml)
    if drawn is None:
        return None
    left, top, width, height = _box(drawn)
    ground = {"x": f"{left:g}", "y": f"{top:g}", "width": f"{width:g}", "height": f"{height:g}", "fill": "#fff"}
    sheer = {} if _has_colours(drawn) else {"fill-opacity": _SHEER}
    drawn.insert(0, etree.Element("rect", ground | sheer))
    return _drawing("svg", "image/svg+xml", etree.tostring(drawn), width / _SIZE, (top + height) / _SIZE)


def _has_colours(drawn: etree._Element) -> bool:
    """Whether an author chose a colour, which is readable on white alone."""
    return any(node.get(side) not in (None, "none", "black") for node in drawn.iter() for side in ("fill", "stroke"))


def draw_pixels(mathml: str) -> Drawing | None:
    """Return ``mathml`` as PNG, in greys unless the author chose a colour; None as ``draw``."""
    drawn = _svg(mathml)
    if drawn is None:
        return None
    scale = _PIXELS / _SIZE
    with pymupdf.open("svg", etree.tostring(drawn)) as document:  # type: ignore[no-untyped-call] # annotated in part
        pixels = document[0].get_pixmap(matrix=pymupdf.Matrix(scale, scale), alpha=False)  # type: ignore[no-untyped-call]
    image = Image.frombytes("RGB", (pixels.width, pixels.height), pixels.samples)
    # Sizes are those of whole pixels, so that a reader at this very size need not scale.
    depth = (image.height + _box(drawn)[1] * scale) / _PIXELS
    return _drawing("png", "image/png", _png(image), image.width / _PIXELS, depth)


def _drawing(suffix: str, media_type: str, content: bytes, width: float, depth: float) -> Drawing:
    name = f"formulas/{hashlib.sha256(content).hexdigest()[:16]}.{suffix}"
    return Drawing(name, media_type, content, width, depth)


def _png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    grey = image.convert("L")
    if grey.convert("RGB") != image:
        image.save(buffer, "PNG")
        return buffer.getvalue()
    step = 255 // (_GREYS - 1)
    shades = grey.point([(value + step // 2) // step for value in range(256)])
    shades.putpalette([step * shade for shade in range(_GREYS) for _ in "rgb"])
    shades.save(buffer, "PNG", bits=4)
    return buffer.getvalue()


def _svg(mathml: str) -> etree._Element | None:
    """The drawing on no ground; None when no font has a character, ziamath fails, or there is nothing to see."""
    font = formula_font(_SIZE)
    try:
        prepared = _prepared(mathml)
        if not all(font.has(character) for text in prepared.itertext() for character in str(text)):
            return None
        tree = ET.fromstring(etree.tostring(prepared))  # noqa: S314 - what lxml has just written
        drawn = Drawn(tree, size=_SIZE, font=NAME, margin=_MARGIN)  # of text ziamath would undo the escapes
        svg = etree.fromstring(drawn.svg())
    except Exception:  # noqa: BLE001 - a library in the face of any formula; the caller reports and shows the TeX
        return None
    return svg if min(_box(svg)[2:]) > 0 else None


def _box(drawn: etree._Element) -> tuple[float, float, float, float]:
    left, top, width, height = map(float, str(drawn.get("viewBox")).split())
    return left, top, width, height


def _prepared(mathml: str) -> etree._Element:
    """Say with MathML 3's attributes, which ziamath knows, what our classes say to style sheets."""
    root = etree.fromstring(mathml)
    root.set("displaystyle", "true" if root.get("display") == "block" else "false")
    for node in list(root.iter()):
        _say(node, str(node.attrib.pop("class", "")).split())
        if _name(node) == "mo":
            _space(node)
            node.text = _BARS.get(str(node.text), node.text)
        if _name(node) == "mtd" and all(_name(part) in _EMPTY for part in node.iter()):
            etree.SubElement(node, _tag(node, "mspace"), width="0em")  # or it has no bounds
        if _name(node) == "mstyle":
            node.tag = _tag(node, "mrow")  # ziamath 0.13 loses tags that follow <mstyle>
    return root


def _space(node: etree._Element) -> None:
    """Give an operator between two others its spaces, where ziamath has others for it and the formula says none."""
    spaces = SPACES.get(str(node.text))
    between = node.getprevious() is not None and node.getnext() is not None
    if spaces and between and not any(name in node.attrib for name in ("form", "lspace", "rspace")):
        _set(node, dict(zip(("lspace", "rspace"), spaces, strict=True)))


def _say(node: etree._Element, names: list[str]) -> None:
    """Give ``node`` what classes say: what is inside it by attributes, what is around it by elements."""
    for name in names:
        _set(node, ATTRIBUTES.get(name, {}))
    variant = " ".join(VARIANTS[name] for name in names if name in VARIANTS)
    if variant:
        node.set("mathvariant", variant)
    notations = [NOTATIONS[name] for name in names if name in NOTATIONS]
    lines = [LINES[name] for name in names if name in LINES]
    if lines and _name(node) in _TABULAR:
        node.set(SIDES, " ".join(side for side, _ in lines))
    else:
        notations += [notation for _, notation in lines]
    outer = node
    if notations:
        outer = _within(outer, Enclosure.mtag, notation=" ".join(notations))
    for name in names:
        if name in SIZES:
            outer = _within(outer, Sized.mtag, **{RATIO: f"{SIZES[name]}"})
    for name in names:
        _set(outer, COLOURS.get(name, {}))


def _set(node: etree._Element, attributes: dict[str, str]) -> None:
    for name, value in attributes.items():
        node.set(name, value)


def _within(node: etree._Element, name: str, **attributes: str) -> etree._Element:
    """Put ``node`` into an element; around it, as the class may be that of a letter or a fraction."""
    outer = etree.Element(_tag(node, name), attributes)
    parent = node.getparent()
    assert parent is not None  # noqa: S101 - <math> itself has no class
    parent.replace(node, outer)
    outer.append(node)
    return outer


def _name(node: etree._Element) -> str:
    return etree.QName(node).localname


def _tag(node: etree._Element, name: str) -> str:
    """A name in the namespace of ``node``."""
    return f"{{{etree.QName(node).namespace}}}{name}"
