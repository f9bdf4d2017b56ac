"""A formula as latex2mathml is to see it, with what it cannot express beside it.

latex2mathml reads a small part of TeX well: letters, numbers, scripts, fractions, roots, arrays, stacks. A draft
is written in that part alone. Everything else travels as a *mark*: a private-use character that latex2mathml takes for
a letter, and that the clean-up finds again in its tree. A mark stands for a leaf, or says what the element after it is.

A draft also counts what it holds, by its own reading of the TeX; the converted tree must hold exactly that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeAlias
from xml.etree.ElementTree import Element

FIRST_MARK: Final = 0xF0000
"""Marks are the characters from here on: a private plane that no text has business in."""

ARRAY: Final = ("\\begin{array}", "{", "c", "}")
"""How every table of a draft begins; latex2mathml would take a first cell of letters for its columns."""

_BRACKETS: Final = frozenset("[]")

Change: TypeAlias = Callable[[Element], Element]
"""What to do with the element that follows a mark: change it, or put another in its place."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A token element to stand where its mark stands."""

    tag: str
    text: str = ""
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Shape:
    """How many fractions, roots, and scripts below and above a formula has."""

    fractions: int = 0
    roots: int = 0
    below: int = 0
    above: int = 0


@dataclass(slots=True)
class Draft:
    """The tokens for latex2mathml, its marks, and what the result must read and look like."""

    tokens: list[str] = field(default_factory=list)
    marks: list[Leaf | Change] = field(default_factory=list)
    reading: list[str] = field(default_factory=list)
    shape: Shape = field(default_factory=Shape)

    def write(self, *tokens: str) -> None:
        """Add tokens that print nothing themselves, such as commands and braces, or tokens taken before."""
        self.tokens += tokens

    def symbol(self, token: str, character: str) -> None:
        """Add a token that latex2mathml prints as ``character``."""
        self.tokens.append(token)
        self.reading.append(character)

    def leaf(self, tag: str, text: str = "", **attributes: str) -> None:
        """Add a token element of our own."""
        self.mark(Leaf(tag, text, tuple(attributes.items())))
        self.reading.append(text)

    def mark(self, mark: Leaf | Change) -> None:
        """Add a mark for the element that is written next, or for a leaf."""
        self.tokens.append(chr(FIRST_MARK + len(self.marks)))
        self.marks.append(mark)

    def exchange(self, tokens: list[str], old: Change, new: Change) -> None:
        """Put one change in the place of another wherever ``tokens`` hold its mark."""
        for token in tokens:
            if len(token) == 1 and token >= chr(FIRST_MARK) and self.marks[ord(token) - FIRST_MARK] is old:
                self.marks[ord(token) - FIRST_MARK] = new

    def close(self, start: int) -> None:
        """Close the group whose brace stands at ``start``; one token needs no braces, and latex2mathml less time."""
        if len(self.tokens) == start + 2 and self.tokens[-1] not in _BRACKETS:
            del self.tokens[start]
        else:
            self.tokens.append("}")

    def take(self, start: int) -> list[str]:
        """Remove and return the tokens written since ``start``, to write them again inside something."""
        taken = self.tokens[start:]
        del self.tokens[start:]
        return taken
