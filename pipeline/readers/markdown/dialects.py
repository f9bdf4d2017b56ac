"""What Obsidian, GitHub and kramdown write besides CommonMark, as the CommonMark that it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from pipeline.readers.markdown.rewrite import Edit
from pipeline.readers.markdown.shortcodes import IMAGE_SUFFIX

_EMBED: Final = re.compile(r"!\[\[(?P<target>[^\[\]|\n]{1,300})(?:\|(?P<words>[^\[\]\n]{0,300}))?\]\]")
_COMMENT: Final = re.compile(r"(?:^|(?<=[ \t]))%%(?!%)", re.MULTILINE)
_COMMENT_LINE: Final = re.compile(r"^[ \t]*%%[ \t]*$", re.MULTILINE)
_COMMENT_END: Final = re.compile(r"(?:`[^`\n]*`|[^%\n]|%(?!%)|\n(?![ \t]*\n))*+%%")
_HIGHLIGHT: Final = re.compile(
    r"(?<![=A-Za-z0-9])==(?=[^\s=])(?:[^=\n]|\n(?![ \t]*\n)){1,500}(?<=[^\s=])==(?![=A-Za-z0-9])"
)
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


def hidden_edits(text: str, gaps: Iterable[tuple[int, int]]) -> Iterator[Edit]:
    """Yield an edit for each ``%%comment%%`` of Obsidian, which nobody but its author sees.

    One in a line ends in its paragraph, outside code; between two lines of ``%%`` alone may stand anything.
    """
    done = 0
    for start, end in gaps:
        for opening in _COMMENT.finditer(text, start, end):
            if opening.start() < done:
                continue
            closing = _COMMENT_LINE.search(text, opening.end())
            if not _COMMENT_LINE.match(text, opening.start()):
                closing = _COMMENT_END.match(text, opening.end())
            if closing:
                done = closing.end()
                yield Edit(opening.start(), done, "")


def highlight_edits(text: str, start: int, end: int) -> Iterator[Edit]:
    """Yield the edits that emphasise what ``==such marks==`` highlight; programs compare by them."""
    for match in _HIGHLIGHT.finditer(text, start, end):
        yield Edit(match.start(), match.start() + 2, "<em>")
        yield Edit(match.end() - 2, match.end(), "</em>")


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
