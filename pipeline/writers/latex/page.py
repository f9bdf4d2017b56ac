"""The page: a text block that is a whole number of characters wide and a whole number of lines high."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from pipeline.config import PdfOptions
from pipeline.errors import SourceError
from pipeline.writers.cjk import sets_squares

_POINTS: Final = {"pt": 1.0, "mm": 72.27 / 25.4, "cm": 72.27 / 2.54, "in": 72.27}
"""Of TeX's units, those a user would give a size in (The TeXbook, chapter 10)."""

_PAPERS: Final = {"a4": "210mmx297mm", "a5": "148mmx210mm", "b5": "176mmx250mm", "letter": "8.5inx11in"}
_LENGTH: Final = re.compile(r"([0-9.]+)\s*([a-z]+)")

_WIDTH_OF_PAPER: Final = 0.79  # of the paper's width; what is left are the margins
_HEIGHT_OF_PAPER: Final = 0.81
_MOST_CHARACTERS: Final = 42  # a longer line is hard to find the beginning of the next from
_LEADING: Final = 1.4  # of the font size, for letters; …
_LEADING_OF_SQUARES: Final = 1.65  # … for ideographs, which fill their square, so that lines stand wider apart


@dataclass(frozen=True, slots=True)
class Page:
    """Lengths in TeX points."""

    width: float
    height: float
    text_width: float
    text_height: float
    size: float
    leading: float

    @property
    def margin(self) -> float:
        """The margin on either side."""
        return (self.width - self.text_width) / 2

    @property
    def top(self) -> float:
        """The margin above the text, a little less than the one below it."""
        return (self.height - self.text_height) * 0.48

    def sized(self, ratio: float) -> str:
        r"""Return the arguments of ``\fontsize`` for a size in proportion to the text's."""
        return f"{{{self.size * ratio:.2f}pt}}{{{self.leading * ratio:.2f}pt}}"


def page_of(options: PdfOptions, language: str) -> Page:
    """Return the page that ``options`` ask for in a book of a ``language`` (BCP 47).

    Raises:
        SourceError: the paper leaves no room for text of that size.
    """
    width, height = _paper(options.paper)
    size = _length(options.font_size)
    characters = min(int(width * _WIDTH_OF_PAPER / size), _MOST_CHARACTERS) if size else 0
    leading = size * (_LEADING_OF_SQUARES if sets_squares(language) else _LEADING)
    lines = int(height * _HEIGHT_OF_PAPER / leading) if leading else 0
    if characters < 10 or lines < 5:  # noqa: PLR2004 - less is no book
        raise SourceError(
            f"pdf: a page of {options.paper} has no room for text of {options.font_size}",
            help="set [pdf] paper and font_size, for example 'a5' and '10pt'",
        )
    return Page(width, height, characters * size, lines * leading, size, leading)


def _paper(name: str) -> tuple[float, float]:
    width, _, height = _PAPERS.get(name.strip().lower(), name.lower()).partition("x")
    return _length(width), _length(height)


def _length(text: str) -> float:
    """Return a length of the form that the configuration asks for, in points."""
    [(number, unit)] = _LENGTH.findall(text.lower())
    return float(number) * _POINTS[unit]
