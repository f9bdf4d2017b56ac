"""The TeX that the pieces of a formula carry, where a picture or letters will stand in the place of each.

Each has the TeX of the whole in MathML's own attribute, ``alttext``. All but the first are hidden from who listens, who
would hear the formula once more for each.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from itertools import count
from typing import Final

from pipeline.document import MATHML_NAMESPACE, Math

_START: Final = re.compile(r"<math( [^>]*)>")
_PIECE: Final = re.compile(r"<math ([^>]*)>(.*?)</math>", re.DOTALL)
_ATTRIBUTE: Final = re.compile(r'([a-z-]+)="([^"]*)"')
_GAPS: Final = "han-"  # begins the classes that leave a gap beside an ideograph
_DISPLAY: Final = ' display="block"'


@dataclass(frozen=True, slots=True)
class Piece:
    """A formula or a piece of one: its MathML alone, what a page says besides, and what it is a piece of."""

    mathml: str
    display: bool
    gaps: str  # the class that says where an ideograph stands beside it
    tex: str
    hidden: bool  # from who listens


def with_alttext(markup: str, math: Math) -> str:
    """Return ``markup``, which holds the pieces of ``math``, with its TeX in each; those of a display say so too."""
    tex, places = escape(math.tex.strip()), count()

    def said(found: re.Match[str]) -> str:
        hidden = ' aria-hidden="true"' if next(places) else ""
        display = _DISPLAY if math.display and _DISPLAY not in found[1] else ""
        return f'<math alttext="{tex}"{hidden}{display}{found[1]}>'

    return _START.sub(said, markup)


def replaced(markup: str, show: Callable[[Piece], str]) -> str:
    """Return ``markup`` with what ``show`` makes of each piece in its place."""
    return _PIECE.sub(lambda found: show(_piece(found)), markup)


def pieces_in(markup: str) -> list[Piece]:
    """Return the pieces that stand in ``markup``, in order."""
    return [_piece(found) for found in _PIECE.finditer(markup)]


def _piece(found: re.Match[str]) -> Piece:
    said = dict(_ATTRIBUTE.findall(found[1]))
    display = said.get("display") == "block"
    mathml = f'<math xmlns="{MATHML_NAMESPACE}"{_DISPLAY * display}>{found[2]}</math>'
    gaps = " ".join(name for name in said.get("class", "").split() if name.startswith(_GAPS))
    return Piece(mathml, display, gaps, unescape(said.get("alttext", "")), "aria-hidden" in said)
