"""What is told of a post that stood in two places: that it did, and what the text has that the book has not."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from pipeline.book import Complete, Truncated
from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.fold import fold
from pipeline.transforms.duplicates.comparison import SHINGLE, Candidate, shingles
from pipeline.walk import source_text

_LEFT_OUT: Final = 0.5  # containment below which a text has nothing like a passage
_SHOWN: Final = 8  # differing passages shown in the report
_WIDTH: Final = 12  # characters shown on each side of a difference


def report_copy(best: Candidate, other: Candidate, reporter: Reporter) -> None:
    """Report that the book has ``best`` in the place of ``other``, how they differ, and what it lacks by that."""
    title, post, where = source_text(best.post.title), best.post, best.post.span
    completed = isinstance(other.post.status, Truncated) and isinstance(post.status, Complete)
    if completed:
        code, message = Code.POST_COMPLETED, f"{title!r} is cut at {other.post.span} and was completed by {where}"
    else:
        code, message = Code.POST_TWICE, f"{title!r} is also at {where}, and the book has it once"
    differences = "; ".join(_differences(best, other, more=not completed))
    message = f"{message}; they differ: {differences}" if differences else message
    reporter.report(code, message, other.post.span, post=post.id)
    for passage in _left_out(other, best)[:_SHOWN]:
        message = f"the book has {title!r} as it is at {where}, which lacks: {passage.strip()!r:.200}"
        reporter.report(Code.PASSAGE_LEFT_OUT, message, other.post.span, post=post.id)


def _left_out(other: Candidate, best: Candidate) -> tuple[str, ...]:
    """Return the passages of ``other`` that are not in the text of ``best``, nor anything like them."""
    unlike = [
        (passage, shingles(folded))
        for passage, folded in zip(other.passages, other.folded, strict=True)
        if len(folded) >= SHINGLE and folded not in best.body
    ]
    held = shingles(best.body) if unlike else frozenset()
    return tuple(passage for passage, runs in unlike if len(runs & held) < _LEFT_OUT * len(runs))


def _differences(best: Candidate, other: Candidate, *, more: bool) -> Iterator[str]:
    """Yield what ``other`` has between ``[-`` and ``-]`` and what the book has between ``{+`` and ``+}``.

    ``more``: what the book has more than the other is told too.
    """
    matcher = SequenceMatcher(None, other.folded, best.folded, autojunk=False)
    shown = 0
    for _, start, end, into, upto in matcher.get_opcodes():
        lost, taken = "".join(other.folded[start:end]), "".join(best.folded[into:upto])
        if lost == taken or (not more and lost in best.body):
            continue
        shown += 1
        if shown > _SHOWN:
            yield "…"
            return
        yield _difference("\n".join(other.passages[start:end]), "\n".join(best.passages[into:upto]))


def _difference(old: str, new: str) -> str:
    """Show two passages with what they begin and end with in common cut down."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    head, tail = old[:start], old[len(old) - end :]
    return f"{_end(head)}[-{old[start : len(old) - end]}-]{{+{new[start : len(new) - end]}+}}{_beginning(tail)}"


def _common(one: str, other: str) -> int:
    """Length of the beginning that two texts share."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if fold(a) != fold(b)), min(len(one), len(other)))


def _end(text: str) -> str:
    return text if len(text) <= _WIDTH else f"…{text[-_WIDTH:]}"


def _beginning(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[:_WIDTH]}…"
