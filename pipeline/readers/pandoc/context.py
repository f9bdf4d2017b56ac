"""What the conversion of one document needs besides pandoc's JSON, and where in the source it is at each node."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.document import Blocks
from pipeline.readers.pandoc.formulas import Formulas
from pipeline.readers.pandoc.process import Json
from pipeline.source import Span

_DEPTH: Final = 60  # of nested nodes: far more than a person writes, far less than Python's stack holds
_POSITION: Final = re.compile(r"(\d{1,9}):(\d{1,9})")


class NestedTooDeeplyError(ValueError):
    """A document nests more deeply than any that a person wrote."""


@dataclass(frozen=True, slots=True)
class Context:
    """One document on its way from pandoc's JSON, and the place that was reached in it."""

    formulas: Formulas
    locate: Callable[[int, int], Span]  # from the line and column that pandoc gives to the place in the source
    read_blocks: Callable[[Sequence[Json], Context], Blocks]  # what reads the blocks that a note or a cell holds
    reporter: Reporter
    post: str  # the post's id, for reports
    span: Span
    depth: int = 0

    def inside(self, attributes: Json = None) -> Context:
        """Return the context one level down, at the place that ``attributes`` (pandoc's Attr) give, if any.

        Raises:
            NestedTooDeeplyError: this is too many levels down.
        """
        if self.depth >= _DEPTH:
            raise NestedTooDeeplyError
        return replace(self, span=self.at(attributes), depth=self.depth + 1)

    def at(self, attributes: Json) -> Span:
        """Return the place of a node that has attributes."""
        return self._place(attributes) or self.span

    def at_position(self, position: str, beyond: int = 0) -> Span:
        """Return the place that pandoc writes as "3:14-3:20", ``beyond`` characters after its beginning."""
        match = _POSITION.match(position)
        return self.locate(int(match[1]), int(match[2]) + beyond) if match else self.span

    def _place(self, attributes: Json) -> Span | None:
        if not attributes:
            return None
        position = next((value for key, value in attributes[2] if key in ("data-pos", "pos")), "")
        return self.at_position(position) if position else None

    def simplified(self, what: str) -> None:
        """Report that something is in the book other than its author wrote it."""
        self.reporter.report(Code.MARKUP_SIMPLIFIED, what, self.span, post=self.post)
