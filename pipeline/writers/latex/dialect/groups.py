"""Where groups of a formula end."""

from __future__ import annotations

from typing import Final

OPENING: Final = frozenset({"{", "\\begin", "\\begingroup"})
CLOSING: Final = frozenset({"}", "\\end", "\\endgroup"})


def rest_of_group(tokens: list[str], position: int) -> int:
    """Return where the group or environment ends that ``position`` lies in."""
    depth = 0
    for index in range(position, len(tokens)):
        depth += (tokens[index] in OPENING) - (tokens[index] in CLOSING)
        if depth < 0:
            return index
    return len(tokens)
