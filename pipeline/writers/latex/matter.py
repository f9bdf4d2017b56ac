"""What stands before and after the posts, and the fonts it all is set in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pipeline.book import ResolvedBook
from pipeline.config import BuildConfig, Metadata, PdfOptions
from pipeline.phrases import Phrases
from pipeline.writers.cjk import cjk_cut
from pipeline.writers.imprint import Fact, caveats, edition, facts
from pipeline.writers.imprint import about as what_it_is
from pipeline.writers.latex.text import breakable, escape, escape_url

_ROMAN: Final = "Extension=.otf,UprightFont=*-regular,BoldFont=*-bold,ItalicFont=*-italic,BoldItalicFont=*-bolditalic"
_SANS: Final = "Extension=.otf,UprightFont=*-regular,BoldFont=*-bold,ItalicFont=*-oblique,BoldItalicFont=*-boldoblique"
_MONO: Final = "Extension=.otf,UprightFont=*-regular,BoldFont=lmmonolt10-bold,ItalicFont=*-italic"


@dataclass(frozen=True, slots=True)
class Fonts:
    """Font names as fontspec takes them; Latin Modern is named by file, so that no font list need know it."""

    serif: str
    serif_features: str
    sans: str
    sans_features: str
    mono: str
    mono_features: str
    cjk_serif: str
    cjk_sans: str
    cjk_mono: str

    @classmethod
    def of(cls, options: PdfOptions, language: str) -> Fonts:
        """Return the fonts that ``options`` name; for others Latin Modern, and Noto CJK as ``language`` needs it."""
        cut = cjk_cut(language)
        return cls(
            serif=_name(options.serif) or "lmroman10",
            serif_features="" if options.serif else _ROMAN,
            sans=_name(options.sans) or "lmsans10",
            sans_features="" if options.sans else _SANS,
            mono=_name(options.mono) or "lmmono10",
            mono_features="" if options.mono else _MONO,
            cjk_serif=_name(options.cjk_serif) or f"Noto Serif CJK {cut}",
            cjk_sans=_name(options.cjk_sans) or f"Noto Sans CJK {cut}",
            cjk_mono=_name(options.cjk_mono) or f"Noto Sans Mono CJK {cut}",
        )


def _name(name: str) -> str:
    """A font's name without the characters that mean something to TeX or to fontspec."""
    return "".join(char for char in name if char.isalnum() or char in " -.").strip()


def imprint(metadata: Metadata, phrases: Phrases) -> tuple[tuple[str, str], ...]:
    """Return the lines of the imprint as pairs of label and value."""
    return tuple(map(_line, facts(metadata, phrases)))


def about(book: ResolvedBook, phrases: Phrases) -> tuple[str, ...]:
    """Return what a reader should know of the text: what it is, and what was lost or concluded on the way."""
    return tuple(map(escape, (*what_it_is(book, phrases), *caveats(book, phrases))))


def colophon(config: BuildConfig, phrases: Phrases) -> tuple[tuple[str, str], ...]:
    """Return how the book was made, as pairs of label and value."""
    fonts = Fonts.of(config.pdf, config.metadata.language)
    latin = config.pdf.serif or "Latin Modern"
    return tuple(map(_line, edition(config.metadata, phrases, "XeLaTeX", fonts.cjk_serif, fonts.cjk_sans, latin)))


def _line(fact: Fact) -> tuple[str, str]:
    """Paper shows an address, whoever holds it."""
    term, name = escape(fact.term), escape(fact.name)
    if not fact.href:
        return term, escape(fact.text)
    link = rf"\href{{{escape_url(fact.href)}}}{{{breakable(fact.href, escape)}}}"
    return term, rf"{name}\quad{{}}{link}" if name else link
