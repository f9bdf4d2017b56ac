"""The classes of formulas, as the docstring of their room lists them."""

from __future__ import annotations

import re
from typing import Final

from pipeline import mathml
from pipeline.tex.colours import PALETTE

LAYOUT: Final = frozenset(re.findall(r"``(m-[a-z-]+)``", mathml.__doc__ or ""))
COLOURS: Final = tuple(name for name, (_, readable, _) in PALETTE.items() if readable)
CLASSES: Final = frozenset(
    {
        *LAYOUT,
        *(f"{name}-dashed" for name in LAYOUT if name.startswith("m-line-")),
        *(f"{kind}-{name}" for kind in ("mc", "mc-on") for name in COLOURS),
    }
)
