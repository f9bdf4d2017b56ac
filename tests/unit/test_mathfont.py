from __future__ import annotations

import io

import pytest
from fontTools.ttLib import TTFont

from pipeline.writers.mathfont import math_font


def embedded(*formulas: str) -> TTFont:
    return TTFont(io.BytesIO(math_font(formulas)))


def test_only_what_a_formula_shows_is_in_the_font() -> None:
    known = set(embedded('<math class="m-box"><mi>x</mi><mo>&lt;</mo></math>', "<math><mn>1</mn></math>").getBestCmap())
    assert {ord(character) for character in "x<1"} <= known
    assert not {ord(character) for character in "mathlb&;"} & known


def test_the_slanted_form_of_a_letter_is_in_the_font() -> None:
    assert {ord(character) for character in "xα𝑥𝛼√"} <= set(embedded("xα").getBestCmap())


@pytest.mark.parametrize("arrow", "→↔↦")
def test_the_parts_of_a_long_arrow_can_be_joined(arrow: str) -> None:
    font = embedded(arrow)
    variants = font["MATH"].table.MathVariants
    index = variants.HorizGlyphCoverage.glyphs.index(font.getBestCmap()[ord(arrow)])
    last = variants.HorizGlyphConstruction[index].GlyphAssembly.PartRecords[-1]
    assert last.StartConnectorLength >= variants.MinConnectorOverlap


@pytest.mark.parametrize("accent", "^~ˇ")
def test_an_accent_can_be_widened(accent: str) -> None:
    font = embedded(accent)
    variants = font["MATH"].table.MathVariants
    index = variants.HorizGlyphCoverage.glyphs.index(font.getBestCmap()[ord(accent)])
    records = variants.HorizGlyphConstruction[index].MathGlyphVariantRecord
    assert [font["hmtx"][record.VariantGlyph][0] > 0 for record in records] == [True] * len(records)
    assert len(records) > 1


@pytest.mark.parametrize("prime", "′″‴")
def test_a_prime_is_drawn_for_where_it_stands(prime: str) -> None:
    font = embedded(prime)
    glyph = font["glyf"][font.getBestCmap()[ord(prime)]]
    assert glyph.yMin < font["OS/2"].sxHeight / 2


def test_no_root_is_wider_than_the_lowest() -> None:
    font = embedded("√")
    variants = font["MATH"].table.MathVariants
    root = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(font.getBestCmap()[ord("√")])]
    names = [record.VariantGlyph for record in root.MathGlyphVariantRecord]
    names += [part.glyph for part in root.GlyphAssembly.PartRecords]
    assert len(names) > 5
    assert len({font["hmtx"][name][0] for name in names}) == 1
