"""Where Markdown is verbatim: fenced code, code in a line, and HTML whose content is not text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_BLOCK: Final = re.compile(
    r"""^[ \t>]* (?: (?: [-*+] | [0-9]{1,9}[.)] ) [ \t]+ )? (?P<fence> `{3,}(?=[^`\n]*$) | ~{3,} )
    | <(?P<element> pre | script | style | code | textarea )\b | <!--
    | \{%-?[ \t]*(?P<tag> codeblock | highlight )\b[^%\n]*%\}
    | \{\{<[ \t]*(?P<shortcode> highlight )\b[^}\n]*\}\}""",
    re.MULTILINE | re.IGNORECASE | re.VERBOSE,
)
_TICKS: Final = re.compile(r"\\`|`+")
_BLANK_LINE: Final = re.compile(r"\n[ \t]*\n")


def verbatim_ranges(text: str, start: int = 0) -> tuple[tuple[int, int], ...]:
    """Return the ranges of ``text`` after ``start`` that hold no formulas, in order and apart."""
    blocks = list(_block_ranges(text, start))
    ranges: list[tuple[int, int]] = []
    done = start
    for block in (*blocks, (len(text), len(text))):
        ranges.extend(_code_spans(text, done, block[0]))
        ranges.append(block)
        done = block[1]
    return tuple(ranges[:-1])


def _block_ranges(text: str, position: int) -> Iterator[tuple[int, int]]:
    """Yield fenced blocks and HTML elements, whichever begins first; a fence without an end reaches to the text's."""
    unclosed: set[str] = set()
    while match := _BLOCK.search(text, position):
        if match["fence"]:
            position = _end_of_fence(text, match)
            yield match.start("fence"), position
            continue
        closing = _closing(match)
        end = -1 if closing in unclosed else text.find(closing, match.end())
        if end < 0:
            unclosed.add(closing)
            position = match.end()
        elif match["tag"] or match["shortcode"]:  # the tags themselves are no code
            position = max(text.rfind("{", match.end(), end) - (match["shortcode"] is not None), match.end())
            yield match.end(), position
        else:
            position = end + len(closing)
            yield match.start(), position


def _closing(match: re.Match[str]) -> str:
    """Return what ends an element, a comment or a tag of a site generator."""
    if match["tag"]:
        return f"end{match['tag']}"
    if match["shortcode"]:
        return f"/{match['shortcode']}"
    return f"</{match['element'].lower()}" if match["element"] else "-->"


def _end_of_fence(text: str, match: re.Match[str]) -> int:
    fence = match["fence"]
    closing = re.compile(rf"^[ \t>]*{re.escape(fence)}{re.escape(fence[0])}*[ \t]*$", re.MULTILINE)
    found = closing.search(text, match.end())
    return found.end() if found else len(text)


def _code_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield code in a line: between two runs of backticks of one length, no blank line between (CommonMark 6.1)."""
    opened: dict[int, int] = {}
    paragraph_end = start
    for run in _TICKS.finditer(text, start, end):
        if run[0] == "\\`":
            continue
        if run.start() >= paragraph_end:
            opened.clear()
            blank = _BLANK_LINE.search(text, run.start(), end)
            paragraph_end = blank.start() if blank else end
        length = len(run[0])
        if length in opened:
            yield opened[length], run.end()
            opened.clear()
        else:
            opened[length] = run.start()
