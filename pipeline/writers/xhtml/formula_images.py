"""Formulas for readers without MathML: simple ones as text, the rest as pictures drawn from the very same MathML.

Drawing takes about 12 ms a formula, so equal formulas are drawn once and the rest is shared among processes. Lengths
are in em: a picture grows with the text, and its baseline stands on the line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Final

from pipeline.background import parallel_map
from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.document import Math
from pipeline.writers.xhtml.formula_text import formula_as_text

if TYPE_CHECKING:
    from pipeline.writers.xhtml.formula_drawing import Drawing

_FEW: Final = 64  # formulas; starting processes takes longer than drawing these


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


def draw_formulas(formulas: Iterable[Math], jobs: int, reporter: Reporter, *, pixels: bool = False) -> FormulaImages:
    """Return how to show each of ``formulas``, pictures as SVG or in ``pixels``.

    Those that cannot be drawn are shown as their TeX and reported.
    """
    known = {math.mathml: math for math in formulas if math.mathml is not None}
    lines = {mathml: formula_as_text(mathml) for mathml in known}
    texts = {mathml: text for mathml, text in lines.items() if text == "" or (text and not known[mathml].display)}
    wanted = [mathml for mathml in known if mathml not in texts]
    drawings: dict[str, Drawing] = {}
    for mathml, drawing in zip(wanted, _draw_all(wanted, jobs, pixels=pixels), strict=True):
        if drawing is None:
            math = known[mathml]
            reporter.report(Code.FORMULA_NOT_DRAWN, "this formula cannot be drawn as a picture", math.span)
        else:
            drawings[mathml] = drawing
    return FormulaImages(texts, drawings)


def _draw_all(formulas: list[str], jobs: int, *, pixels: bool) -> list[Drawing | None]:
    return parallel_map(partial(_draw, pixels=pixels), formulas, jobs if len(formulas) > _FEW else 1)


def _draw(mathml: str, *, pixels: bool) -> Drawing | None:
    # ziamath takes half a second to import, which only these editions should pay.
    from pipeline.writers.xhtml.formula_drawing import draw, draw_pixels  # noqa: PLC0415 - loaded when one is drawn

    return draw_pixels(mathml) if pixels else draw(mathml)
