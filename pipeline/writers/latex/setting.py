"""What the LaTeX of a post depends on besides the post: the words of the book, and how its formulas are set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pipeline.document import Math
from pipeline.phrases import Phrases

FormulaSetter: TypeAlias = Callable[[Math, int], str]
"""From a formula, and how many characters the lines around it are indented, to TeX."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The choices of the writer for one post."""

    phrases: Phrases
    formula: FormulaSetter
    images: Mapping[str, str]  # from a resource's name to the name of its file beside the .tex
    post_url: str = ""  # where the whole post stands on the web
    indent: int = 0  # characters by which the lines of a list or a quotation are shorter than the book's
    links: bool = True  # False inside a link and in titles, where links and notes cannot stand
