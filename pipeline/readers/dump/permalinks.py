"""The sign by which the headings of a blog link to themselves: "对易关系 #", on the web a link and here nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pipeline.diagnostics import Code, Reporter, counted
from pipeline.readers.dump.lines import Line

_SIGN: Final = re.compile(r"(?<=[^\s#;{}()])[ \t\u00a0]#[ \t]*$")
_SEVERAL: Final = 2


def without_permalinks(lines: Sequence[Line], post: str, reporter: Reporter) -> Sequence[Line]:
    """Return the lines of a post without the sign that ends several of those that stand alone; of one, it is text."""
    blank = (True, *(line.blank for line in lines), True)
    signs = {
        row: match.start()
        for row, line in enumerate(lines)
        if blank[row] and blank[row + 2] and (match := _SIGN.search(line.text))
    }
    if len(signs) < _SEVERAL:
        return lines
    first = min(signs)
    message = f"{counted(len(signs), 'heading')} end in '#', the sign of a link to each; the book has its own links"
    reporter.report(Code.SITE_TEXT, message, lines[first].at(signs[first] + 1), post=post)
    return [replace(line, text=line.text[: signs.get(row)]) for row, line in enumerate(lines)]
