"""Where the lines of a title would end: after a mark rather than within a phrase, and never before a particle."""

from __future__ import annotations

import re
from typing import Final

PHRASE_END: Final = re.compile("(?:[：；，。！？]|——)(?=[^：；，。！？…”’）》」』】〉〕—]{2})")
"""The mark that ends a phrase; no closing mark follows it, and more than one character does."""

LEANING: Final = re.compile("(?<=[\u4e00-\u9fff])(?=的(?!确)|了(?!解)|吗|呢)")
"""The place before a particle, which leans on the word before it."""
