"""What Obsidian, GitHub and kramdown write besides CommonMark, as the CommonMark that it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.readers.rewrite import Edit
from pipeline.readers.shortcodes import IMAGE_SUFFIX

_EMBED: Final = re.compile(r"!\[\[(?P<target>[^\[\]|\n]{1,300})(?:\|(?P<words>[^\[\]\n]{0,300}))?\]\]")
_SIZE: Final = re.compile(r"[0-9]+(?:x[0-9]+)?")
_CALLOUT: Final = re.compile(
    r"^(?P<quote>[ \t]*(?:>[ \t]?)+)(?P<mark>\[!(?P<kind>\w+)\][+-]?[ \t]*)(?P<title>[^\n]*)$", re.MULTILINE
)
_ATTRIBUTES: Final = re.compile(r"(?:^[*+-][^\n]*\n)?\{:[ \t]*toc\b[^}\n]*\}|\{:[^}\n]{0,200}\}", re.MULTILINE)


def embed_edits(text: str, start: int, end: int) -> Iterator[Edit]:
    """Yield an edit for each ``![[file]]`` of Obsidian: a picture is shown, anything else becomes a link."""
    for match in _EMBED.finditer(text, start, end):
        words = match["words"] or ""
        if IMAGE_SUFFIX.search(match["target"]):
            alt = "" if _SIZE.fullmatch(words) else words
            yield Edit(match.start(), match.end(), f"![{alt}](<{match['target'].strip()}>)")
        else:
            yield Edit(match.start(), match.start() + 1, "")


def callout_edits(text: str, start: int, end: int) -> Iterator[Edit]:
    """Yield the edits that make a ``> [!note] Title`` a quotation that begins with its title, or with its kind."""
    for match in _CALLOUT.finditer(text, start, end):
        title = match["title"].rstrip()
        stop = match.start("title") + len(title)
        yield Edit(match.start("mark"), match.end("mark"), "**" if title else f"**{match['kind'].capitalize()}")
        yield Edit(stop, match.end(), f"**\n{match['quote'].rstrip()}")


def attribute_edits(text: str, start: int, end: int) -> Iterator[Edit]:
    """Yield an edit for each attribute list of kramdown, ``{: .class}``, and for the list that its contents replace."""
    for match in _ATTRIBUTES.finditer(text, start, end):
        yield Edit(match.start(), match.end(), "")
