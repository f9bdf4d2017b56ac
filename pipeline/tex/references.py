r"""``\ref`` and ``\eqref`` within a formula."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.document import Reference
from pipeline.tex.tokens import Written, join, read_argument, rewritten


def with_references(
    tokens: list[str], references: Sequence[Reference], written: Callable[[Reference], list[str]]
) -> list[str]:
    r"""Put what is ``written`` for each reference in its place; they come in the order of the source.

    One that is not among them, since a macro brought it in, leads nowhere.
    """
    known = iter(references)

    def rule(tokens: list[str], position: int) -> Written | None:
        piece = tokens[position]
        if piece not in ("\\eqref", "\\ref"):
            return None
        label, end = read_argument(tokens, position + 1)
        return written(next(known, None) or Reference(join(label), piece == "\\eqref")), end

    return rewritten(tokens, rule)
