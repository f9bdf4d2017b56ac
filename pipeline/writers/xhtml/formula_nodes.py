"""Nodes of drawn formulas that ziamath lacks or gives other bounds than they have."""

from __future__ import annotations

from typing import Final

from ziafont.fonttypes import BBox
from ziamath.nodes.menclose import Menclose
from ziamath.nodes.mrow import Mrow

RATIO: Final = "ratio"
"""The attribute of ``Sized`` that says how many times as large as its surroundings it is."""

_ROUND: Final = frozenset({"roundedbox", "circle"})


class Sized(Mrow, tag="msized"):
    """A row in another size, bars and spaces too; ziamath's ``mathsize`` is of letters alone, and stretches fences."""

    def _setup(self, **kwargs: object) -> None:
        ratio = float(self.element.get(RATIO, "1"))
        self.size *= ratio
        self.glyphsize *= ratio
        self._font_pts_per_unit *= ratio
        self._glyph_pts_per_unit *= ratio
        super()._setup(**kwargs)


class Enclosure(Menclose, tag="menclose"):
    """A frame or a stroke, as large as it is drawn: ziamath counts from the line, and cuts off what stands above it.

    One that is round has no corners besides.
    """

    def _setup(self, **kwargs: object) -> None:
        if _ROUND.intersection(self.notation):
            self.notation = [name for name in self.notation if name != "box"]
        super()._setup(**kwargs)
        inner = self.base.bbox
        padding = inner.ymin - self.bbox.ymin
        width = inner.xmax - inner.xmin + 2 * padding
        self.bbox = BBox(0, width, inner.ymin - padding, inner.ymax + padding)
