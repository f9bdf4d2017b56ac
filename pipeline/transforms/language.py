"""The language of a book that names none: told by the scripts of its text, and by the small words of it.

Chinese is told from Japanese by kana, simplified characters from traditional ones by what the codes of mainland China
and of Taiwan hold, and languages in Latin letters by the words that every text of them is full of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Final

from pipeline.book import Book
from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.document import Str
from pipeline.han import HAN
from pipeline.posts import inlines_of

DEFAULT: Final = "zh-CN"  # where the text is too little to tell, and holds characters of Chinese or no word at all
_OF_LETTERS: Final = "en"  # where words are all that it holds
_LOOKED_AT: Final = 50_000  # characters that are looked at
_FEWEST: Final = 8  # small words, or characters of a script, that tell
_FEWEST_ALONE: Final = 3  # small words that tell where there are no such characters
_KANA: Final = 0.1  # of the characters of a Japanese text, at least
_SCRIPTS: Final = re.compile(f"(?P<han>[{HAN}])|(?P<kana>[\u3041-\u30fa])|(?P<hangul>[\uac00-\ud7a3])")
_WORD: Final = re.compile(r"[^\W\d_\u2e80-\U0003ffff]+")
_SMALL_WORDS: Final = {
    "en": "the of and to is that it with for this are be as which",
    "de": "der die und das ist nicht ein eine den mit von zu dem sich auch",
    "fr": "le la les et des est dans une du que pour pas qui sur au",
    "es": "el los y que las una del es por con para se lo como",
    "it": "il di che è della per una non si sono con gli nel anche",
    "pt": "o que não uma os com para do da em as dos são mais",
    "nl": "het een van en niet dat op te zijn voor met ook aan",
    "ru": "и в не на что с это как по но из для то",
}
_LANGUAGES: Final = {
    word: [name for name, words in _SMALL_WORDS.items() if word in words.split()]
    for word in set(" ".join(_SMALL_WORDS.values()).split())
}


def language(book: Book, reporter: Reporter) -> Book:
    """Return ``book`` with the language of its text, where none is configured; any but the default is reported."""
    metadata = book.config.metadata
    if metadata.language:
        return book
    found = language_of("".join(_beginning(book)))
    if found and found != DEFAULT:
        message = f"the text is taken to be in the language {found}, and so are the book's own words"
        reporter.report(Code.LANGUAGE_INFERRED, message)
    return replace(book, config=replace(book.config, metadata=replace(metadata, language=found or DEFAULT)))


def _beginning(book: Book) -> Iterator[str]:
    """Yield running text of all posts, as much as is needed; neither formulas nor code."""
    left = _LOOKED_AT
    for inline in chain.from_iterable(map(inlines_of, book.posts)):
        if isinstance(inline, Str):
            yield inline.text + " "
            left -= len(inline.text)
            if left < 0:
                return


def language_of(text: str) -> str | None:
    """Return the BCP 47 tag of the language that ``text`` is in, or None when too little tells."""
    scripts = Counter(match.lastgroup for match in _SCRIPTS.finditer(text))
    words = [word.lower() for word in _WORD.findall(text)]
    if scripts.total() > max(len(words), _FEWEST - 1):
        return _of_scripts(scripts, text)
    small = Counter(name for word in words for name in _LANGUAGES.get(word, ()))
    [(name, count)] = small.most_common(1) or [("", 0)]
    if scripts or not words:
        return name if count >= _FEWEST else None
    return name if count >= _FEWEST_ALONE else _OF_LETTERS


def _of_scripts(scripts: Counter[str | None], text: str) -> str:
    if scripts["hangul"] > scripts["han"] + scripts["kana"]:
        return "ko"
    if scripts["kana"] > _KANA * scripts.total():
        return "ja"
    han = "".join(match[0] for match in _SCRIPTS.finditer(text) if match["han"])
    simplified, traditional = _only_in(han, "gb2312", "big5"), _only_in(han, "big5", "gb2312")
    return "zh-TW" if traditional > simplified else "zh-CN"


def _only_in(text: str, encoding: str, other: str) -> int:
    """Return how many of the characters ``encoding`` holds and ``other`` does not."""
    held = text.encode(encoding, "ignore").decode(encoding)
    return len(held) - len(held.encode(other, "ignore").decode(other))
