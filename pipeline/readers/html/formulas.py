"""Formulas of a page, taken back from what MathJax, KaTeX, WordPress, Zhihu and others made of them.

Each becomes a word that stands for it. First those in elements that hold their TeX; then those that the text still has
between delimiters, found as MathJax finds them: in text that no element but ``<br>`` interrupts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final
from urllib.parse import parse_qs, unquote

from pipeline.document import Delimiters, Math
from pipeline.readers.addresses import split_address
from pipeline.readers.html.tree import Element, classes, elements, remove, replace_with_text
from pipeline.readers.pandoc.formulas import Formulas
from pipeline.source import Span
from pipeline.tex.delimiters import find_formulas

Place = Callable[[Element], Span]

_VERBATIM: Final = frozenset({"pre", "code", "script", "style", "textarea", "noscript", "math", "svg", "template"})
_RENDERED: Final = frozenset(
    {
        "MathJax_Preview",
        "MathJax",
        "MathJax_Display",
        "MathJax_SVG",
        "MathJax_SVG_Display",
        "MathJax_CHTML",
        "MJXc-display",
    }
)
"""What MathJax 2 shows beside the script that keeps the TeX."""
_MATHS: Final = frozenset({"katex", "katex-display", "mwe-math-element"})  # classes of what holds one formula
_DATA: Final = ("data-tex", "data-latex", "data-math", "data-formula")
_CDATA: Final = re.compile(r"\s*%\s*<!\[CDATA\[\s*\n?(.*?)%?\s*\]\]>\s*", re.DOTALL)
_IMAGE_HOSTS: Final = (
    "latex.codecogs.com",
    "wp.com/latex.php",
    "zhihu.com/equation",
    "chart.googleapis.com",
    "render/math",
)
_LAST_ROW: Final = re.compile(r"(?<!\\)\\\\\Z")  # by a row's end, with nothing after it, Zhihu marks displayed formulas
_NUMBER: Final = re.compile(r"(?:\s*(?:\\[ ,;!]|\\q?quad(?![a-z])|~)){3,}\s*\(([0-9A-Za-z.*']{1,8})\)\s*\Z")
"""The number that LaTeX2WP writes behind a displayed formula, since WordPress.com knows no other way."""
_MARKS: Final = " \t\n\xa0.,;:。，；："  # what may stand behind a displayed formula on its line
_CENTRED: Final = "has-text-align-center"
_DISPLAY: Final = re.compile(r"\{\\displaystyle\s?(.*)\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Found:
    """The TeX of an element."""

    tex: str
    display: bool


def take_formulas(root: Element, formulas: Formulas, place: Place) -> None:
    """Replace every formula under ``root`` by its word in ``formulas``."""
    for element in elements(root):
        found = _held(element)
        if found and _is_in(element, root):
            math = _math(found, place(element))
            replace_with_text(element, formulas.put(math, math.source))
        elif not found and (rendered := _rendered(element)) is not None:
            _leave_alone(element, rendered)
    for element in elements(root):
        if classes(element) & _RENDERED and _is_in(element, root):
            remove(element)
    _take_from_text(root, formulas, place)


def _is_in(element: Element, root: Element) -> bool:
    """Whether an element is still part of the tree."""
    return element is not root and any(ancestor is root for ancestor in element.iterancestors())


def _math(found: _Found, span: Span) -> Math:
    tex = _LAST_ROW.sub("", found.tex.strip()).rstrip()
    if found.display:
        tex = _NUMBER.sub(r" \\tag{\1}", tex)
        inner = find_formulas(tex)
        if len(inner) == 1 and (inner[0].start, inner[0].end) == (0, len(tex)):
            return Math(inner[0].tex, inner[0].delimiters, span)
    return Math(tex, Delimiters.DOLLARS if found.display else Delimiters.DOLLAR, span)


def _held(element: Element) -> _Found | None:
    """Return the TeX that this element, as a whole, stands for."""
    tag, names = element.tag, classes(element)
    if tag == "script":
        return _script(element)
    if tag == "img":
        return _image(element)
    if _is_maths(element):
        return _annotated(element)
    if "katex-eq" in names:  # as WordPress's KaTeX plugin stores its blocks
        return _Found(element.text_content(), element.get("data-katex-display") == "true")
    tex = next((value for name in _DATA if (value := element.get(name))), None)
    if tex and tag in ("span", "div", "p", "figure", "code"):
        return _Found(tex, _is_display(element) or tag in ("div", "p", "figure"))
    return None


def _is_maths(element: Element) -> bool:
    return element.tag in ("mjx-container", "math") or not _MATHS.isdisjoint(classes(element))


def _script(element: Element) -> _Found | None:
    kind = element.get("type", "").lower()
    if not kind.startswith("math/tex"):
        return None
    tex = element.text or ""
    wrapped = _CDATA.fullmatch(tex)
    return _Found(wrapped[1] if wrapped else tex, "mode=display" in kind.replace(" ", ""))


def _annotated(element: Element) -> _Found | None:
    """The TeX beside MathML, wherever its maker put it; MathML without any is left to pandoc, which reads it."""
    for annotation in elements(element, "annotation"):
        if "tex" in annotation.get("encoding", "").lower():
            return _Found(_undisplayed(annotation.text_content()), _is_display(element))
    for inner in elements(element):
        tex = inner.get("alttext") or next((value for name in _DATA if (value := inner.get(name))), "")
        if tex:
            return _Found(_undisplayed(tex), _is_display(element))
    return None


def _rendered(element: Element) -> Element | None:
    """Return the MathML inside an element that is a formula and more; None where it is none, or nothing else."""
    math = next(iter(elements(element, "math")), None) if _is_maths(element) else None
    return None if math is element else math


def _leave_alone(element: Element, math: Element) -> None:
    """Keep the MathML of a rendered formula, and nothing of how it was drawn."""
    if _is_display(element):
        math.set("display", "block")
    math.tail = None
    for child in list(element):
        element.remove(child)
    element.text = None
    element.append(math)
    element.attrib.clear()
    element.tag = "span"


def _undisplayed(tex: str) -> str:
    r"""Wikipedia puts all formulas into ``{\\displaystyle …}``."""
    match = _DISPLAY.fullmatch(tex.strip())
    return match[1] if match else tex


def _is_display(element: Element) -> bool:
    if element.get("display") in ("block", "true") or element.get("mode") == "display":
        return True
    if "2" in (element.get("data-eeimg"), element.get("eeimg")):  # as Zhihu tells displayed formulas from others
        return True
    parent = element.getparent()
    names = classes(element) | (classes(parent) if parent is not None else frozenset())
    return any(name.lower().endswith("display") for name in names) or _is_set_apart(element)


def _is_set_apart(element: Element) -> bool:
    """Whether nothing else stands in a centred paragraph, as WordPress.com has it, or in Wikipedia's indented line."""
    parent = element.getparent()
    if parent is None or len(parent) != 1 or ((parent.text or "") + (element.tail or "")).strip():
        return False
    return parent.tag == "dd" or _is_centred(parent)


