"""Where in a ``book.toml`` something stands: a setting, or what is no TOML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_HEADER: Final = re.compile(r"^[ \t]*\[+[ \t]*([\w.-]+)[ \t]*\]+[ \t]*(?:#.*)?$", re.MULTILINE)
_SYNTAX: Final = re.compile(r"(.+) \(at (?:line ([0-9]+), column ([0-9]+)|end of document)\)", re.DOTALL)
"""What ``tomllib`` says."""


def setting_place(text: str, names: Sequence[int | str]) -> tuple[int, int]:
    """Line and column of a setting, by the names and numbers that lead to it.

    It is sought in its own table, the n-th of that name, else before the first of all tables; where it is not found,
    its table's name is meant, and where there is none, the file's beginning.
    """
    name, *inner = names
    number = inner[0] if inner and isinstance(inner[0], int) else 0
    key = next((part for part in inner if isinstance(part, str)), str(name))
    headers = list(_HEADER.finditer(text))
    ends = [header.start() for header in headers] + [len(text)]
    tables = [(header, end) for header, end in zip(headers, ends[1:], strict=True) if header[1] == name]
    found: re.Match[str] | None = None
    if number < len(tables):
        header, end = tables[number]
        found = _setting(key).search(text, header.end(), end) or header
    else:
        found = _setting(str(name)).search(text, 0, ends[0])
    return line_and_column(text, found.start(1)) if found else (1, 1)


def _setting(key: str) -> re.Pattern[str]:
    """A line that sets ``key``, or a part of it: ``epub.math = …`` says something of ``epub``."""
    return re.compile(rf"^[ \t]*({re.escape(key)})[ \t]*[.=]", re.MULTILINE)


def syntax_error(text: str, said: str) -> tuple[str, tuple[int, int]]:
    """Return what is wrong with ``text``, and in which line and column, from what ``tomllib`` said of it."""
    found = _SYNTAX.fullmatch(said)
    message = found[1] if found else said
    stated = found and found[2]
    place = (int(found[2]), int(found[3])) if found and stated else line_and_column(text, len(text.rstrip()))
    return message[:1].lower() + message[1:], place


def line_and_column(text: str, place: int) -> tuple[int, int]:
    """Return the line and the column, both from 1, of the character at ``place``."""
    return text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)
