"""How wide a formula will be, roughly, in em of its own size: judged by the signs that it shows and the room they take.

Compared with Chromium and STIX Two Math: of a blog's 2700 formulas wider than 5 em, nine of ten are within a tenth.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import zip_longest
from typing import Final
from unicodedata import normalize

from lxml import etree

from pipeline.writers.widths import text_width
from pipeline.writers.xhtml.formula_sizes import SIZES

_MATH: Final = re.compile(r"<math\b.*?</math>", re.DOTALL)
_SURELY: Final = 1.05  # times the estimate is enough for nearly all
_RELATION: Final = 2.0  # em; what is no wider is a relation by itself, which should not end a line
_HANGING: Final = 1.5  # em; styles/epub.css, what all lines but the first are indented by

_SCRIPT: Final = 0.71  # times the size of its base has a script
_SIZES: Final = {
    "m-script": 0.71,
    "m-scriptscript": 0.5,
    "m-smallmatrix": 0.75,
    **SIZES,
}
"""The classes that change the size."""

_BESIDE: Final = {"m-array": 0.6, "m-matrix": 1.1, "m-smallmatrix": 0.8, "m-cases": 0.5}
"""Em at both sides of a cell together; in other tables, columns touch, but for those of the next equation.

An array's is a phone's: on wider pages there is more, and more room."""

_NEXT: Final = 2.0  # em before the columns of a row's second equation

_ROOT: Final = 0.75  # em before what stands under a root
_SUM: Final = 1.4  # em of a large operator in a display
_LARGE: Final = frozenset("∑∏∐∫∬∭∮⋃⋂⨁⨂")
_STACKED: Final = frozenset({"munder", "mover", "munderover"})
_WITH_SCRIPTS: Final = frozenset({"msub", "msup", "msubsup", "mmultiscripts"})

_OPERATORS: Final = {
    **dict.fromkeys("=≠≈≡∼≃≅≜≝≐≤≥⩽⩾≪≫≲≳∈∉∋⊂⊆⊃⊇∝≺≻<>→←↔↦⇒⇐⇔⟶⟵⟷⟹⟸⟺⟼⇌⊥", (0.72, 0.28)),
    **dict.fromkeys("+−±∓×⊗⊙⊕∘∪∩∧∨÷", (0.72, 0.22)),
    **dict.fromkeys("⋅∗", (0.4, 0.22)),
    **dict.fromkeys(",;", (0.24, 0.09)),
    **dict.fromkeys("⋯…", (0.95, 0.0)),
}
"""What a sign between others is wide, and the space at each of its sides (MathML Core, appendix B)."""

_NARROW: Final = dict.fromkeys("ijltfrsI.,:;'|!()[]{}⟨⟩⌈⌉⌊⌋′/-", 0.34)
_BROAD: Final = dict.fromkeys("mwMWQOGDHNUVKXAREΔ∇⊤%", 0.76)
_SIGNS: Final = _NARROW | _BROAD


def widest(markup: str) -> float:
    """Return how wide a line must be for the formulas in ``markup``, if lines are broken between them alone."""
    most = before = 0.0
    for index, math in enumerate(_MATH.findall(markup)):
        width = node_width(etree.fromstring(math))
        most = max(most, before + width * _SURELY + (_HANGING if index else 0))
        before = width if width <= _RELATION else 0.0
    return most


@lru_cache(maxsize=4096)
def line_width(mathml: str) -> float:
    """Return the width of a formula inside a line; a book has ``x`` over and over."""
    return node_width(etree.fromstring(mathml), display=False) if mathml else 0.0


def node_width(node: etree._Element, *, display: bool = True) -> float:
    """Return the width of ``node``, a MathML element, as part of a display or of a line."""
    names = node.get("class", "").split()
    size = next((_SIZES[name] for name in names if name in _SIZES), 1.0) if names else 1.0
    return size * _own_width(node, names, display=display or "m-display" in names)


def _own_width(node: etree._Element, names: list[str], *, display: bool) -> float:
    match node.tag.rpartition("}")[2]:
        case "mi" | "mn":
            return _letters(node.text or "")
        case "mo":
            return _operator(node, display=display)
        case "mspace":
            return _length(node.get("width"))
        case "mtable":
            inside = display and "m-array" not in names and "m-matrix" not in names
            beside = next((_BESIDE[name] for name in names if name in _BESIDE), 0.0)
            columns = zip_longest(*([node_width(cell, display=inside) for cell in row] for row in node), fillvalue=0.0)
            widths = [max(column) + beside for column in columns]
            apart = (len(widths) - 1) // 2 if "m-aligned" in names and "m-alignat" not in names else 0
            return sum(widths) + _NEXT * apart
        case "mfrac":
            parts = max(node_width(part, display=False) for part in node)
            return parts * (1.0 if display else _SCRIPT) + 0.1
        case tag if tag in _STACKED:
            base, *limits = (node_width(part, display=display and not index) for index, part in enumerate(node))
            return max(base, _SCRIPT * max(limits))
        case tag if tag in _WITH_SCRIPTS:
            base, *scripts = (node_width(part, display=display and not index) for index, part in enumerate(node))
            return base + _SCRIPT * max(scripts)
        case "msqrt" | "mroot":
            return _ROOT + sum(node_width(part, display=display) for part in list(node)[:1])
        case _ if len(node):
            return sum(node_width(part, display=display) for part in node)
        case _:
            return _letters(node.text or "")


def _operator(node: etree._Element, *, display: bool) -> float:
    sign = (node.text or "").strip()
    if sign in _LARGE:
        return _SUM if display else 1.0
    width, space = _OPERATORS.get(sign) or (_letters(sign), 0.0)
    if node.get("form") in ("prefix", "postfix"):
        space = 0.0
    return width + sum(_length(own) if own else space for own in (node.get("lspace"), node.get("rspace")))


@lru_cache(maxsize=4096)
def _letters(text: str) -> float:
    return sum(_SIGNS.get(sign) or text_width(sign) for sign in normalize("NFKC", text.strip()))


def _length(value: str | None) -> float:
    """Return a length in em; what is in other units, or nothing, is none."""
    try:
        return float((value or "0").removesuffix("em"))
    except ValueError:
        return 0.0
