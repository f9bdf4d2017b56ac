"""Nodes of drawn formulas that ziamath lacks or gives other bounds than they have."""

from __future__ import annotations

from ziafont.fonttypes import BBox
from ziamath.nodes.menclose import Menclose


class Enclosure(Menclose, tag="menclose"):
    """A frame or a stroke, as high as it is drawn: ziamath counts from the line, and cuts off what stands above it."""

    def _setup(self, **kwargs: object) -> None:
        super()._setup(**kwargs)
        inner = self.base.bbox
        padding = inner.ymin - self.bbox.ymin
        self.bbox = BBox(0, self.bbox.xmax, inner.ymin - padding, inner.ymax + padding)
