"""A book as plain text: its posts, which empty lines set apart, and what is decoration in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple
from unicodedata import normalize

from pipeline.verify.marks import fold
from pipeline.writers.pandoc.document import APART

_GAP: Final = re.compile(rf"\n{{{APART + 1},}}(?=[^ \n])")
_DECORATION: Final = dict.fromkeys(map(ord, "^_()~"), "")
_SCRIPTS: Final = (0xB2, 0xB3, 0xB9, *range(0x2070, 0x209D))
PLAINLY: Final = {
    **_DECORATION,
    **{code: normalize("NFKC", chr(code)).replace("\u2212", "-").translate(_DECORATION) for code in _SCRIPTS},
}
"""Scripts are drawn small where there are such characters, else as ``^(…)``, and struck text as ``~~…~~``."""


class Section(NamedTuple):
    """What may be a post: its title, None where it is none, and all its text, the title included; both are folded."""

    title: str | None
    text: str


def plain_sections(text: str) -> Iterator[Section]:
    """Yield what stands between the gaps of a book: a post follows ``APART`` empty lines, all else more.

    Below the title of the book pandoc leaves another line.
    """
    gaps = list(_GAP.finditer(text))
    ends = [*(gap.start() for gap in gaps[1:]), len(text)]
    for place, (gap, end) in enumerate(zip(gaps, ends, strict=True)):
        part = text[gap.end() : end]
        title = part.partition("\n")[0] if len(gap[0]) <= APART + 1 + (place == 0) else None
        yield Section(title if title is None else _plainly(title), _plainly(part))


def _plainly(text: str) -> str:
    return fold(text).translate(PLAINLY)
