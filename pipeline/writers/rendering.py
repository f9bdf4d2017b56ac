"""What the markup of a post depends on besides the post: where links lead, in whose words, how formulas are drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.document import Math, Note
from pipeline.phrases import Phrases

Href = Callable[[str], str]
"""From an id to the address that a link in this file has for it."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """The choices of one writer for one post.

    ``post_href`` takes a post's id, ``anchor_href`` an anchor's id, ``resource_href`` a resource's name.
    """

    post_href: Href
    anchor_href: Href
    resource_href: Href
    phrases: Phrases
    language: str
    heading_base: int = 2  # the level in the page of a post's highest heading
    post_url: str = ""  # where the whole post stands on the web, for a post that was cut
    note_prefix: str = "n"  # begins the ids of footnotes; unique for each call of ``render_blocks`` in a book
    links: bool = True  # False inside a link and in contents, where links and notes cannot stand
    epub_types: bool = False  # whether notes carry epub:type, which HTML does not know
    formula: Callable[[Math], str] | None = None  # draws a formula in the place of its MathML
    permalinks: bool = False  # whether headings, numbers and captions carry a link to themselves
    data_tex: bool = False  # whether formulas carry their TeX, for a script to copy and to search


@dataclass(slots=True)
class Footnotes:
    """The notes met while a run of blocks is rendered; their marks are counted from 1."""

    found: list[Note] = field(default_factory=list)

    def add(self, note: Note) -> int:
        """Keep ``note`` and return its number."""
        self.found.append(note)
        return len(self.found)
