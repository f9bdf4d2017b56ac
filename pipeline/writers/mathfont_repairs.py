"""What STIX Two Math lacks for browsers, added before a book embeds it: long arrows, wide accents, primes, close roots.

Measured in Chromium with version 2.11: →, ↔ and ↦ keep their shortest form, since the last part of each has its
connectors the wrong way round; ``^``, ``~`` and ``ˇ`` do not widen, since only their combining forms have variants,
and MathML writes the others (MathML Core, appendix B.2). A prime is drawn small and high, and made smaller and higher
again as a script, since the form for scripts (OpenType feature ``ssty``) is not asked for. A root has a hole of 0.42 em
behind it, as Chromium gives each the room of the widest one: parts of 1.21 em, where the lowest root has 0.79 em.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

_EXTENDER: Final = 1
_WIDE: Final = {  # glyph: the combining one whose variants it gets, and its own narrowest form
    "asciicircum": ("uni0302", "circumflex"),
    "asciitilde": ("uni0303", "tilde"),
    "caron": ("uni030C", "caron"),
}
_ROOT: Final = "uni221A"
_PRIMES: Final = ("minute", "second", "uni2034")  # ′, ″ and ‴


def mend(font: TTFont) -> None:
    """Change ``font`` in place; one without these faults stays as it is."""
    _widen(font)
    _enlarge_primes(font)
    _narrow_roots(font)


def _widen(font: TTFont) -> None:
    """Let arrows and accents be as long as what they belong to."""
    variants = font["MATH"].table.MathVariants
    wide = dict(zip(variants.HorizGlyphCoverage.glyphs, variants.HorizGlyphConstruction, strict=True))
    for construction in wide.values():
        _join(construction, variants.MinConnectorOverlap)
    for glyph, (combining, narrowest) in _WIDE.items():
        if combining in wide and glyph not in wide:
            wide[glyph] = deepcopy(wide[combining])
            wide[glyph].MathGlyphVariantRecord[0].VariantGlyph = narrowest
    names = sorted(wide, key=font.getGlyphID)
    variants.HorizGlyphCoverage.glyphs = names
    variants.HorizGlyphConstruction = [wide[name] for name in names]
    variants.HorizGlyphCount = len(names)


def _join(construction: Any, overlap: int) -> None:  # noqa: ANN401 - fontTools makes its tables' classes at run time
    """Turn the connectors of a last part round where it could not be joined to the one before it."""
    parts = construction.GlyphAssembly.PartRecords if construction.GlyphAssembly else []
    if len(parts) > 1 and parts[-1].PartFlags != _EXTENDER and parts[-1].StartConnectorLength < overlap:
        last = parts[-1]
        last.StartConnectorLength, last.EndConnectorLength = last.EndConnectorLength, last.StartConnectorLength


def _enlarge_primes(font: TTFont) -> None:
    """Draw primes as the font has them for scripts, which is where they stand."""
    for prime in _PRIMES:
        script = f"{prime}.ssty"
        if prime in font["glyf"] and script in font["glyf"]:
            font["glyf"][prime] = deepcopy(font["glyf"][script])
            font["hmtx"][prime] = font["hmtx"][script]


def _narrow_roots(font: TTFont) -> None:
    """Make every root as wide as the lowest: its corner at the bar is where that one has it, its rise steeper."""
    variants = font["MATH"].table.MathVariants
    high = dict(zip(variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction, strict=True))
    if _ROOT not in high or not high[_ROOT].GlyphAssembly:
        return
    glyphs, widths = font["glyf"], font["hmtx"]
    lowest, width = glyphs[_ROOT], widths[_ROOT][0]
    names = [record.VariantGlyph for record in high[_ROOT].MathGlyphVariantRecord]
    names += [part.glyph for part in high[_ROOT].GlyphAssembly.PartRecords]
    for name in names:
        points, middle = glyphs[name].coordinates, widths[name][0] / 2
        shift = _corner(glyphs[name]) - _corner(lowest)
        for index, (x, y) in enumerate(points):
            if x > middle:
                points[index] = min(x - shift, lowest.xMax), y
        glyphs[name].recalcBounds(glyphs)
        widths[name] = width, glyphs[name].xMin


def _corner(glyph: Any) -> int:  # noqa: ANN401 - as above
    """Return where the rise of a root meets its bar."""
    return min(int(x) for x, y in glyph.coordinates if y == glyph.yMax)
