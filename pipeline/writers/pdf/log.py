r"""What XeLaTeX's log says of a run, in the words of the dump: which post, which characters; never the log itself."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

SENTINEL: Final = "pipeline:complete"
_MISSING: Final = re.compile(r"^pipeline:missing ([0-9A-F]+)", re.MULTILINE)
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
    start = 0 if log.startswith("! ") else log.find("\n! ") + 1
    if start or log.startswith("! "):
        message = log[start + 2 : log.find("\n", start)]
        line = _LINE.search(log, start)
        return Failure(message, _post_at(tex, int(line[1])) if line else "")
    return None if SENTINEL in log else Failure("the book was not set to its end", "")


def _post_at(tex: str, line: int) -> str:
    """Return the id of the post whose LaTeX holds a line."""
    before = "\n".join(tex.split("\n")[:line])
    posts = _POST.findall(before)
    return posts[-1] if posts else ""


def missing_font(log: str) -> str:
    """Return the font that a run looked for in vain; empty if there is none."""
    match = _FONT.search(log)
    return (match[1] or match[2]) if match else ""


def missing_characters(log: str) -> Counter[str]:
    """Return the characters for which no font was found, with how often they were wanted."""
    return Counter(chr(int(code, 16)) for code in _MISSING.findall(log))


def wide_lines(log: str, tex: str) -> dict[str, list[float]]:
    """Return by how many points lines of ``tex`` stick out where it can be seen, by the post they stand in."""
    found: dict[str, list[float]] = {}
    for points, line in _OVERFULL.findall(log):
        if float(points) > _SEEN:
            found.setdefault(_post_at(tex, int(line)), []).append(float(points))
    return found
