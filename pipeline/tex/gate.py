"""The gate before every converter and before TeX: what passes is short, shallow, and made of known commands alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import Final

from pipeline.tex.allowlist import ALLOWED, ALLOWED_ENVIRONMENTS
from pipeline.tex.tokens import is_blank, join, read_argument, tokenize

MAX_CHARACTERS: Final = 10_000
MAX_NESTING: Final = 40
_WORDS: Final = re.compile(r"\\(?:[a-zA-Z]+|.|\Z)|%[^\n]*\n?|[{}]", re.DOTALL)
"""The tokens that decide; all others pass, and a search skips them faster than a tokeniser lists them."""
_OPENING: Final = frozenset({"{", "\\left", "\\begin"})
_CLOSING: Final = frozenset({"}", "\\right", "\\end"})


class Reason(Enum):
    """Why a formula is turned away."""

    LIMIT = "limit"  # too long or nested too deeply
    UNKNOWN = "unknown"  # a command or an environment that is not allowed


@dataclass(frozen=True, slots=True)
class Refusal:
    """A formula that may not pass: why, and which token is to blame."""

    reason: Reason
    message: str
    culprit: str = ""


@lru_cache(maxsize=2**15)
def refusal(tex: str) -> Refusal | None:
    """Return why ``tex``, its macros expanded, may not pass; None when it may."""
    if len(tex) > MAX_CHARACTERS:
        return Refusal(Reason.LIMIT, f"the formula has {len(tex)} characters, and {MAX_CHARACTERS} are allowed")
    depth = 0
    for piece in _WORDS.findall(tex):
        depth += (piece in _OPENING) - (piece in _CLOSING)
        if depth > MAX_NESTING:
            return Refusal(Reason.LIMIT, f"the formula is nested more than {MAX_NESTING} levels deep")
        if piece[0] == "\\" and piece not in ALLOWED and not (len(piece) > 1 and is_blank(piece[1])):
            return Refusal(Reason.UNKNOWN, f"{piece} is not defined", piece)
    strange = _strange_character(tokenize(tex)) if "^^" in tex else None
    return strange or (_unknown_environment(tokenize(tex)) if "\\begin" in tex else None)


def _strange_character(tokens: list[str]) -> Refusal | None:
    for first, second in pairwise(tokens):
        if first == second == "^":
            return Refusal(Reason.UNKNOWN, "^^ is not allowed", "^^")
    return None


def _unknown_environment(tokens: list[str]) -> Refusal | None:
    for index, piece in enumerate(tokens):
        if piece == "\\begin":
            name = join(read_argument(tokens, index + 1)[0]).strip()
            if name not in ALLOWED_ENVIRONMENTS:
                return Refusal(Reason.UNKNOWN, f"the environment {name} is not defined", "\\begin")
    return None
