"""Titles as markup that says where their lines would end, in elements around the words: the text stays what it is.

No style sheet can ask for it: ``word-break: auto-phrase`` does nothing for Chinese (measured in Chromium 156). And no
phrase is a box of its own, though such a box would break inside by itself: a browser's search sees no further than to
its edge. So a phrase says how wide it is, and the sheet ties it where the title's line is as wide as that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile
from math import ceil
from typing import Final

from pipeline.document import Inline, Inlines, Str
from pipeline.walk import source_text
from pipeline.writers.title_lines import LEANING, PAUSE, PHRASE_END, SCRIPTS_MEET
from pipeline.writers.widths import LATIN, width_of
from pipeline.writers.xhtml.inlines import inlines_to_markup, words_to_markup
from pipeline.writers.xhtml.rendering import Flow, Rendering

PHRASES: Final = range(8, 21)
"""The widths in em of the phrases that are kept together, each a class in the style sheet."""

_ENDS: Final = (PHRASE_END, PAUSE, SCRIPTS_MEET)
"""Where a title is divided, where a phrase of it that is longer than the line, and where what is longer even then."""

_AFTER: Final = 2  # characters that those look at behind the end
_LEANT_ON: Final = re.compile(f"(?:.{LEANING.pattern})+.")
_WITH_HYPHEN: Final = re.compile("[0-9A-Za-z]+(?:-[0-9A-Za-z]+)+")
_LETTER: Final = re.compile("[0-9A-Za-z]")
_CAPITAL: Final = re.compile("[A-Z]")


def title_to_markup(title: Inlines, rendering: Rendering, flow: Flow, ends: tuple[re.Pattern[str], ...] = _ENDS) -> str:
    """Return a title as phrasing content; where ``ends`` divide it, each piece is in an element of its own."""
    if width_of(title) <= PHRASES.start:
        return inlines_to_markup(title, rendering, flow)
    if not ends:
        return inlines_to_markup(title, rendering, flow, _words)
    pieces = tuple(_pieces(title, ends[0]))
    markup = [title_to_markup(piece, rendering, flow, ends[1:]) for piece in pieces]
    return "".join(map(_kept_together, pieces, markup)) if len(pieces) > 1 else markup[0]


def _kept_together(phrase: Inlines, markup: str) -> str:
    return _tied(markup, width_of(phrase), source_text(phrase))


def _tied(markup: str, width: float, text: str) -> str:
    """Markup that stays whole on a line as wide as a heading sets it; ``width`` is that of ``text`` in running text."""
    letters, capitals = len(_LETTER.findall(text)), len(_CAPITAL.findall(text))
    step = max(ceil(width + letters / 16 + capitals / 4), PHRASES.start)  # em; bold, and with gaps beside ideographs
    return f'<span class="phrase-{step}">{markup}</span>' if step in PHRASES else markup


def _pieces(title: Inlines, end: re.Pattern[str]) -> Iterator[Inlines]:
    """Divide ``title`` at the ends that stand in its own text; what is emphasised or a link stays whole."""
    piece: list[Inline] = []
    for place, inline in enumerate(title):
        if not isinstance(inline, Str):
            piece.append(inline)
            continue
        start, following = 0, source_text(title[place + 1 :])[:_AFTER]
        stops = (found.end() for found in end.finditer(inline.text + following))
        for stop in takewhile(len(inline.text).__ge__, stops):
            yield (*piece, replace(inline, text=inline.text[start:stop]))
            piece, start = [], stop
        piece.append(replace(inline, text=inline.text[start:]))
    yield tuple(piece)


def _words(text: str) -> str:
    """Text in which particles and the parts of a word with hyphens stay where they belong."""
    leaning = _LEANT_ON.sub(r'<span class="tie">\g<0></span>', words_to_markup(text))
    return _WITH_HYPHEN.sub(lambda word: _tied(word[0], len(word[0]) * LATIN, word[0]), leaning)
