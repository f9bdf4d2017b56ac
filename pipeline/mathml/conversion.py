"""What becomes of one formula."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

Formula: TypeAlias = tuple[str, bool]
"""TeX with its macros expanded and its references numbered, and whether it is displayed."""


class Conversion(NamedTuple):
    """Either ``mathml`` and the ``engine`` that made it, or the ``error``, with the token to blame where one is.

    A tuple, because workers send thousands of them (measured: at half of what frozen dataclasses cost).
    ``position`` and ``length`` count characters of the TeX that was given.
    """

    mathml: str | None
    engine: str | None = None
    error: str | None = None
    position: int | None = None
    length: int = 1
