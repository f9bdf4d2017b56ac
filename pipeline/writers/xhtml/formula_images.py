"""Formulas for readers without MathML: simple ones as text, the rest as SVG drawn from the very same MathML.

ziamath draws with STIX Two Math and takes about 12 ms a formula, so equal formulas are drawn once and the rest is
shared among processes. Lengths are in em: a picture grows with the text, and its baseline stands on the line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from html import escape
from typing import Final

from lxml import etree

from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.document import Math
from pipeline.tex.colours import PALETTE
from pipeline.writers.xhtml.formula_text import formula_as_text

_SIZE: Final = 40  # px that ziamath draws 1em at: its coordinates keep three decimals
_FEW: Final = 64  # formulas; starting processes takes longer than drawing these
_SIDES: Final = {"m-left": "left", "m-right": "right"}
_NOTATIONS: Final = {
    "m-box": "box",
    "m-cancel": "updiagonalstrike",
    "m-bcancel": "downdiagonalstrike",
    "m-xcancel": "updiagonalstrike downdiagonalstrike",
    "m-strike": "horizontalstrike",
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A formula as a picture; lengths in em, ``depth`` is how far it goes below the line."""

    name: str
    svg: bytes = field(repr=False)
    width: float
    depth: float


@dataclass(frozen=True, slots=True)
class FormulaImages:
    """How every formula of a book is shown, by its MathML."""

    texts: Mapping[str, str]
    drawings: Mapping[str, Drawing]

    def show(self, math: Math) -> str:
        """Return the markup of a formula that has MathML."""
        mathml = math.mathml or ""
        if mathml in self.texts:
            return f'<span class="math">{self.texts[mathml]}</span>'
        drawing = self.drawings.get(mathml)
        if drawing is None:
            return f'<code class="tex">{escape(math.tex, quote=False)}</code>'
        style = f"width:{drawing.width:.3f}em;vertical-align:{-drawing.depth:.3f}em"
        return f'<img class="math" style="{style}" src="{drawing.name}" alt="{escape(math.tex.strip())}"/>'


def draw_formulas(formulas: Iterable[Math], jobs: int, reporter: Reporter) -> FormulaImages:
    """Return how to show each of ``formulas``; those that cannot be drawn are shown as their TeX and reported."""
    known = {math.mathml: math for math in formulas if math.mathml is not None}
    texts = {mathml: text for mathml, math in known.items() if not math.display and (text := formula_as_text(mathml))}
    wanted = [mathml for mathml in known if mathml not in texts]
    drawings: dict[str, Drawing] = {}
    for mathml, drawing in zip(wanted, _draw_all(wanted, jobs), strict=True):
        if drawing is None:
            math = known[mathml]
            reporter.report(Code.FORMULA_NOT_DRAWN, "this formula cannot be drawn as a picture", math.span)
        else:
            drawings[mathml] = drawing
    return FormulaImages(texts, drawings)


def _draw_all(formulas: list[str], jobs: int) -> list[Drawing | None]:
    if jobs <= 1 or len(formulas) <= _FEW:
        return list(map(draw, formulas))
    with ProcessPoolExecutor(jobs) as executor:
        return list(executor.map(draw, formulas, chunksize=32))


def draw(mathml: str) -> Drawing | None:
    """Return ``mathml`` as a picture; None when the font lacks a character or the drawing fails."""
    # ziamath takes half a second to import, which only this edition should pay.
    from ziafont.config import config  # noqa: PLC0415 - loaded when a formula needs it
    from ziamath.zmath import Math as Drawn  # noqa: PLC0415 - loaded when a formula needs it

    config.svg2 = False  # paths in place of <use>: old readers show them
    try:
        prepared = _prepared(mathml)
        picture = Drawn(prepared, size=_SIZE)
        if not _has_glyphs(picture, prepared):
            return None
        svg = str(picture.svg())
    except Exception:  # noqa: BLE001 - a library in the face of any formula; the caller reports and shows the TeX
        return None
    _, top, width, height = (float(number) for number in str(etree.fromstring(svg).get("viewBox")).split())
    content = svg.encode()
    name = f"formulas/{hashlib.sha256(content).hexdigest()[:16]}.svg"
    return Drawing(name, content, width / _SIZE, (top + height) / _SIZE)


def _has_glyphs(picture: object, mathml: str) -> bool:
    font = getattr(picture, "font", None)
    return all(
        character.isspace() or not character.isprintable() or font is None or font.glyphindex(character) != 0
        for text in etree.fromstring(mathml).itertext()
        for character in str(text)
    )


def _prepared(mathml: str) -> str:
    """Say with MathML 3's attributes, which ziamath knows, what our classes say to style sheets."""
    root = etree.fromstring(mathml)
    for node in list(root.iter()):
        for name in str(node.attrib.pop("class", "")).split():
            if name in _SIDES:
                node.set("columnalign", _SIDES[name])
            elif name in _NOTATIONS:
                _enclose(node, _NOTATIONS[name])
            elif name.removeprefix("mc-") in PALETTE and PALETTE[name.removeprefix("mc-")][1]:
                node.set("mathcolor", PALETTE[name.removeprefix("mc-")][1])
            elif name == "m-aligned":
                node.set("columnspacing", "0em")
    return etree.tostring(root, encoding="unicode")


def _enclose(node: etree._Element, notation: str) -> None:
    inner = etree.SubElement(node, f"{{{etree.QName(node).namespace}}}menclose", notation=notation)
    for child in list(node)[:-1]:
        inner.append(child)
