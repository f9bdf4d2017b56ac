r"""``\ref`` and ``\eqref`` within a formula."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.document import Reference
from pipeline.tex.tokens import Written, join, read_argument, rewritten, tokenize


def split_at_references(tex: str) -> tuple[list[str], list[Reference]]:
    """Return the texts around the references of a formula, and these in order, with their labels alone."""
    found: list[Reference] = []

    def rule(tokens: list[str], position: int) -> Written | None:
        reference, end = _read(tokens, position)
        if reference is None:
            return None
        found.append(reference)
        return ["\0"], end

    return join(rewritten(tokenize(tex), rule)).split("\0"), found


def with_references(
    tokens: list[str], references: Sequence[Reference], written: Callable[[Reference], list[str]]
) -> list[str]:
    """Put what is ``written`` for each reference in its place; they come in the order of ``split_at_references``.

    One that is not among them, since a macro brought it in, leads nowhere.
    """
    known = iter(references)

    def rule(tokens: list[str], position: int) -> Written | None:
        reference, end = _read(tokens, position)
        return None if reference is None else (written(next(known, reference)), end)

    return rewritten(tokens, rule)


def _read(tokens: list[str], position: int) -> tuple[Reference | None, int]:
    """Return the reference that begins at ``position``, if one does, and where it ends."""
    piece = tokens[position]
    if piece not in ("\\eqref", "\\ref"):
        return None, position
    label, end = read_argument(tokens, position + 1)
    return Reference(join(label).strip(), piece == "\\eqref"), end
