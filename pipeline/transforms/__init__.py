"""The stages between reading and resolving, a module or a package each. ``TRANSFORMS`` is their order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from pipeline.book import Book
from pipeline.diagnostics import Reporter
from pipeline.transforms.dollars import dollars
from pipeline.transforms.duplicates import duplicates
from pipeline.transforms.equation_numbers import equation_numbers
from pipeline.transforms.french_spaces import french_spaces
from pipeline.transforms.language import language
from pipeline.transforms.macros import macros
from pipeline.transforms.mentions import mentions
from pipeline.transforms.order import order
from pipeline.transforms.overrides import overrides
from pipeline.transforms.punctuation import punctuation
from pipeline.transforms.references import references
from pipeline.transforms.series import series
from pipeline.transforms.spaces import spaces
from pipeline.transforms.stubs import stubs
from pipeline.transforms.years import years

Transform: TypeAlias = Callable[[Book, Reporter], Book]

TRANSFORMS: Final[tuple[Transform, ...]] = (
    language,
    duplicates,
    overrides,  # which name a post by the id that it has from then on
    stubs,
    dollars,
    punctuation,
    spaces,
    macros,
    equation_numbers,
    references,
    years,
    series,
    order,
    mentions,
    french_spaces,
)
