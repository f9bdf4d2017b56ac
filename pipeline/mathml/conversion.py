"""What becomes of one formula."""

from __future__ import annotations

from typing import Final, NamedTuple, TypeAlias

ENGINE: Final = "latex2mathml"
"""The package that makes the MathML, as PyPI and the JSON of this program call it."""

Formula: TypeAlias = tuple[str, bool]
"""TeX with its macros expanded and its references numbered, and whether it is displayed."""


class Conversion(NamedTuple):
    """Either the ``mathml`` or the ``error``, with the token to blame where one is.

    A tuple, because workers send thousands of them (measured: at half of what frozen dataclasses cost).
    ``position`` and ``length`` count characters of the TeX that was given.
    """

    mathml: str | None
    error: str | None = None
    position: int | None = None
    length: int = 1
