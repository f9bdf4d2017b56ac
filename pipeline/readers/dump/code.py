"""Code and console text, which a dump does not mark: recognised by its syntax and by its indentation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.readers.dump.lines import Chunk, Line
from pipeline.readers.dump.lists import marker_of
from pipeline.readers.dump.prose import blotted, has_cjk

_STRONG: Final = re.compile(
    r"""\s*(?:
      (?:from\s+[\w.]+\s+)?import\s+[\w.*]+(?:\s+as\s+\w+)?\s*(?:,.*|;|\#.*)?
    | (?:async\s+)?def\s+\w+\s*\(.*
    | class\s+\w+\s*[:({].*
    | (?:if|elif|while|with|except|switch)\b[^，。]*[=<>()\[\]_.'"].*[:{]\s*(?:\#.*)?
    | for\s+\w+(?:,\s*\w+)*\s+in\s.*:\s*(?:\#.*)?
    | (?:try|else|finally|except)\s*[:{]
    | (?:return|yield|raise|assert|del)\b(?:\s+[\w'"(\[{~-].*)?
    | @\w[\w.]*(?:\(.*)?
    | \#!.*|\#include\s.*|\#define\s.*
    | (?:var|let|const|int|float|double|char|void|auto|public|private|static|func|fn|local)\s+[\w*&]+.*[=;({].*
    | (?:sudo|apt|apt-get|pip3?|conda|git|cd|wget|curl|python[0-9.]*|ssh|scp|opkg|echo|export|docker|npm|brew|yum
        |make|mkdir|chmod)\s+[\w./~$"'-].*
    | (?:>>>|\.\.\.|\$|In\s?\[\d+\]:)\s.*
    | [\w.\[\]'":*, ()]+?\s*(?:[-+*/%|&]|//|\*\*)?=(?!=)\s*[\w'"(\[{~-].*
    | [A-Za-z_][\w.]*\(.*\)?[;,:]?
    | [\])}]+[,;)]*
    | (?:\#|//)\s?.*
    | \"\"\".*|'''.*
    )\s*""",
    re.VERBOSE,
)
_PROMPT: Final = re.compile(
    r"""\s*(?:
      (?:>>>|\$|[\w.~-]+@[\w.~:-]+[#$]|In[ ]?\[[0-9]+\]:)[ ]\S
    | (?:mysql|mariadb(?:[ ]\[\w+\])?|sqlite|redis|ghci|Prelude|julia|scala|node|irb(?:\([^)]*\):[0-9:]+)?)>[ ]\S
    | (?:PS[ ])?[A-Za-z]:\\[^>\n]{0,80}>[ ]?\S
    | \(gdb\)[ ]\S
    )""",
    re.VERBOSE,
)
_LATEX: Final = re.compile(r"\s*\\(?:documentclass|usepackage)\b")
_CERTAIN: Final = re.compile(r"""[_'";{]|\w\(\)|\s*(?:import|from|def|class|return|sudo|pip3?|git|apt|apt-get)\s|>>>""")
# Each alternative begins with a plain character: the search skips to those, and text has few of them.
_LITERAL: Final = re.compile(r"""\#.*|//.*|"[^"\n]*"|'[^'\n]*'|u"[^"\n]*"|u'[^'\n]*'""")
_BOX: Final = re.compile(r"[\u2500-\u257f]")
_SHAPE: Final = re.compile(r"[\u2190-\u21ff\u25a0-\u25ff]")
_DRAWN: Final = re.compile(r"[\u2190-\u21ff\u2500-\u257f\u25a0-\u25ff]")  # what either of them finds
_SENTENCE: Final = re.compile(r"[。，；！？]|(?:\b[A-Za-z'’-]+[,;.]? ){5}")  # or five words of prose in a row
_LONGEST: Final = 400
_INDENTED: Final = 2
_TWO_STEPS: Final = 8  # columns; a block that opens on the first line is indented by one step


def code_like(chunk: Chunk) -> bool:
    """Whether every line of a chunk reads as code: by its syntax, as a drawing, or because all of it is indented."""
    if any(len(line.text) > _LONGEST for line in chunk.lines):
        return False
    if is_drawing(chunk) or is_console(chunk) or _LATEX.match(chunk.text):
        return True
    return _indented_text(chunk.lines) or _syntax(chunk)


def is_drawing(chunk: Chunk) -> bool:
    """Whether two lines at least are drawn, with box characters or with arrows and shapes put in their places."""
    if not _DRAWN.search(chunk.text):
        return False
    boxes = sum(_BOX.search(line.text) is not None for line in chunk.lines)
    shapes = sum(_SHAPE.search(line.text) is not None for line in chunk.lines)
    return boxes > 1 or (shapes > 1 and any("   " in line.text for line in chunk.lines))


def is_console(chunk: Chunk) -> bool:
    """Whether a chunk begins with a prompt; what a program answers may be anything."""
    first = chunk.lines[0].text
    return _PROMPT.match(first) is not None and not blotted(first).lstrip().startswith("\0")


def _indented_text(lines: Sequence[Line]) -> bool:
    """Whether all of several lines are indented and none is a sentence or a point."""
    if len(lines) == 1 or any(line.indent < _INDENTED or "\u3000" in line.text for line in lines):
        return False
    bare = [_LITERAL.sub("", line.text) for line in lines]
    return not any(map(_SENTENCE.search, bare)) and not any(map(marker_of, lines))


def _syntax(chunk: Chunk) -> bool:
    """Whether the lines are statements: most of them for certain, and all of them without Chinese outside literals."""
    bare = [_LITERAL.sub("''", line.text) for line in chunk.lines]
    if any(has_cjk(text) for text in bare) and not _in_docstring(chunk):
        return False
    strong = sum(_STRONG.fullmatch(line.text) is not None for line in chunk.lines)
    return 2 * strong >= len(chunk.lines) and "\0" not in blotted(chunk.text)


def _in_docstring(chunk: Chunk) -> bool:
    return '"""' in chunk.text or "'''" in chunk.text


def line_of_code(chunk: Chunk) -> bool:
    """Whether a single line is code for certain, and no plain equation such as "E = m c"; alone it is no listing."""
    return _CERTAIN.search(chunk.text) is not None


def damaged(chunk: Chunk) -> bool:
    """Whether the first line lost its indentation: the others are indented more than it can ask for."""
    first, *others = chunk.lines
    least = min((line.indent for line in others), default=0)
    opens = first.text.rstrip().endswith((":", "{", "(", "[", ",", "\\"))
    return first.indent == 0 and least >= (_TWO_STEPS if opens else 1)