def _is_centred(element: Element) -> bool:
    """Whether a paragraph is set in the middle, as its author says in tags, or WordPress's block editor by a class."""
    style = element.get("style", "").replace(" ", "")
    said = element.get("align") == "center" or "text-align:center" in style or _CENTRED in classes(element)
    return element.tag == "center" or (element.tag in ("p", "div") and said)


def _image(element: Element) -> _Found | None:
    """A formula as a picture, whose address or ``alt`` has its TeX."""
    address = element.get("src", "") or element.get("data-src", "")
    names = classes(element)
    tex = element.get("data-tex") or element.get("data-latex") or ""
    if not tex and any(host in address for host in _IMAGE_HOSTS):
        tex = _query(address)
    if not tex and names & {
        "latex",
        "tex",
        "math",
        "mwe-math-fallback-image-inline",
        "mwe-math-fallback-image-display",
    }:
        tex = _undisplayed(element.get("alt", ""))
    return _Found(tex, _is_display(element)) if tex.strip() else None


def _query(address: str) -> str:
    parts = split_address(address)
    values = parse_qs(parts.query, keep_blank_values=True)
    for name in ("tex", "latex", "chl", "math"):
        if name in values:
            return values[name][0]
    return unquote(parts.query.replace("+", " "))


def _take_from_text(root: Element, formulas: Formulas, place: Place) -> None:
    for element in [root, *elements(root)]:
        if element.tag not in _VERBATIM and not any(a.tag in _VERBATIM for a in element.iterancestors()):
            runs = list(_runs(element))
            apart = len(runs) == 1 and _is_centred(element)
            for run in runs:
                _take_from_run(run, formulas, place, apart=apart)


@dataclass(slots=True)
class _Slot:
    """One piece of text: before the first child of ``owner``, or behind ``owner``."""

    owner: Element
    tail: bool

    @property
    def text(self) -> str:
        return (self.owner.tail if self.tail else self.owner.text) or ""

    @text.setter
    def text(self, value: str) -> None:
        if self.tail:
            self.owner.tail = value
        else:
            self.owner.text = value


def _runs(element: Element) -> Iterator[list[_Slot]]:
    """Yield the texts of ``element`` itself, cut where an element other than ``<br>`` or a comment stands."""
    run = [_Slot(element, tail=False)]
    for child in element:
        if isinstance(child.tag, str) and child.tag != "br":
            yield run
            run = []
        run.append(_Slot(child, tail=True))
    yield run


def _take_from_run(run: list[_Slot], formulas: Formulas, place: Place, *, apart: bool) -> None:
    """Replace the formulas of one run; a formula over several slots draws what follows it into the first of them.

    One that is all that there is is displayed where the run is set ``apart``.
    """
    texts = [slot.text for slot in run]
    joined = "\n".join(texts)
    found = find_formulas(joined)
    if not found:
        return
    displayed = apart and not (joined[: found[0].start] + joined[found[0].end :]).strip(_MARKS)
    starts = [0, *accumulate(len(text) + 1 for text in texts[:-1])]
    pieces: list[list[str]] = [[] for _ in run]
    home = list(range(len(run)))  # the slot that the text of each slot goes to
    done = 0
    for formula in found:
        first, last = bisect_right(starts, formula.start) - 1, bisect_right(starts, formula.end - 1) - 1
        _copy(texts, starts, (done, formula.start), home, pieces)
        math = Math(formula.tex, formula.delimiters, place(run[first].owner))
        if displayed and not math.display:
            math = _math(_Found(formula.tex, display=True), math.span)
        pieces[home[first]].append(formulas.put(math, joined[formula.start : formula.end]))
        home[first + 1 : last + 1] = [home[first]] * (last - first)
        done = formula.end
    _copy(texts, starts, (done, len(joined)), home, pieces)
    for index, slot in enumerate(run):
        slot.text = "".join(pieces[index])
        if home[index] != index:
            remove(slot.owner)


def _copy(
    texts: list[str], starts: list[int], bounds: tuple[int, int], home: list[int], pieces: list[list[str]]
) -> None:
    """Give the text between two offsets to the slots that it goes to; line ends between slots are there already."""
    start, end = bounds
    index = bisect_right(starts, start) - 1
    while index < len(texts) and starts[index] < end:
        pieces[home[index]].append(texts[index][max(start - starts[index], 0) : end - starts[index]])
        index += 1
