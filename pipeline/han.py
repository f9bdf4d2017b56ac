"""Which characters are ideographs: one answer for all that looks at Chinese and Japanese text."""

from __future__ import annotations

import re
from typing import Final

HAN: Final = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Ideographs, for a class of a regular expression: the blocks of UAX #24's Han that prose uses."""

_HAN: Final = re.compile(f"[{HAN}]")


def is_han(character: str) -> bool:
    """Whether ``character`` is an ideograph; no character is none."""
    return _HAN.match(character) is not None
