"""The stages between reading and resolving, one file each. ``TRANSFORMS`` is their order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from pipeline.book import Book
from pipeline.diagnostics import Reporter

Transform: TypeAlias = Callable[[Book, Reporter], Book]

TRANSFORMS: Final[tuple[Transform, ...]] = ()
