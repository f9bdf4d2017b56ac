"""Formulas for readers without MathML: simple ones as text, the rest as pictures drawn from the very same MathML.

Pages are laid out as for readers of MathML, long displays in pieces between which a line may be broken; then each piece
gets its picture. Drawing takes about 12 ms a piece, so equal ones are drawn once and the rest is shared among
processes. Lengths are in em: a picture grows with the text, and its baseline stands on the line.
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
from pipeline.writers.xhtml.alttext import Piece, pieces_in, replaced
from pipeline.writers.xhtml.formula_images.text import formula_as_text

if TYPE_CHECKING:
    from pipeline.writers.xhtml.formula_images.drawing import Drawing

_FEWEST_SHARED: Final = 64  # formulas; starting processes takes longer than drawing these


@dataclass(frozen=True, slots=True)
class FormulaImages:
    """How every piece of a formula in a book is shown, by its MathML."""

    texts: Mapping[str, str]
    drawings: Mapping[str, Drawing]

    def shown(self, markup: str) -> str:
        """Return ``markup`` with text or a picture in the place of each piece."""
        return replaced(markup, self._shown)

    def _shown(self, piece: Piece) -> str:
        if piece.mathml in self.texts:
            return f'<span class="math">{self.texts[piece.mathml]}</span>'
        drawing = self.drawings.get(piece.mathml)
        if drawing is None:
            return f'<code class="tex">{escape(piece.tex, quote=False)}</code>'
        style = f"width:{drawing.width:.3f}em;vertical-align:{-drawing.depth:.3f}em"
        names = f"math {piece.gaps}".strip()
        words = "" if piece.hidden else escape(piece.tex)
        return f'<img class="{names}" style="{style}" src="{drawing.name}" alt="{words}"/>'


def draw_formulas(
    markups: Iterable[str], formulas: Iterable[Math], jobs: int, reporter: Reporter, *, pixels: bool = False
) -> FormulaImages:
    """Return how to show the pieces in ``markups``, which are of ``formulas``: pictures as SVG or in ``pixels``.

    Those that cannot be drawn are shown as the TeX of their formula, which is reported.
    """
    pieces = {piece.mathml: piece for markup in markups for piece in pieces_in(markup)}
    lines = {mathml: formula_as_text(mathml) for mathml in pieces}
    texts = {mathml: text for mathml, text in lines.items() if text == "" or (text and not pieces[mathml].display)}
    wanted = [mathml for mathml in pieces if mathml not in texts]
    drawings: dict[str, Drawing] = {}
    failed: dict[str, None] = {}
    for mathml, drawing in zip(wanted, _draw_all(wanted, jobs, pixels=pixels), strict=True):
        if drawing is None:
            failed[pieces[mathml].tex] = None
        else:
            drawings[mathml] = drawing
    places = {math.tex.strip(): math.span for math in formulas} if failed else {}
    for tex in failed:
        reporter.report(Code.FORMULA_NOT_DRAWN, "this formula cannot be drawn as a picture", places[tex])
    return FormulaImages(texts, drawings)


def _draw_all(formulas: list[str], jobs: int, *, pixels: bool) -> list[Drawing | None]:
    return parallel_map(partial(_draw, pixels=pixels), formulas, jobs if len(formulas) > _FEWEST_SHARED else 1)


def _draw(mathml: str, *, pixels: bool) -> Drawing | None:
    # ziamath takes half a second to import, which only these editions should pay.
    from pipeline.writers.xhtml.formula_images.drawing import draw, draw_pixels  # noqa: PLC0415 - loaded when one is drawn

    return draw_pixels(mathml) if pixels else draw(mathml)
