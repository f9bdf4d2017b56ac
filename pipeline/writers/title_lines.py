"""Where the lines of a title would end: after a mark or a particle rather than within a word, and never before one."""

from __future__ import annotations

import re
from typing import Final

from pipeline.han import HAN

_LATIN: Final = "0-9A-Za-z"
_CLOSING: Final = "）》」』】〉〕"
_OPENING: Final = "（《「『【〈〔"
_WORDS: Final = f"[^\\s：；，。、！？…“”‘’{_CLOSING}—]"
_PARTICLE: Final = "的(?!确)|了(?!解)|吗|呢"
_LINK: Final = "的(?!确)|[与和到]"

PHRASE_END: Final = re.compile(f"(?:[：；，。！？]|——)(?=[^：；，。！？…”’{_CLOSING}—]{{2}})")
"""The mark that ends a phrase; no closing mark follows it, and more than one character does."""

LINK_END: Final = re.compile(f"(?:{_LINK})(?=[{HAN}]{{2}})")
"""The particle between ideographs that links them to what follows."""

PAUSE: Final = re.compile(
    f"(?:{_LINK}|[、{_CLOSING}])(?={_WORDS}{{2}})|[”’](?=[{HAN}]{{2}})"
    f"|(?<=[^\\s{_OPENING}])(?=[{_OPENING}])|(?<=[{HAN}])(?=[“‘])"
)
"""Where a phrase is divided that is longer than the line: after a particle and around brackets."""

SCRIPTS_MEET: Final = re.compile(f"(?<=[{HAN}])(?=[{_LATIN}])|(?<=[{_LATIN}])(?=[{HAN}])(?!{_PARTICLE})")
"""Where ideographs and letters meet: no word goes on there."""

LEANING: Final = re.compile(f"(?<=[{HAN}])(?={_PARTICLE})")
"""The place before a particle, which leans on the word before it."""

LEANING_ON_LETTERS: Final = re.compile(f"(?<=[{_LATIN}])(?:{_PARTICLE})")
"""The particle itself behind a word in letters, from which a space parts it."""
