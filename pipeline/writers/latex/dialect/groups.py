"""What the steps ask of tokens: where groups end, what stands before, and what is LaTeX already."""

from __future__ import annotations

from typing import Final

from pipeline.tex.tokens import is_blank, is_word

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


def is_script(tokens: list[str], position: int) -> bool:
    """Whether what stands at ``position`` is a script."""
    return next((piece for piece in reversed(tokens[:position]) if not is_blank(piece)), "") in ("^", "_")


def is_written(piece: str) -> bool:
    r"""Whether a token is no piece of TeX but LaTeX that was put in its place, such as ``\eqlink{…}{…}``."""
    return len(piece) > 2 and piece[0] == "\\" and not is_word(piece)  # noqa: PLR2004 - a control symbol has two
