"""Nodes of drawn formulas that ziamath lacks or gives other bounds than they have."""

from __future__ import annotations

from typing import Final

from ziafont.fonttypes import BBox
from ziamath.nodes.menclose import Menclose
from ziamath.nodes.mnode import Mnode
from ziamath.nodes.mrow import Mrow

RATIO: Final = "ratio"
"""The attribute of ``Sized`` that says how many times as large as its surroundings it is."""

_TOO_LONG: Final = 1.333
"""By how much ziamath 0.13 lengthens what is measured in em: it makes pixels of points there as well."""

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


_length = Mnode.size_px


def _size_px(self: Mnode, size: str, fontsize: float | None = None) -> float:
    """Return a length; one that depends on the font is that part of the font's size that it says."""
    length = float(_length(self, size, fontsize))
    return length / _TOO_LONG if size.endswith(("em", "ex", "mu", "space")) else length


Mnode.size_px = _size_px  # type: ignore[method-assign] # the base of all nodes: no subclass reaches the others
