"""Where in a source a part of a formula stands."""

from __future__ import annotations

import re

from pipeline.document import Math
from pipeline.source import Span


def place(math: Math, position: int) -> Span:
    """Return the place of the character at ``position`` of ``math.tex``."""
    opening = math.delimiters.opening
    before = opening + math.tex[:position]
    lines = before.count("\n")
    if not lines:
        return Span(math.span.path, math.span.line, math.span.column + len(before))
    return Span(math.span.path, math.span.line + lines, len(before) - before.rfind("\n"))


def find_culprit(math: Math, culprit: str) -> tuple[Span, int]:
    """Return where a token stands in a formula, and its length; the formula's start when a macro brought it in."""
    position = find_token(math.tex, culprit)
    return (math.span, 1) if position is None else (place(math, position), len(culprit))


def find_token(tex: str, token: str) -> int | None:
    """Return the position at which ``token`` first stands in ``tex``, not as the beginning of a longer word."""
    if not token:
        return None
    match = re.search(re.escape(token) + (r"(?![a-zA-Z])" if token[-1].isalpha() else ""), tex)
    return match.start() if match else None
