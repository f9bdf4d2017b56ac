"""What the LaTeX of a post depends on besides the post: the words of the book, and how its formulas are set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipeline.document import Math
from pipeline.phrases import Phrases


@dataclass(frozen=True, slots=True)
class Setting:
    """The choices of the writer for one post."""

    phrases: Phrases
    formula: Callable[[Math], str]  # a formula as TeX, or its source as text
    images: Mapping[str, str]  # from a resource's name to the name of its file beside the .tex
    post_url: str = ""  # where the whole post stands on the web
    links: bool = True  # False inside a link and in titles, where links and notes cannot stand
