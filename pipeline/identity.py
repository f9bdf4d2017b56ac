"""Give a post its identity: a name that depends on the post alone, never on where or in which dump it stands."""

from __future__ import annotations

from hashlib import sha256

from pipeline.fold import fold

_HEX_DIGITS = 10  # 40 bits: among 10,000 posts two collide with a probability of 0.005 %


def post_id(title: str, month: int, day: int) -> str:
    """Return ``p-`` and ten hexadecimal digits; widths and spaces of the title do not matter, nor does the year.

    The year is left out because dumps do: the same post read once with its year and once without stays the same post.
    """
    return hashed_id(f"{month:02d}-{day:02d} {fold(title)}")


def hashed_id(name: str) -> str:
    """Return an id that depends on ``name`` alone, in the form that the ids of all posts have."""
    return "p-" + sha256(name.encode()).hexdigest()[:_HEX_DIGITS]
