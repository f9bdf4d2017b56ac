r"""The font that formulas are drawn with: STIX Two Math, and beside it the face for other scripts that MuPDF carries.

Authors name quantities in their own language (``\text{学习率}``), and no math font has ideographs. MuPDF's face, Droid
Sans Fallback, is the same on every machine, which no installed font is.
"""

from __future__ import annotations

from functools import cache
from tempfile import NamedTemporaryFile
from typing import Final

import pymupdf
from ziafont.font import Font
from ziafont.fonttypes import BBox
from ziafont.glyph import SimpleGlyph
from ziamath.mathfont import MathFont
from ziamath.styles import MathVariant
from ziamath.zmath import loadedfonts

from pipeline.writers.mathfont import font_path

NAME: Final = "formulas"
"""The font's name for ziamath, once ``formula_font`` was called."""

_LETTERS: Final = 1 << 20  # numbers of the other face's glyphs begin here, above all that ziamath knows rules for


@cache
def formula_font(size: float) -> _FormulaFont:
    """Return the font, made known to ziamath, which asks for the ``size`` it is used at."""
    font = _FormulaFont(font_path(), size)
    loadedfonts[NAME] = font
    return font


class _FormulaFont(MathFont):
    """A math font that takes from another face what it lacks, brought to its own units."""

    def has(self, character: str) -> bool:
        """Whether there is a shape for ``character``, or none is needed."""
        return (
            character.isspace()
            or not character.isprintable()
            or self.glyphindex(character) != 0
            or _letters().glyphindex(character) != 0
        )

    def findglyph(self, char: str, variant: MathVariant) -> SimpleGlyph:
        """Return the shape of a character, as ziamath asks for it."""
        if self.glyphindex(char) or not _letters().glyphindex(char):
            return super().findglyph(char, variant)
        glyph = _letters().glyph(char)
        scale = self._scale
        outline = [operator.xform(scale, 0, 0, scale, 0, 0, 1, 1) for operator in glyph.operators]
        box = BBox(*(scale * edge for edge in (glyph.bbox.xmin, glyph.bbox.xmax, glyph.bbox.ymin, glyph.bbox.ymax)))
        return SimpleGlyph(_LETTERS + glyph.index, outline, box, self)

    def advance(self, glyph: int, glyph2: int | None) -> int:
        """Return how far a glyph, known by its number, moves the pen; those of another face are not kerned."""
        if glyph >= _LETTERS:
            return round(self._scale * _letters().advance(glyph - _LETTERS, None))
        return super().advance(glyph, None if glyph2 and glyph2 >= _LETTERS else glyph2)

    @property
    def _scale(self) -> float:
        return float(self.info.layout.unitsperem / _letters().info.layout.unitsperem)


@cache
def _letters() -> Font:
    """MuPDF's face; ziafont reads fonts from files alone, and all of the file at once."""
    with NamedTemporaryFile(suffix=".ttf") as file:
        file.write(pymupdf.Font("cjk").buffer)  # type: ignore[no-untyped-call] # annotated in part
        file.flush()
        return Font(file.name)
