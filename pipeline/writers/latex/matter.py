"""What stands before and after the posts, and the fonts it all is set in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pipeline import __version__
from pipeline.book import ResolvedBook
from pipeline.config import BuildConfig, Metadata, PdfOptions
from pipeline.phrases import Phrases
from pipeline.writers.cjk import cjk_cut
from pipeline.writers.latex.text import breakable, escape, escape_url
from pipeline.writers.links import safe_url
from pipeline.writers.metadata import identifier_of

_ROMAN: Final = "Extension=.otf,UprightFont=*-regular,BoldFont=*-bold,ItalicFont=*-italic,BoldItalicFont=*-bolditalic"
_SANS: Final = "Extension=.otf,UprightFont=*-regular,BoldFont=*-bold,ItalicFont=*-oblique,BoldItalicFont=*-boldoblique"
_MONO: Final = "Extension=.otf,UprightFont=*-regular,BoldFont=lmmonolt10-bold,ItalicFont=*-italic"

_NO_BREAK: Final = "\u00a0"


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
    """Return the lines of the imprint as pairs of label and value, those alone that are known."""
    lines = (
        (phrases.author, escape(metadata.author)),
        (phrases.source, _linked(metadata.source_name, metadata.source_url)),
        (phrases.licence, _linked(metadata.rights, metadata.rights_url)),
    )
    return tuple((escape(label), value) for label, value in lines if value)


def about(book: ResolvedBook, phrases: Phrases) -> tuple[str, ...]:
    """Return what a reader should know of the text: what it holds, and what was lost or concluded on the way."""
    summary = book.summary
    counted = (
        (phrases.about_truncated, len(summary.truncated)),
        (phrases.about_years, len(summary.inferred_years)),
        (phrases.about_images, summary.missing_images),
    )
    return (
        *filter(None, (escape(book.config.metadata.description),)),
        escape(phrases.about_posts.format(posts=len(book.posts), formulas=summary.formulas)),
        *(escape(words.format(count=count, title=phrases.truncated_list)) for words, count in counted if count),
    )


def colophon(config: BuildConfig, phrases: Phrases) -> tuple[tuple[str, str], ...]:
    """Return how the book was made, as pairs of label and value."""
    fonts = Fonts.of(config.pdf, config.metadata.language)
    latin = config.pdf.serif or "Latin Modern"
    metadata = config.metadata
    made_with = (f"pipeline {__version__}", "XeLaTeX", fonts.cjk_serif, fonts.cjk_sans, latin)
    lines = (
        (phrases.edition, metadata.modified.strftime("%Y-%m-%d")),
        (phrases.identifier, identifier_of(metadata)),
        (phrases.made_with, ", ".join(name.replace(" ", _NO_BREAK) for name in made_with)),
    )
    return tuple((escape(label), escape(value)) for label, value in lines if value)


def _linked(name: str, address: str) -> str:
    url = safe_url(address)
    if not url:
        return escape(name)
    link = rf"\href{{{escape_url(url)}}}{{{breakable(url, escape)}}}"
    return rf"{escape(name)}\quad{{}}{link}" if name else link
