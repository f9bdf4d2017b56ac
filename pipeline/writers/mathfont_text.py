"""The text cuts of the math font: STIX Two Math's upright, slanted and bold letters as the four faces of one family.

Simple formulas may stand in a page as letters. A math font has its slanted and bold letters at places of their own in
Unicode, which would be neither found nor copied as letters; here each face has them at the places of plain ones.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterable
from html import unescape
from typing import Final

from pipeline.tex.alphabets import styled
from pipeline.writers.mathfont import Face, font_path

_CUTS: Final = {  # by what is around a letter: the cut's name, and how style sheets ask for it
    (False, False): ("normal", ""),
    (False, True): ("italic", " font-style: italic;"),
    (True, False): ("bold", " font-weight: bold;"),
    (True, True): ("bold-italic", " font-style: italic; font-weight: bold;"),
}
_TOKEN: Final = re.compile(r"<(/?)(\w+)>|([^<]+)")
_WHOLE: Final = 12  # the format of a character map that reaches beyond the first 65,536
_UNUSED: Final = ("DSIG", "GPOS", "GSUB", "MATH")


def text_faces(markups: Iterable[str]) -> tuple[Face, ...]:
    """Return the faces, with just the characters that stand in ``markups``: text with ``b`` and ``i``.

    Equal characters give equal bytes.
    """
    used: dict[tuple[bool, bool], set[str]] = {cut: set() for cut in _CUTS}
    for markup in markups:
        _collect(markup, used)
    return tuple(_face(*_CUTS[cut], characters) for cut, characters in used.items() if characters)


def _collect(markup: str, used: dict[tuple[bool, bool], set[str]]) -> None:
    around = {"b": False, "i": False}
    for end, tag, text in _TOKEN.findall(markup):
        if tag in around:
            around[tag] = not end
        used[around["b"], around["i"]] |= set(unescape(text))


def _face(variant: str, rule: str, characters: set[str]) -> Face:
    # fontTools takes 0.2 s to import, which only books with an embedded font should pay.
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415 - loaded when a font is wanted
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - loaded when a font is wanted

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    font = TTFont(font_path(), recalcTimestamp=False)
    for table in _UNUSED:
        del font[table]
    known = font.getBestCmap()
    shapes = {ord(each): ord(styled(each, variant)) for each in characters}
    glyphs = {code: known[shape] for code, shape in shapes.items() if shape in known}
    subsetter = Subsetter(Options(hinting=False, name_IDs=["*"], notdef_outline=True))
    subsetter.populate(unicodes=sorted(code for code, glyph in known.items() if glyph in set(glyphs.values())))
    subsetter.subset(font)
    for table in font["cmap"].tables:
        most = 0x10FFFF if table.format == _WHOLE else 0xFFFF
        table.cmap = {code: glyph for code, glyph in glyphs.items() if code <= most}
    font.flavor = "woff2"
    buffer = io.BytesIO()
    font.save(buffer)
    return Face(f"stix-two-math-{variant}.woff2", buffer.getvalue(), rule)
