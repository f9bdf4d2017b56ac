"""The book's own words, in the book's language: everything that a writer prints and no source said.

Each language has a module; words.py says what there is to say.
"""

from __future__ import annotations

from typing import Final

from pipeline.phrases.chinese import CHINESE, TRADITIONAL
from pipeline.phrases.english import ENGLISH
from pipeline.phrases.french import FRENCH
from pipeline.phrases.german import GERMAN
from pipeline.phrases.japanese import JAPANESE
from pipeline.phrases.words import PagePhrases, Phrases, ReportPhrases

__all__ = [
    "CHINESE",
    "ENGLISH",
    "FRENCH",
    "GERMAN",
    "JAPANESE",
    "TRADITIONAL",
    "PagePhrases",
    "Phrases",
    "ReportPhrases",
    "phrases_for",
    "primary_language",
    "subtags",
    "writes_traditional",
]

_BY_LANGUAGE: Final = {"zh": CHINESE, "en": ENGLISH, "de": GERMAN, "fr": FRENCH, "ja": JAPANESE}
_TRADITIONAL: Final = frozenset({"hant", "tw", "hk", "mo"})
"""Scripts and regions of a language tag that write Chinese in traditional characters."""


def subtags(language: str) -> list[str]:
    """Return the parts of a BCP 47 tag in small letters: its language, then its script, its region and what else."""
    return language.lower().replace("_", "-").split("-")


def primary_language(language: str) -> str:
    """Return the language of a BCP 47 tag, without its script and its region: ``de`` of ``de-AT``."""
    return subtags(language)[0]


def writes_traditional(language: str) -> bool:
    """Whether a BCP 47 tag says Chinese in traditional characters.

    Where a tag names script and region, the script decides: ``zh-Hans-TW`` is simplified.
    """
    primary, *others = subtags(language)
    return primary == "zh" and "hans" not in others and not _TRADITIONAL.isdisjoint(others)


def phrases_for(language: str) -> Phrases:
    """Return the words for a BCP 47 language tag: Chinese in its script, English for a language that has no module."""
    return TRADITIONAL if writes_traditional(language) else _BY_LANGUAGE.get(primary_language(language), ENGLISH)
