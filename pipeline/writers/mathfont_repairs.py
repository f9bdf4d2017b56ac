"""What STIX Two Math lacks for browsers, added before a book embeds it: long arrows, accents, close roots, scripts.

Measured in Chromium with version 2.11: →, ↔ and ↦ keep their shortest form, since the last part of each has its
connectors the wrong way round; =, ⇌, ⇋, ⇄, ↠ and ↞ have no longer one, nor have ⟮, ⟯ and ⏐ a taller one. ``^``, ``~``
and ``ˇ`` do not widen, since only their combining forms have variants, and MathML writes the others (MathML Core,
appendix B.2). ‖ grows by 0.83 em at a time, as its parts overlap by little or nothing. A prime is drawn small and high,
and made smaller and higher again as a script, since the form for scripts (OpenType feature ``ssty``) is not asked for.
A root has a hole of 0.42 em behind it, as Chromium gives each the room of the widest one: parts of 1.21 em, where the
lowest root has 0.79 em. Scripts keep 0.23 em below the top of their base and 0.16 em below its bottom, a single letter
too, which TeX does not ask this of (TeXbook, appendix G, rule 18a): in ``f_t x_t`` they stood at two heights, and the
script of ``A^2`` at another than that of ``a^2``.
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
_SHAFTS: Final = {  # glyph: where nothing but its shafts is, in units of the font
    "equal": 360,
    "uni21CC": 474,
    "uni21CB": 474,
    "uni21C4": 474,
    "uni21A0": 235,
    "uni219E": 712,
}
_SHAFT: Final = 120  # how much of its shafts joins a part of a long sign to the next
_TALL: Final = {  # glyph: the delimiter and which of its parts, from below, it is drawn with where it is tall
    "uni27EE": ("braceleft", (0, 1, 4)),
    "uni27EF": ("braceright", (0, 1, 4)),
    "uni23D0": ("bar", (0, 1)),
}
_BARS: Final = "uni2016"  # ‖
_ROOT: Final = "uni221A"
_PRIMES: Final = ("minute", "second", "uni2034")  # ′, ″ and ‴
_DROPS: Final = {  # constant: its value; that of superscripts is cmsy10's, that of subscripts lets letters hang
    "SuperscriptBaselineDropMax": 386,
    "SubscriptBaselineDropMin": 0,
}


def mend(font: TTFont) -> None:
    """Change ``font`` in place; one without these faults stays as it is."""
    _widen(font)
    _heighten(font)
    _enlarge_primes(font)
    _narrow_roots(font)
    _level_scripts(font)


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
    for glyph, cut in _SHAFTS.items():
        if glyph in font["glyf"] and glyph not in wide:
            wide[glyph] = _extensible(glyph, font["hmtx"][glyph][0], _divide(font, glyph, cut))
    variants.HorizGlyphCoverage.glyphs = sorted(wide, key=font.getGlyphID)
    variants.HorizGlyphConstruction = [wide[name] for name in variants.HorizGlyphCoverage.glyphs]
    variants.HorizGlyphCount = len(wide)


def _divide(font: TTFont, glyph: str, cut: int) -> list[Any]:
    """Make three parts of an arrow: what is before the cut, what can be repeated, and what is behind it.

    A part has all points of the whole; those that are beyond its ends stand on them, where they enclose nothing.
    """
    width = font["hmtx"][glyph][0]
    edges = ((0, cut), (cut - _SHAFT, cut + _SHAFT), (cut, width))
    names = [f"{glyph}.{suffix}" for suffix in ("before", "middle", "behind")]
    font.setGlyphOrder([*font.getGlyphOrder(), *names])
    parts = []
    for name, (left, right) in zip(names, edges, strict=True):
        outline = deepcopy(font["glyf"][glyph])
        for index, (x, y) in enumerate(outline.coordinates):
            outline.coordinates[index] = min(max(x, left), right) - left, y
        font["glyf"][name] = outline
        outline.recalcBounds(font["glyf"])
        font["hmtx"][name] = right - left, outline.xMin
        parts.append(_part(name, right - left, 0 if left == 0 else _SHAFT, 0 if right == width else _SHAFT))
    parts[1].PartFlags = _EXTENDER
    return parts


def _part(name: str, length: int, start: int, end: int) -> Any:  # noqa: ANN401 - fontTools makes its tables' classes at run time
    """Return a part of an assembly, which overlaps its neighbours by at most what it says of each end."""
    from fontTools.ttLib.tables import otTables  # noqa: PLC0415 - loaded when a font is wanted

    part = otTables.GlyphPartRecord()
    part.glyph, part.FullAdvance, part.PartFlags = name, length, 0
    part.StartConnectorLength, part.EndConnectorLength = start, end
    return part


def _extensible(glyph: str, size: int, parts: list[Any]) -> Any:  # noqa: ANN401 - as above
    """Return how a glyph grows: it is itself as long as it is enough, and made of parts where it is not."""
    from fontTools.ttLib.tables import otTables  # noqa: PLC0415 - as above

    itself = otTables.MathGlyphVariantRecord()
    itself.VariantGlyph, itself.AdvanceMeasurement = glyph, size
    assembly = otTables.GlyphAssembly()
    assembly.ItalicsCorrection = otTables.MathValueRecord()
    assembly.ItalicsCorrection.Value = 0
    assembly.PartRecords = parts
    construction = otTables.MathGlyphConstruction()
    construction.MathGlyphVariantRecord, construction.GlyphAssembly = [itself], assembly
    return construction


def _join(construction: Any, overlap: int) -> None:  # noqa: ANN401 - as above
    """Turn the connectors of a last part round where it could not be joined to the one before it."""
    parts = construction.GlyphAssembly.PartRecords if construction.GlyphAssembly else []
    if len(parts) > 1 and parts[-1].PartFlags != _EXTENDER and parts[-1].StartConnectorLength < overlap:
        last = parts[-1]
        last.StartConnectorLength, last.EndConnectorLength = last.EndConnectorLength, last.StartConnectorLength


def _heighten(font: TTFont) -> None:
    """Let delimiters be as tall as what they enclose."""
    variants = font["MATH"].table.MathVariants
    tall = dict(zip(variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction, strict=True))
    for glyph, (lender, chosen) in _TALL.items():
        if glyph in font["glyf"] and lender in tall and glyph not in tall:
            outline, parts = font["glyf"][glyph], tall[lender].GlyphAssembly.PartRecords
            tall[glyph] = _extensible(glyph, outline.yMax - outline.yMin, [parts[index] for index in chosen])
    if _BARS in tall and tall[_BARS].GlyphAssembly:
        parts = tall[_BARS].GlyphAssembly.PartRecords
        longest = max(part.StartConnectorLength for part in parts)
        for part in parts:
            part.StartConnectorLength = part.EndConnectorLength = longest
    variants.VertGlyphCoverage.glyphs = sorted(tall, key=font.getGlyphID)
    variants.VertGlyphConstruction = [tall[name] for name in variants.VertGlyphCoverage.glyphs]
    variants.VertGlyphCount = len(tall)


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


def _level_scripts(font: TTFont) -> None:
    """Let scripts be where those of a low letter are, unless their base is taller than any letter."""
    constants = font["MATH"].table.MathConstants
    for name, value in _DROPS.items():
        getattr(constants, name).Value = value
