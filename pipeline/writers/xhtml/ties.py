"""What a formula inside a line is tied to: the marks that must not part from it, and the gap to an ideograph.

Engines may break a line on either side of ``<math>``, whatever stands there, and ``text-autospace`` does not see it
(measured in Chromium). So the marks next to a formula go with it into one box that does not break, which keeps a line
from beginning with a comma or ending with an opening bracket, and a class says where the style sheet leaves a gap.
"""

from __future__ import annotations

from html import escape
from typing import Final

from pipeline.han import is_han

_CLOSING: Final = "，。、；：？！）》」』】〉〕”’,.;:?!)]}%…"
_OPENING: Final = "（《「『【〈〔“‘([{"
_HAN_CLASSES: Final = {(True, True): "han-both", (True, False): "han-before", (False, True): "han-after"}


def leading_marks(text: str) -> str:
    """Return the closing marks that ``text`` begins with."""
    return text[: len(text) - len(text.lstrip(_CLOSING))]


def trailing_marks(text: str) -> str:
    """Return the opening marks that ``text`` ends with."""
    return text[len(text.rstrip(_OPENING)) :]


def tied(math: str, before: str, after: str, *, wide: bool) -> str:
    """Return the markup of a formula with the marks beside it; ``before`` and ``after`` are the text around it.

    What is ``wide`` gets a box that scrolls where the line is too short for it.
    """
    opening, closing = trailing_marks(before), leading_marks(after)
    spaced = _spaced(math, before=is_han(before[-1:]), after=is_han(after[:1]))
    if not opening and not closing and not wide:
        return spaced
    kind = 'class="tie wide" tabindex="0"' if wide else 'class="tie"'
    return f"<span {kind}>{escape(opening, quote=False)}{spaced}{escape(closing, quote=False)}</span>"


def _spaced(math: str, *, before: bool, after: bool) -> str:
    """Add the class that says on which sides an ideograph stands; only ``<math>`` itself can carry it."""
    name = _HAN_CLASSES.get((before, after))
    if name is None or not math.startswith("<math ") or " class=" in math[: math.index(">")]:
        return math
    return f'<math class="{name}" {math[6:]}'
