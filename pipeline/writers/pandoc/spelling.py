"""Text that Markdown or typst would read as something else, spelled so that it does not, where pandoc 3 fails to."""

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

_HYPHEN: Final = r"-(?=\?)"
_FIRST: Final = re.compile(rf"({_HYPHEN}|\A(?:[-+/](?=\s|\Z)|=(?==*(?:\s|\Z))|[0-9](?=[0-9]*\.(?:\s|\Z))))")
_BEHIND: Final = re.compile(rf"({_HYPHEN}|\A\.(?=[^\W\d]))")
_WITHIN: Final = re.compile(rf"({_HYPHEN})")
"""What typst reads as more: a hyphen that is not seen; what begins a point, a term or a heading where content does,
such as a cell or a note; a field (``#emph[x].y``)."""


def spelled_in_typst(node: Any) -> Any:  # noqa: ANN401 - pandoc's JSON
    """Return a document in which no text of typst is read as more than itself."""
    match node:
        case dict():
            return {name: spelled_in_typst(value) for name, value in node.items()}
        case list():
            kinds = [None, *(inner.get("t") if isinstance(inner, dict) else None for inner in node)]
            return [piece for kind, inner in zip(kinds, node, strict=False) for piece in _in_typst(inner, kind)]
        case _:
            return node


def _in_typst(node: Any, before: str | None) -> Iterator[Any]:  # noqa: ANN401 - pandoc's JSON
    """Yield a node, with backslashes where it needs them behind one of the kind ``before``."""
    match node:
        case {"t": "Str", "c": str(text)}:
            pattern = _FIRST if before in (None, "LineBreak") else _WITHIN if before in ("Str", "Space") else _BEHIND
            for place, piece in enumerate(pattern.split(text)):
                yield {"t": "RawInline", "c": ["typst", f"\\{piece}"]} if place % 2 else {"t": "Str", "c": piece}
        case _:
            yield spelled_in_typst(node)


def spelled_in_markdown(node: Any) -> Any:  # noqa: ANN401 - pandoc's JSON
    """Return a document in which no text reads as an entity, and no line as a rule or as what makes a heading."""
    match node:
        case {"t": "Str", "c": str(text)}:
            return {"t": "Str", "c": _ENTITY.sub("&amp;", text)}
        case {"t": "Para" | "Plain" as kind, "c": list(content)}:
            return {"t": kind, "c": list(map(spelled_in_markdown, _lines(content, begins=True)))}
        case dict():
            return {name: spelled_in_markdown(value) for name, value in node.items()}
        case list():
            return list(map(spelled_in_markdown, _lines(node, begins=False)))
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
