"""How wide text and formulas will be, roughly, in em: enough to judge lines by, never to set them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import Final

from pipeline.document import Inline, InlineCode, Inlines, Math, Str
from pipeline.tex.breaks import Break, breaks
from pipeline.tex.tokens import tokenize
from pipeline.walk import descend

# Ideographs, kana, hangul and full-width forms: what is W or F in the Unicode Standard's EastAsianWidth.txt, by blocks.
_WIDE: Final = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6"
    "\U0001f300-\U0001faff\U00020000-\U0003fffd]+"
)
LATIN: Final = 0.52  # em a letter, on average
_GLYPH: Final = re.compile(r"\\[A-Za-z]+|[^\s\\{}^_&$]")
_RAGGED: Final = 10.0  # em that cannot be broken; a line before it would be spread too far when justified
_UNBROKEN: Final = re.compile(rf"[!-~\u00a1-\u024f]{{{int(_RAGGED / LATIN) + 1}}}")


def width_of(inlines: Inlines) -> float:
    """Return the width of ``inlines`` on one endless line; displayed formulas, pictures and notes are not in it."""
    return sum(_width(inline) for inline in descend(inlines))


def is_loose(inlines: Iterable[Inline]) -> bool:
    """Whether ``inlines`` hold something long that no line can break, so that justified lines would gape."""
    return any(map(_is_long, descend(tuple(inlines))))


def _width(inline: Inline) -> float:
    match inline:
        case Str(text=text) | InlineCode(text=text):
            return text_width(text)
        case Math(display=False):
            return formula_width(inline)
        case _:
            return 0.0


def text_width(text: str) -> float:
    """Return the width of ``text`` on one endless line."""
    narrow = len(_WIDE.sub("", text))
    return len(text) - narrow + narrow * LATIN


def _is_long(inline: Inline) -> bool:
    match inline:
        case Str(text=text) | InlineCode(text=text):
            return _UNBROKEN.search(text) is not None
        case Math(display=False):
            return formula_width(inline) > _RAGGED
        case _:
            return False


def formula_width(math: Math) -> float:
    """Return the width of a formula, judged by how many signs its TeX prints."""
    return _signs(math.tex) * LATIN


def between_relations(math: Math) -> list[float]:
    """Return the widths of a formula's parts from relation to relation: no line should divide them."""
    tokens = tokenize(math.tex)
    places = [place for place, kind in breaks(tokens) if kind is Break.RELATION]
    return [_signs("".join(tokens[start:end])) * LATIN for start, end in pairwise((0, *places, len(tokens)))]


@lru_cache(maxsize=4096)
def _signs(tex: str) -> int:
    """How many signs ``tex`` prints; asked for twice of each formula in a line, and of ``x`` over and over."""
    return len(_GLYPH.findall(tex))
