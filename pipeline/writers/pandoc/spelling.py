"""Text that Markdown would read as something else, spelled so that it does not, where pandoc 3 does not escape it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, Final

_ENTITY: Final = re.compile("&(?=#?[0-9A-Za-z]{1,32};)")
_READ_AS_MORE: Final = re.compile("(?:--+|==+|:)$|:::")
"""What makes a line a rule, the one above it a heading or a term, or begins a fenced division, where a line begins."""

_UNDERLINES: Final = ("-", "=")
"""What does so where nothing follows: "- " and "= " begin a point, which pandoc escapes where it must, or nothing."""


def spelled(node: Any) -> Any:  # noqa: ANN401 - pandoc's JSON
    """Return a document in which no text reads as an entity, and no line as a rule or as what makes a heading."""
    match node:
        case {"t": "Str", "c": str(text)}:
            return {"t": "Str", "c": _ENTITY.sub("&amp;", text)}
        case {"t": "Para" | "Plain" as kind, "c": list(content)}:
            return {"t": kind, "c": list(map(spelled, _lines(content, begins=True)))}
        case dict():
            return {name: spelled(value) for name, value in node.items()}
        case list():
            return list(map(spelled, _lines(node, begins=False)))
        case _:
            return node


def _lines(nodes: list[Any], *, begins: bool) -> Iterator[Any]:
    """Yield ``nodes``, with what begins a line among them escaped; ``begins`` tells whether the first does."""
    for node, after in zip_longest(nodes, nodes[1:]):
        kind = node.get("t") if isinstance(node, dict) else None
        text: str = node["c"] if kind == "Str" else ""
        alone = text in _UNDERLINES and (after is None or after["t"] != "Space")
        if begins and (alone or _READ_AS_MORE.match(text)):
            yield {"t": "RawInline", "c": ["markdown", f"\\{text[0]}"]}
            yield {"t": "Str", "c": text[1:]}
        else:
            yield node
        begins = kind == "LineBreak"
