"""What a single character or a named symbol is in a formula, and how latex2mathml gets to see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass
