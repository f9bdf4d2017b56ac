"""The sizes that the classes of a formula ask for, as ``styles/math.css`` has them."""

from __future__ import annotations

from typing import Final

SIZES: Final = {
    "m-tiny": 0.5,
    "m-scriptsize": 0.7,
    "m-small": 0.85,
    "m-normalsize": 1.0,
    "m-large": 1.2,
    "m-larger": 1.44,
    "m-largest": 1.73,
    "m-huge": 2.07,
    "m-hugest": 2.49,
}
"""How many times as large as its surroundings a formula is."""
