"""What the markup of a post depends on besides the post: where links lead, in whose words, what formulas carry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pipeline.document import Note
from pipeline.phrases import Phrases
from pipeline.writers.contract import PagePlace

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
    heading_base: int = 2  # the level in the page of a post's highest heading
    open_levels: tuple[int, ...] = ()  # of the headings that stand over what is rendered, of a post in several files
    post_url: str = ""  # where the whole post stands on the web, for a post that was cut
    note_prefix: str = "n"  # begins the ids of footnotes; unique for each call of ``render_blocks`` in a book
    display_prefix: str = ""  # begins the ids of displays without a number; empty: they have none
    links: bool = True  # False inside a link and in contents, where links and notes cannot stand
    epub_types: bool = False  # whether notes carry epub:type, which HTML does not know
    alttext: bool = False  # whether the pieces of formulas carry its TeX, for who draws them in their place
    breaks: bool = False  # whether displayed formulas can be broken into lines, where nothing scrolls
    permalinks: bool = False  # whether headings, numbers and captions carry a link to themselves
    data_tex: bool = False  # whether formulas carry their TeX, for a script to copy and to search
    page_breaks: Mapping[PagePlace, str] = field(default_factory=dict)  # marks of the printed pages that begin there
    blocks_before: int = 0  # that are counted before what is rendered, of a post in several files

    def page_break(self, block: int, part: int = 0) -> str:
        """Return the marks of the printed pages that begin at a place; mostly there are none."""
        return self.page_breaks.get(PagePlace(block, part), "")


@dataclass(slots=True)
class Flow:
    """What has been met while a run of blocks is rendered: its notes, whose marks count from 1, displays, headings.

    ``blocks`` counts as ``PagePlace`` does.
    """

    notes: list[Note] = field(default_factory=list)
    open_levels: list[int] = field(default_factory=list)  # of the last heading and of those that it stands under
    displays: int = 0  # that have no number
    blocks: int = 0

    def add_block(self) -> int:
        """Return the number of one more block."""
        self.blocks += 1
        return self.blocks

    def add_display(self) -> int:
        """Return the place of one more among the displays without a number, from 1."""
        self.displays += 1
        return self.displays

    def add_note(self, note: Note) -> int:
        """Keep ``note`` and return its number."""
        self.notes.append(note)
        return len(self.notes)

    def enter(self, level: int) -> int:
        """Return how deep the next heading stands, from 1: a level that the author skipped is not skipped here."""
        while self.open_levels and self.open_levels[-1] >= level:
            self.open_levels.pop()
        self.open_levels.append(level)
        return len(self.open_levels)
