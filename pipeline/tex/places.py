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
    word = re.escape(culprit) + (r"(?![a-zA-Z])" if culprit[-1:].isalpha() else "")
    match = re.search(word, math.tex) if culprit else None
    return (place(math, match.start()), len(culprit)) if match else (math.span, 1)
