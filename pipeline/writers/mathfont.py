"""A math font with just the characters of one book: STIX Two Math (SIL OFL 1.1), as the ``ziamath`` package ships it.

System fonts without a MATH table set formulas with wrong radicals and fences; readers on e-ink have none at all.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable
from importlib import resources

FONT_NAME = "STIX Two Math"
FONT_FILE = "stix-two-math.woff2"
_FEATURES = ("ssty", "dtls", "flac", "rtlm")  # the OpenType features that the MATH table relies on


def math_font(characters: Iterable[str]) -> bytes:
    """Return STIX Two Math with the glyphs of ``characters`` alone, as WOFF2; equal characters give equal bytes."""
    # fontTools takes 0.2 s to import, which only books with an embedded font should pay.
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    options = Options(
        layout_features=list(_FEATURES),
        hinting=False,
        name_IDs=["*"],
        notdef_outline=True,
        drop_tables=["DSIG", "GPOS"],
    )
    with resources.as_file(resources.files("ziamath") / "fonts" / "STIXTwoMath-Regular.ttf") as path:
        font = TTFont(path, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=sorted({ord(character) for character in characters}))
    subsetter.subset(font)
    font.flavor = "woff2"
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def math_font_licence() -> str:
    """Return the copyright and licence lines that the font itself carries."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - as above

    with resources.as_file(resources.files("ziamath") / "fonts" / "STIXTwoMath-Regular.ttf") as path:
        names = TTFont(path, lazy=True)["name"]
        return "\n".join(names.getDebugName(name) or "" for name in (0, 13, 14))
