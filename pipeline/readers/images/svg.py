"""SVG as a bitmap, which every format of a book can hold: made safe, then drawn by resvg in a process of its own.

A picture that is drawn runs no script and loads nothing. What remains is to see that drawing itself reads no file,
which is why addresses are taken out, and that it ends, which is why it is confined.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

from lxml import etree

from pipeline.sandbox import Limits, run

_NAMESPACE: Final = "http://www.w3.org/2000/svg"
_HTML_IN_SVG: Final = f"{{{_NAMESPACE}}}foreignObject"
_TEXT: Final = f"{{{_NAMESPACE}}}text"
_FALLBACK: Final = f"{{{_NAMESPACE}}}switch"  # holds the same in another shape, for those who cannot draw HTML
_HREFS: Final = ("href", "{http://www.w3.org/1999/xlink}href")
_ALLOWED_HREF: Final = re.compile(r"#|data:image/(?:png|jpeg|gif|webp)[;,]", re.IGNORECASE)
_TAGS: Final = {
    name.lower(): name
    for name in (
        "clipPath",
        "foreignObject",
        "linearGradient",
        "radialGradient",
        "textPath",
        "feGaussianBlur",
        "feOffset",
    )
}
_ATTRIBUTES: Final = {
    name.lower(): name
    for name in (
        *("viewBox", "preserveAspectRatio", "gradientUnits", "gradientTransform", "spreadMethod", "clipPathUnits"),
        *("markerWidth", "markerHeight", "markerUnits", "refX", "refY", "patternUnits", "patternContentUnits"),
        *("patternTransform", "maskUnits", "maskContentUnits", "startOffset", "textLength", "lengthAdjust"),
        *("filterUnits", "primitiveUnits", "stdDeviation"),
    )
}
"""The names with capitals that drawings have most, of those in the HTML standard (13.2.6.1, adjust SVG attributes)."""
_LENGTH: Final = re.compile(r"\s*([0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?)\s*(px|pt|pc|mm|cm|in|em|ex)?\s*")
_UNITS: Final = {"pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "em": 16.0, "ex": 8.0}
_ZOOM: Final = 2.0  # pixels of the bitmap a CSS pixel, so that lines and letters stay sharp
_DRAWING: Final = Path(__file__).with_name("draw_svg.py")
_SECONDS: Final = 20
_LIMITS: Final = Limits(seconds=_SECONDS, memory=2 << 30)


class UndrawableError(ValueError):
    """Why an SVG has no picture."""


def is_svg(content: bytes) -> bool:
    """Whether ``content`` looks like an SVG."""
    start = content[:4000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and b"<svg" in start


def svg_to_png(content: bytes, longest: int) -> bytes:
    """Return an SVG drawn as PNG, at twice its size in CSS pixels, but no side longer than ``longest`` pixels.

    Raises:
        UndrawableError: it is damaged, or takes too long or too much memory to draw.
    """
    root = _safe(content)
    zoom = min(_ZOOM, longest / max(*_size(root), 1.0))
    fonts = "1" if next(root.iter(_TEXT), None) is not None else "0"
    command = [sys.executable, "-I", str(_DRAWING), f"{zoom:.6f}", fonts]
    try:
        done = run(command, _LIMITS, etree.tostring(root), _SECONDS)
    except subprocess.TimeoutExpired as error:
        raise UndrawableError(f"it is an SVG that takes longer than {_SECONDS} s to draw") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().rpartition("\n")[2].removeprefix("ValueError: ")
        raise UndrawableError(f"it is an SVG that cannot be drawn: {said[:200] or 'its drawing was ended'}")
    return done.stdout


def _safe(content: bytes) -> etree._Element:
    """Return an SVG whose addresses all lead into itself, with HTML in it as plain text.

    lxml's defaults bound depth and the growth of entities, and load nothing from outside.
    """
    if b"xlink:" in content and b"xmlns:xlink" not in content:  # as HTML allows it
        content = content.replace(b"<svg", b'<svg xmlns:xlink="http://www.w3.org/1999/xlink"', 1)
    try:
        root = etree.fromstring(content, etree.XMLParser(no_network=True, remove_comments=True, remove_pis=True))
    except etree.XMLSyntaxError as error:
        raise UndrawableError("it is a damaged SVG") from error
    for element in list(root.iter("*")):
        _as_in_xml(element)
        for name in _HREFS:
            if not _ALLOWED_HREF.match(element.get(name, "#").strip()):
                del element.attrib[name]
        if element.tag == _HTML_IN_SVG:
            _as_text(element)
    return root


def _as_in_xml(element: etree._Element) -> None:
    """Undo what an HTML parser does to an SVG inside a page: no namespace, and all names in small letters."""
    if not element.tag.startswith("{"):
        element.tag = f"{{{_NAMESPACE}}}{_TAGS.get(element.tag, element.tag)}"
        for name in _ATTRIBUTES.keys() & element.attrib.keys():
            element.set(_ATTRIBUTES[name], element.attrib.pop(name))


def _as_text(element: etree._Element) -> None:
    """Write the words of an HTML label where its middle is; of a label in two shapes, the other one stays alone."""
    parent = element.getparent()
    words = " ".join("".join(map(str, element.itertext())).split())
    tail = element.tail
    box = [_length(element.get(name)) or 0.0 for name in ("x", "y", "width", "height")]
    element.clear()
    element.tail = tail
    if words and parent is not None and parent.tag != _FALLBACK:
        element.tag = _TEXT
        element.text = words
        x, y, width, height = box
        middle = {"x": x + width / 2, "y": y + height / 2}
        for name, value in (*middle.items(), ("text-anchor", "middle"), ("dominant-baseline", "central")):
            element.set(name, str(value))


def _size(root: etree._Element) -> tuple[float, float]:
    """Return width and height in CSS pixels: what the SVG states, else its view box."""
    words = root.get("viewBox", "").replace(",", " ").split()[2:4]
    box = [length for word in words if (length := _length(word))]
    sides = (_length(root.get(name)) for name in ("width", "height"))
    width, height = (side or inner for side, inner in zip(sides, (*box, 100.0, 100.0), strict=False))
    return width, height


def _length(stated: str | None) -> float | None:
    """Return a length in CSS pixels; None where there is none, or a share of something else."""
    found = _LENGTH.fullmatch(stated or "")
    return float(found[1]) * _UNITS.get(found[2] or "px", 1.0) if found else None
