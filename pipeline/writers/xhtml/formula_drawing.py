"""Draw one formula as a picture: ziamath sets the MathML in STIX Two Math, MuPDF turns the drawing into pixels.

The ground is white and part of the picture. A style sheet could not promise it: reading systems paint their night and
sepia over the grounds of style sheets, and black ink on no ground would be lost in the dark.
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

from pipeline.tex.colours import PALETTE
from pipeline.writers.xhtml.formula_font import NAME, formula_font
from pipeline.writers.xhtml.formula_nodes import Enclosure
from pipeline.writers.xhtml.formula_tables import LINES

_SIZE: Final = 40  # units of the drawing that 1 em is: its coordinates keep three decimals
_MARGIN: Final = 2.0  # units of ground around the ink
_PIXELS: Final = 48  # of 1 em in a PNG: 11.5 pt on e-ink of 300 dots an inch, three a CSS pixel at 16 px
_GREYS: Final = 16  # what e-ink shows, in half a byte a pixel
_NOTATIONS: Final = {
    "m-box": "box",
    "m-cancel": "updiagonalstrike",
    "m-bcancel": "downdiagonalstrike",
    "m-xcancel": "updiagonalstrike downdiagonalstrike",
    "m-strike": "horizontalstrike",
}
_EMPTY: Final = frozenset({"mtd", "mrow", "mstyle"})  # elements that show nothing by themselves
_ROWS: Final = {"columnspacing": "0em 2em", "rowspacing": "0.5em", "displaystyle": "true"}
_CELLS: Final = {"columnspacing": "0.8em", "rowspacing": "0.3em", "displaystyle": "false"}
_ATTRIBUTES: Final[dict[str, dict[str, str]]] = {
    "m-left": {"columnalign": "left"},
    "m-right": {"columnalign": "right"},
    "m-aligned": _ROWS,
    "m-gathered": _ROWS,
    "m-multline": _ROWS,
    "m-eqnarray": _ROWS | {"columnspacing": "0.3em"},
    "m-array": _CELLS,
    "m-matrix": _CELLS,
    "m-cases": _CELLS | {"columnspacing": "1em"},
    "m-smallmatrix": _CELLS | {"columnspacing": "0.3em", "rowspacing": "0.1em"},
    "m-display": {"displaystyle": "true"},
    "m-text": {"displaystyle": "false"},
}

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
    drawn.insert(0, etree.Element("rect", ground))
    return _drawing("svg", "image/svg+xml", etree.tostring(drawn), width / _SIZE, (top + height) / _SIZE)


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
        names = str(node.attrib.pop("class", "")).split()
        lines = [name.removeprefix("m-line-").removesuffix("-dashed") for name in names if name.startswith("m-line-")]
        if lines:
            node.set(LINES, " ".join(lines))
        for name in names:
            for attribute, value in _ATTRIBUTES.get(name, {}).items():
                node.set(attribute, value)
            if name in _NOTATIONS:
                _enclose(node, _NOTATIONS[name])
            colour = PALETTE.get(name.removeprefix("mc-"), ("", "", ""))[1]
            if colour:
                node.set("mathcolor", colour)
        if etree.QName(node).localname == "mtd" and all(etree.QName(part).localname in _EMPTY for part in node.iter()):
            etree.SubElement(node, f"{{{etree.QName(node).namespace}}}mspace", width="0em")  # or it has no bounds
        if etree.QName(node).localname == "mstyle":
            node.tag = f"{{{etree.QName(node).namespace}}}mrow"  # ziamath 0.13 loses tags that follow <mstyle>
    return root


def _enclose(node: etree._Element, notation: str) -> None:
    """Put ``node`` into a frame or under a stroke; around it, as the class may be that of a letter or a fraction."""
    box = etree.Element(f"{{{etree.QName(node).namespace}}}{Enclosure.mtag}", notation=notation)
    parent = node.getparent()
    assert parent is not None  # noqa: S101 - <math> itself has no class
    parent.replace(node, box)
    box.append(node)
