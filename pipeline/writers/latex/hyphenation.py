"""How words are divided: by the patterns of the book's language, under the name that TeX's language.dat has for it."""

from __future__ import annotations

from typing import Final

from pipeline.phrases import primary_language

ENGLISH: Final = "english"
_ENGLISH_WORDS: Final = frozenset({"en", "zh", "ja", "ko"})
"""Languages whose books have English words, or Latin ones that are mostly English."""

_PATTERNS: Final = {
    "ca": "catalan", "cs": "czech", "da": "danish", "de": "ngerman", "es": "spanish", "fi": "finnish", "fr": "french",
    "hu": "hungarian", "it": "italian", "la": "latin", "nl": "dutch", "pl": "polish", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish", "uk": "ukrainian",
}  # fmt: skip


def patterns_for(language: str) -> str:
    """Return the name of the patterns for a BCP 47 tag; a language that is not known has none, and divides no word."""
    primary = primary_language(language)
    return ENGLISH if primary in _ENGLISH_WORDS else _PATTERNS.get(primary, "nohyphenation")
