"""What STIX Two Math lacks for browsers, added before a book embeds it: long arrows, wide accents and primes.

Measured in Chromium with version 2.11: →, ↔ and ↦ keep their shortest form, since the last part of each has its
connectors the wrong way round; ``^``, ``~`` and ``ˇ`` do not widen, since only their combining forms have variants,
and MathML writes the others (MathML Core, appendix B.2). A prime is drawn small and high, and made smaller and higher
again as a script, since the form for scripts (OpenType feature ``ssty``) is not asked for.
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
_PRIMES: Final = ("minute", "second", "uni2034")  # ′, ″ and ‴


def mend(font: TTFont) -> None:
    """Change ``font`` in place; one without these faults stays as it is."""
    _widen(font)
    _enlarge_primes(font)


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
