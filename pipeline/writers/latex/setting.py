"""What the LaTeX of a post depends on besides the post: the words of the book, and how its formulas are set."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pipeline.document import Math
from pipeline.phrases import Phrases
from pipeline.writers.latex.page import Page

FormulaSetter: TypeAlias = Callable[[Math, int, int | None], str]
"""From a formula, how many characters the lines around it are indented, and its number in the post, to TeX.

A formula with a number can be found again in the PDF; one in a title, which stands in several places, has none.
"""


@dataclass(frozen=True, slots=True)
class Setting:
    """The choices of the writer for one post."""

    phrases: Phrases
    formula: FormulaSetter
    page: Page
    images: Mapping[str, str]  # from a resource's name to the name of its file beside the .tex
    post_url: str = ""  # where the whole post stands on the web
    own_page: bool = False  # whether that is a page of its own, not the front page of the blog
    indent: int = 0  # characters by which the lines of a list or a quotation are shorter than the book's
    links: bool = True  # False inside a link and in titles, where links and notes cannot stand
    struck: bool = False  # whether a line goes through the text
    in_cell: bool = False  # whether lines are as short as in a table
    numbers: Iterator[int] | None = None  # of the post's formulas, where the PDF is to be asked for them
    blocks: Iterator[int] | None = None  # numbers of the post's blocks, where TeX is to note on which pages they begin

    def set_formula(self, math: Math) -> str:
        """Return a formula as TeX."""
        return self.formula(math, self.indent, self.next_number())

    def next_block(self) -> int | None:
        """Return the number of the post's next block; None in a note, which begins no page."""
        return None if self.blocks is None else next(self.blocks)

    def next_number(self) -> int | None:
        """Return the number of the post's next formula; None in a title, whose formulas have none."""
        return None if self.numbers is None else next(self.numbers)


def begins(block: int | None, part: int = 0) -> str:
    r"""Return what has TeX note on which page the text behind it begins (``PagePlace``); nothing without a number."""
    return "" if block is None else rf"\begins{{{block}.{part}}}"
