from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from fontTools.ttLib import TTFont
from lxml import etree

from pipeline.mathml.engine import convert_one
from pipeline.mathml.glyphs import SIGNS
from pipeline.mathml.rewrites.commands import COMMANDS, ENVIRONMENTS
from pipeline.writers.mathfont import font_path, math_font
from pipeline.writers.mathfont_text import text_faces


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


FIXED = set("⌜⌝⌞⌟⦇⦈⦉⦊⎪")
"""Delimiters of one size: corners and the brackets of Z, as in TeX's fonts, and the piece that braces are made of."""


def stretched(mathml: str) -> Iterator[str]:
    """What a formula lets grow."""
    for sign in etree.fromstring(mathml).iter("{*}mo"):
        by_itself = sign.get("stretchy") is None and "form" in sign.attrib and sign.text not in SIGNS
        if by_itself or sign.get("stretchy") == "true":
            yield sign.text or ""


def test_everything_that_is_to_grow_does() -> None:
    formulas = [f"{name}{{a}}{{b}}" for name in COMMANDS]
    formulas += [rf"\left{name}\frac{{a}}{{b}}\right{name}" for name in (*COMMANDS, *"()[]<>|/")]
    formulas += [rf"\begin{{{name}}}a\end{{{name}}}" for name in ENVIRONMENTS]
    formulas += [r"\begin{CD}A @>>> B\\ @VVV @AAA\\ C @= D\end{CD}"]
    converted = [convert_one((tex, True)).mathml for tex in formulas]
    growing = {character for mathml in converted if mathml for character in stretched(mathml)}
    assert len(growing) > 50
    font = embedded(*growing)
    names, variants = font.getBestCmap(), font["MATH"].table.MathVariants
    extensible = {*variants.HorizGlyphCoverage.glyphs, *variants.VertGlyphCoverage.glyphs}
    assert {character for character in growing if names[ord(character)] not in extensible} == FIXED


def test_double_bars_fit_what_they_enclose_as_single_ones_do() -> None:
    font = embedded("|‖")
    variants, names = font["MATH"].table.MathVariants, font.getBestCmap()
    tall = dict(zip(variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction, strict=True))
    for bars in "|‖":
        parts = tall[names[ord(bars)]].GlyphAssembly.PartRecords
        assert min(min(part.StartConnectorLength, part.EndConnectorLength) for part in parts) > 700


@pytest.mark.parametrize("arrow", "=⇌⇋⇄↠↞")
def test_a_long_arrow_is_drawn_as_the_short_one_at_its_ends_and_as_its_shafts_between(arrow: str) -> None:
    font = embedded(arrow)
    variants, glyph = font["MATH"].table.MathVariants, font.getBestCmap()[ord(arrow)]
    index = variants.HorizGlyphCoverage.glyphs.index(glyph)
    parts = [part.glyph for part in variants.HorizGlyphConstruction[index].GlyphAssembly.PartRecords]
    first, middle, last = (font["glyf"][name] for name in parts)
    whole, width = font["glyf"][glyph], font["hmtx"][glyph][0]
    assert first.xMin == whole.xMin
    assert last.xMax - font["hmtx"][parts[2]][0] == whole.xMax - width
    heights = {y for x, y in whole.coordinates}
    inner = [(x, y) for x, y in middle.coordinates if 0 < x < middle.xMax]
    assert not inner
    assert {y for _, y in middle.coordinates} == heights


LETTERS = "𝐴𝑓𝑔𝑝𝑥𝑦𝜂𝜉𝛽𝒇𝒚()[]|"


def test_the_scripts_of_letters_and_brackets_stand_at_one_height() -> None:
    font = embedded(LETTERS)
    constants, names = font["MATH"].table.MathConstants, font.getBestCmap()
    for letter in LETTERS:
        glyph = font["glyf"][names[ord(letter)]]
        assert glyph.yMax - constants.SuperscriptBaselineDropMax.Value < constants.SuperscriptShiftUp.Value + 30
        assert constants.SubscriptBaselineDropMin.Value - glyph.yMin < constants.SubscriptShiftDown.Value + 30


def test_the_scripts_of_a_tall_bracket_stand_at_its_ends() -> None:
    font = embedded("(")
    variants, constants = font["MATH"].table.MathVariants, font["MATH"].table.MathConstants
    index = variants.VertGlyphCoverage.glyphs.index(font.getBestCmap()[ord("(")])
    tallest = font["glyf"][variants.VertGlyphConstruction[index].MathGlyphVariantRecord[-1].VariantGlyph]
    assert tallest.yMax - constants.SuperscriptBaselineDropMax.Value > constants.SuperscriptShiftUp.Value + 500
    assert constants.SubscriptBaselineDropMin.Value - tallest.yMin > constants.SubscriptShiftDown.Value + 500


def outline(font: TTFont, character: str) -> object:
    name = font.getBestCmap()[ord(character)]
    return font["glyf"][name].getCoordinates(font["glyf"])[0], font["hmtx"][name][0]


@pytest.mark.parametrize(
    ("markup", "plain", "shape"),
    [
        ("1", "1", "1"),
        ("<i>x</i>", "x", "𝑥"),
        ("<i>h</i>", "h", "ℎ"),
        ("<b>Σ</b>", "Σ", "𝚺"),
        ("<b><i>W</i></b>", "W", "𝑾"),
    ],
)
def test_a_face_has_the_shapes_of_its_cut_at_the_places_of_plain_letters(markup: str, plain: str, shape: str) -> None:
    (face,) = text_faces([markup])
    font = TTFont(io.BytesIO(face.content))
    assert list(font.getBestCmap()) == [ord(plain)]
    assert outline(font, plain) == outline(TTFont(font_path()), shape)


def test_each_cut_is_a_face_of_the_family() -> None:
    faces = text_faces(["<i>x</i>\u2005=\u2005<b>w</b><sub>1</sub>", "<b><i>W</i></b>&lt;"])
    assert [face.said.strip() for face in faces] == [
        "",
        "font-style: italic;",
        "font-weight: bold;",
        "font-style: italic; font-weight: bold;",
    ]
    assert set(TTFont(io.BytesIO(faces[0].content)).getBestCmap()) == set(map(ord, "\u2005=1<"))


def test_no_letters_ask_for_no_face() -> None:
    assert text_faces([""]) == ()
