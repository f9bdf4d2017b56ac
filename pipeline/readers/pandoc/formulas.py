r"""Formulas kept out of pandoc's hands: words stand in for them while it reads, and they come back as they were.

Pandoc's own rules for TeX in Markdown and HTML differ from MathJax's, which the blogs are written for: it drops bare
environments, and ``_`` or ``\\`` between dollars would be read as markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from pipeline.document import Math


@dataclass(frozen=True, slots=True)
class _Kept:
    math: Math
    source: str  # what stood in the source, delimiters included


class Formulas:
    """The formulas taken out of one document. A word that stands for one occurs nowhere else in the document."""

    def __init__(self, document: str) -> None:
        prefix = next(word for number in count() if (word := f"FORMULA{number}x") not in document)
        self._prefix = prefix
        self._word = re.compile(rf"{prefix}(\d+)z")
        self._kept: list[_Kept] = []

    def put(self, math: Math, source: str) -> str:
        """Keep a formula and return the word to write in its place."""
        self._kept.append(_Kept(math, source))
        return f"{self._prefix}{len(self._kept) - 1}z"

    def split(self, text: str) -> Iterator[tuple[int, str | Math]]:
        """Yield the pieces of ``text``, each with its offset: the text between the words, and their formulas."""
        done = 0
        for match in self._word.finditer(text) if self._kept else ():
            if done < match.start():
                yield done, text[done : match.start()]
            yield match.start(), self._kept[int(match[1])].math
            done = match.end()
        if done < len(text):
            yield done, text[done:]

    def restore(self, text: str) -> str:
        """Return ``text`` with every word replaced by the source that it stands for, as code and addresses need it."""
        return self._word.sub(lambda match: self._kept[int(match[1])].source, text) if self._kept else text
