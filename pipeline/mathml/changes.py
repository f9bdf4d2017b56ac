"""What marks do to the element that follows them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Final
from xml.etree.ElementTree import Element

from pipeline.tex.symbols import KINDS, Kind

_STACKED = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
_SCRIPTED = frozenset({*_STACKED, *_STACKED.values(), "mmultiscripts"})
"""What takes its space from the operator in its base."""
_LOW: Final = frozenset({"mrow", "mi", "mn", "mo", "mtext", "mspace", "msub", "msup", "msubsup"})
_TALL_ATTRIBUTES: Final = frozenset({"class", "minsize", "height"})
_TALL_KINDS: Final = frozenset({Kind.LARGE, Kind.INTEGRAL})


def stacked_limits(element: Element) -> Element:
    """Put scripts below and above; latex2mathml knows limits of named commands alone."""
    element.tag = _STACKED[element.tag]
    return element


def displayed_limits(element: Element) -> Element:
    r"""Put scripts below and above because the style is that of displays, unless a division follows: ``\over``."""
    return stacked_limits(element)


def movable_limits(element: Element) -> Element:
    """Put scripts below and above, from where browsers move them beside the operator in running text, as TeX does."""
    operator = next(element.iter("mo"), None)
    if operator is not None:
        operator.set("movablelimits", "true")
    return stacked_limits(element)


def forced_limits(element: Element) -> Element:
    r"""Do so in running text too: ``\limits``."""
    return fixed_limits(stacked_limits(element))


def fixed_limits(element: Element) -> Element:
    """Keep below and above what is there, in running text too, where browsers would move the limits of a sum."""
    operator = next(element.iter("mo"), None)
    if operator is not None and KINDS.get(operator.text or "") is Kind.LARGE:
        operator.set("movablelimits", "false")
    return element


def accent(element: Element) -> Element:
    """Bring the upper part near its base, unscaled."""
    element.set("accent", "true")
    return element


def accent_under(element: Element) -> Element:
    """Bring the lower part near its base, unscaled."""
    element.set("accentunder", "true")
    return element


def fitted(row: Element) -> Element:
    """Leave fences around letters as they are: Chromium gives what may grow the width of its tallest form.

    Around fences of a fixed size they are no smaller, though browsers ask them for the height of all else alone.
    """
    fences = [part for part in row if part.get("stretchy") == "true" and "minsize" not in part.attrib]
    if all(_is_low(part) for part in row if part not in fences):
        for fence in fences:
            space = {name: value for name, value in fence.attrib.items() if name.endswith("space")}
            fence.attrib = {"stretchy": "false", **space}  # where a fence stands in its row says what form it has
    elif sizes := [size for part in row if (size := part.get("minsize"))]:
        for fence in fences:
            fence.set("minsize", max(sizes, key=lambda size: float(size.removesuffix("em"))))
    return row


def _is_low(element: Element, *, script: bool = False) -> bool:
    """Whether an element is no taller than letters and their scripts: without any, and one sign above one below."""
    scripted = element.tag in _STACKED
    return (
        element.tag in _LOW
        and not (scripted and script)
        and not (element.tag == "msubsup" and len(element[2]))
        and _TALL_ATTRIBUTES.isdisjoint(element.attrib)
        and element.get("stretchy") != "true"
        and KINDS.get(element.text or "") not in _TALL_KINDS
        and all(_is_low(part, script=script or (scripted and index > 0)) for index, part in enumerate(element))
    )


def no_line(element: Element) -> Element:
    """Make a fraction a pile of two, as in a binomial coefficient."""
    element.set("linethickness", "0")
    return element


def tight(element: Element) -> Element:
    """Take the space around an operator that its author put in braces: ``1{,}000``."""
    for operator in element.iter("mo"):
        operator.set("lspace", "0")
        operator.set("rspace", "0")
    return element


def spaced(before: str, after: str) -> Callable[[Element], Element]:
    r"""Give operators, alone or several as one, or anything else the space of another class: ``\mathrel{:=}``."""

    def change(element: Element) -> Element:
        core = element
        while core.tag in _SCRIPTED:
            core = core[0]
        leaves = [leaf for leaf in core.iter() if len(leaf) == 0]
        if core.tag in ("mo", "mrow") and leaves and all(leaf.tag == "mo" for leaf in leaves):
            leaves[0].set("lspace", before)
            for left, right in pairwise(leaves):
                left.attrib.setdefault("rspace", "0")
                right.attrib.setdefault("lspace", "0")
            leaves[-1].set("rspace", after)
            return element
        return _between(before, element, after)

    return change


def _between(before: str, element: Element, after: str) -> Element:
    if before == after == "0":
        return element
    row = Element("mrow")
    row.extend(Element("mspace", {"width": width}) for width in (before,) if width != "0")
    row.append(element)
    row.extend(Element("mspace", {"width": width}) for width in (after,) if width != "0")
    return row


def classed(*names: str) -> Callable[[Element], Element]:
    """Give the element a class; the style sheet does the rest."""

    def change(element: Element) -> Element:
        together = " ".join(filter(None, (element.get("class", ""), *names)))
        if together:
            element.set("class", together)
        return element

    return change


def boxed(tag: str, **attributes: str) -> Callable[[Element], Element]:
    """Put the element inside another one: a phantom, a padded box."""

    def change(element: Element) -> Element:
        box = Element(tag, attributes)
        box.append(element)
        return box

    return change


def multiscripts(table: Element) -> Element:
    """Make scripts at four corners of a row of five cells: latex2mathml has no other way to say five things."""
    base, below, above, before_below, before_above = (_only(cell) for cell in table[0])
    scripts = Element("mmultiscripts")
    scripts.extend((base, below, above, Element("mprescripts"), before_below, before_above))
    return scripts


def _only(cell: Element) -> Element:
    if len(cell) == 1:
        return cell[0]
    row = Element("mrow")
    row.extend(cell)
    return row
