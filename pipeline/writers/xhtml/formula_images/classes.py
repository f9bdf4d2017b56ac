"""What the classes of formulas (listed in ``pipeline.mathml``) are in a drawing, in the words that ziamath knows.

These are MathML 3's attributes, but for lengths: of an em ziamath makes 4/3 (pixels of points).
"""

from __future__ import annotations

from typing import Final

from pipeline.tex.colours import PALETTE

NOTATIONS: Final = {
    "m-box": "box",
    "m-round": "roundedbox",
    "m-circle": "circle",
    "m-cancel": "updiagonalstrike",
    "m-bcancel": "downdiagonalstrike",
    "m-xcancel": "updiagonalstrike downdiagonalstrike",
    "m-strike": "horizontalstrike",
    "m-vstrike": "verticalstrike",
}
"""Frames and strikes, as ``<menclose>`` names them."""

LINES: Final = {
    f"m-line-{side}{style}": (side, notation)
    for side, notation in (("above", "top"), ("below", "bottom"), ("before", "left"), ("after", "right"))
    for style in ("", "-dashed")
}
"""Lines: their side in a table, and what ``<menclose>`` calls them elsewhere. Dashes are drawn as a line."""

VARIANTS: Final = {"m-bold": "bold", "m-italic": "italic", "m-sans": "sans", "m-mono": "mono"}
"""The faces of prose, which may be joined."""

SPACES: Final = (
    dict.fromkeys("⋅∗†×⊗⊕⊖⊙⊘∘∙•⋆∧∨∩∪∖⧵", ("0.2222em", "0.2222em"))
    | dict.fromkeys("≜⊂⊃⟷⟶⟵⟹⟺⟸", ("0.2778em", "0.2778em"))
    | dict.fromkeys(",;", ("0em", "0.1667em"))
)
"""The spaces before and after signs that ziamath gives others: TeX's of operators, of relations and of commas."""

_ROWS: Final = {"columnspacing": "0em 2.7em", "rowspacing": "0.7em", "displaystyle": "true"}
_CELLS: Final = {"columnspacing": "1em", "rowspacing": "0.4em", "displaystyle": "false"}
ATTRIBUTES: Final[dict[str, dict[str, str]]] = {
    "m-left": {"columnalign": "left"},
    "m-right": {"columnalign": "right"},
    "m-aligned": _ROWS,
    "m-alignat": {"columnspacing": "0em"},
    "m-gathered": _ROWS,
    "m-multline": _ROWS,
    "m-eqnarray": _ROWS | {"columnspacing": "0.4em"},
    "m-array": _CELLS,
    "m-matrix": _CELLS,
    "m-diagram": _CELLS,
    "m-cases": _CELLS | {"columnspacing": "1em"},
    "m-smallmatrix": _CELLS | {"columnspacing": "0.4em", "rowspacing": "0.15em"},
    "m-display": {"displaystyle": "true", "scriptlevel": "0"},
    "m-text": {"displaystyle": "false", "scriptlevel": "0"},
    "m-script": {"displaystyle": "false", "scriptlevel": "1"},
    "m-scriptscript": {"displaystyle": "false", "scriptlevel": "2"},
    "m-vec": {"mathsize": "0.65em", "lspace": "0", "rspace": "0"},
}


def _mixed(colour: str) -> str:
    """A ground of a colour: 18 % of it on white, as in ``styles/math.css``."""
    return "#" + "".join(f"{round(255 - 0.18 * (255 - int(colour[at : at + 2], 16))):02x}" for at in (1, 3, 5))


COLOURS: Final[dict[str, dict[str, str]]] = {
    name: attributes
    for colour, (_, on_white, _) in PALETTE.items()
    for name, attributes in (
        (f"mc-{colour}", {"mathcolor": on_white} if on_white else {}),
        (f"mc-on-{colour}", {"mathbackground": _mixed(on_white)} if on_white else {}),
    )
} | {"m-rule": {"mathbackground": "black"}}
"""The colours of ink and ground, of frames too."""

UNDRAWN: Final = frozenset({"m-gap", "m-llap", "m-clap", "m-dashed"})
"""What a drawing does not show: ``docs/limits.md`` says so."""
