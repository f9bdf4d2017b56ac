"""Tables with lines in drawn formulas: ziamath sets the cells, the lines are drawn here, midway between them."""

from __future__ import annotations

from itertools import pairwise
from typing import Final, TypeAlias

from ziafont.fonttypes import BBox
from ziamath.drawable import HLine, VLine
from ziamath.nodes.mtable import Mtable

SIDES: Final = "sides"
"""The attribute of a row or cell that says which lines it has: some of ``above``, ``below``, ``before``, ``after``."""

_PADDING: Final = 0.25  # em between a line at the table's edge and the cells
_THICKNESS: Final = 0.05  # em

_Extent: TypeAlias = tuple[float, float]


class RuledTable(Mtable, tag="mtable"):
    """A table with the lines that its rows and cells ask for; y grows downwards, as in the drawing."""

    def _setup(self, **kwargs: object) -> None:
        super()._setup(**kwargs)
        if all(SIDES not in node.attrib for node in self.element.iter()):
            return
        places = [(row, column) for row, element in enumerate(self.element) for column in range(len(element))]
        across: dict[int, list[_Extent]] = {}
        down: dict[int, list[_Extent]] = {}
        for (row, column), node, (x, y) in zip(places, self.nodes, self.nodexy, strict=True):
            across.setdefault(column, []).append((x + node.bbox.xmin, x + node.bbox.xmax))
            down.setdefault(row, []).append((y - node.bbox.ymax, y - node.bbox.ymin))
        em = float(self.glyphsize)
        self._draw_lines(_edges(across, _PADDING * em), _edges(down, _PADDING * em), _THICKNESS * em)

    def _draw_lines(self, across: list[float], down: list[float], thickness: float) -> None:
        """Add the lines, and widen the table by those at its edges."""
        for row, element in enumerate(self.element):
            for side, y in (("above", down[row]), ("below", down[row + 1])):
                if side in element.get(SIDES, "").split():
                    self._add(HLine(across[-1] - across[0], thickness, style=self.style), across[0], y - thickness / 2)
            for column, cell in enumerate(element):
                for side, x in (("before", across[column]), ("after", across[column + 1])):
                    if side in cell.get(SIDES, "").split():
                        self._add(VLine(down[row + 1] - down[row], thickness, style=self.style), x, down[row])
        self.bbox = BBox(
            min(self.bbox.xmin, across[0]),
            max(self.bbox.xmax, across[-1]),
            min(self.bbox.ymin, -down[-1]),
            max(self.bbox.ymax, -down[0]),
        )

    def _add(self, line: HLine | VLine, x: float, y: float) -> None:
        self.nodes.append(line)
        self.nodexy.append((x, y))


def _edges(cells: dict[int, list[_Extent]], padding: float) -> list[float]:
    """Where lines can stand: before the first column or row, midway between neighbours, after the last."""
    extents = [(min(start for start, _ in group), max(end for _, end in group)) for _, group in sorted(cells.items())]
    between = [(end + start) / 2 for (_, end), (start, _) in pairwise(extents)]
    return [extents[0][0] - padding, *between, extents[-1][1] + padding]
