"""A math font with just the characters of one book: STIX Two Math (SIL OFL 1.1), as the ``ziamath`` package ships it.

System fonts without a MATH table set formulas with wrong radicals and fences; readers on e-ink have none at all.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterable
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple

from pipeline.errors import MissingProgramError
from pipeline.tex.alphabets import styled
from pipeline.writers.mathfont_repairs import mend

FONT_FILE = "stix-two-math.woff2"
_DRAWN = "√"  # what <msqrt> and <mroot> draw, which is no text in them
_UNUSED = ("DSIG", "GPOS")  # a signature that no longer holds; kerning, which math layout does not use
_TAG: Final = re.compile(r"<[^>]*>")
_FEATURES = ("ssty", "dtls", "flac", "rtlm")  # the OpenType features that the MATH table relies on


class Face(NamedTuple):
    """A font that a book brings: its file, and what the style sheet says of it besides."""

    file: str
    content: bytes
    said: str = ""

    @property
    def rule(self) -> str:
        """The rule of a style sheet that makes it known, under the family's name."""
        return f'@font-face {{ font-family: "Book Math"; src: url("../fonts/{self.file}");{self.said} }}\n'


def math_font(formulas: Iterable[str]) -> bytes:
    """Return STIX Two Math with the glyphs of ``formulas`` (MathML) alone, as WOFF2.

    Equal characters give equal bytes. Of each letter the slanted form is kept too: it is what browsers draw for
    ``<mi>x</mi>`` (MathML Core, 4.2).
    """
    # fontTools takes 0.2 s to import, which only books with an embedded font should pay.
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415 - loaded when a font is wanted
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - loaded when a font is wanted

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    options = Options(
        layout_features=list(_FEATURES),
        hinting=False,
        name_IDs=["*"],
        notdef_outline=True,
    )
    font = TTFont(font_path(), recalcTimestamp=False)
    for table in _UNUSED:
        del font[table]  # before anything reads them: half of the time went there
    mend(font)
    subsetter = Subsetter(options)
    drawn = _characters(formulas) | set(_DRAWN)
    subsetter.populate(unicodes=sorted({ord(character) for character in drawn | {styled(c, "italic") for c in drawn}}))
    subsetter.subset(font)
    font.flavor = "woff2"
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def _characters(formulas: Iterable[str]) -> set[str]:
    return set(unescape("".join(_TAG.sub("", mathml) for mathml in formulas)))


def math_font_licence() -> str:
    """Return the copyright and licence lines that the font itself carries."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - as above

    with TTFont(font_path(), lazy=True) as font:
        return "\n".join(font["name"].getDebugName(name) or "" for name in (0, 13))


def font_path() -> Path:
    """Return where ``ziamath`` keeps the font; the package is found, not imported, which would take half a second.

    Raises:
        MissingProgramError: the package is not installed.
    """
    package = find_spec("ziamath")
    if package is None or package.origin is None:
        raise MissingProgramError("the Python package ziamath is not installed", help="pip install ziamath")
    return Path(package.origin).parent / "fonts" / "STIXTwoMath-Regular.ttf"
