r"""What XeLaTeX's log says of a run, in the words of the dump: which post, which characters; never the log itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

SENTINEL: Final = "pipeline:complete"
_MISSING: Final = re.compile(r"^pipeline:missing ([0-9A-F]+)", re.MULTILINE)
_COMPLAINT: Final = re.compile(r"^! (.*)", re.MULTILINE)
_POST: Final = re.compile(r"\\post\{\d\}\{([^{}]*)\}")
_LINE: Final = re.compile(r"^l\.(\d+)", re.MULTILINE)
_OVERFULL: Final = re.compile(r"^Overfull \\hbox \(([\d.]+)pt too wide\)[^\n]* lines? (\d+)", re.MULTILINE)
_SEEN: Final = 20.0  # points by which a line may stick out before a reader takes it for a mistake
_FONT: Final = re.compile(r"""The font "([^"\n]*)" cannot be found|Font [^\n]*"([^"\n]*)" not loadable""")


@dataclass(frozen=True, slots=True)
class Failure:
    """TeX's first complaint, and the post whose lines it was reading; empty outside of all posts."""

    message: str
    post: str


def failure(log: str, tex: str) -> Failure | None:
    """Return what went wrong in a run on ``tex``; None when it went well to the end."""
    complaint = _COMPLAINT.search(log)
    if complaint:
        line = _LINE.search(log, complaint.end())
        return Failure(complaint[1], _posts_by_line(tex)(int(line[1])) if line else "")
    return None if SENTINEL in log else Failure("the book was not set to its end", "")


def _posts_by_line(tex: str) -> Callable[[int], str]:
    """Return what finds the id of the post whose LaTeX holds a line; empty before the first."""
    found = [
        (number, match[1]) for number, line in enumerate(tex.split("\n"), start=1) for match in _POST.finditer(line)
    ]
    return lambda line: found[place - 1][1] if (place := bisect_right(found, line, key=itemgetter(0))) else ""


def missing_font(log: str) -> str:
    """Return the font that a run looked for in vain; empty if there is none."""
    match = _FONT.search(log)
    return (match[1] or match[2]) if match else ""


def missing_characters(log: str) -> Counter[str]:
    """Return the characters for which no font was found, with how often they were wanted."""
    return Counter(chr(int(code, 16)) for code in _MISSING.findall(log))


def wide_lines(log: str, tex: str) -> dict[str, list[float]]:
    """Return by how many points lines of ``tex`` stick out where it can be seen, by the post they stand in."""
    post_at = _posts_by_line(tex)
    found: dict[str, list[float]] = {}
    for points, line in _OVERFULL.findall(log):
        if float(points) > _SEEN:
            found.setdefault(post_at(int(line)), []).append(float(points))
    return found
