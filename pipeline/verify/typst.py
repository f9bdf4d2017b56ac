"""Typst as pandoc's reader can take it: what its writer puts before the text, and formulas, are beyond it.

The template's rules (``#show link: …``) make that reader drop every link and every piece of code, text and all, and it
refuses formulas that typst sets (``floor.l``). Nothing of either is compared.
"""

from __future__ import annotations

import re
from typing import Final

_TEMPLATE_ENDS: Final = "\n  doc,\n)\n"
_DEFINED: Final = "#let horizontalrule = line()\n"  # by the template, for the text
_TOKEN: Final = re.compile(r'\\.|(`{3,}).*?\1|`[^`]*`|"(?:[^"\\]|\\.)*"|[$\[\]]', re.DOTALL)
_FORMULA: Final = "$x$"

TYPED: Final = dict.fromkeys(map(ord, '‘’“”"'), "'") | {ord("…"): "...", ord("–"): "--", ord("—"): "---"}
"""Marks that typst writes with others, which pandoc's reader makes marks of again, by rules of its own."""


def readable(text: str) -> str:
    """Return the text of a book as typst, every formula in it another."""
    template, _, body = text.partition(_TEMPLATE_ENDS)
    return _DEFINED + _without_formulas(body or template)


def _without_formulas(text: str) -> str:
    """A formula may hold text in brackets, and that formulas: ``$ #box([$ x $]) $``."""
    kept, start = list[str](), 0
    opened = list[str]()
    for token in _TOKEN.finditer(text):
        match token[0]:
            case "$" if opened[-1:] == ["$"]:
                opened.pop()
                start = token.end()
            case "$" | "[" as mark if opened or mark == "$":
                if not opened:
                    kept += (text[start : token.start()], _FORMULA)
                opened.append(mark)
            case "]" if opened[-1:] == ["["]:
                opened.pop()
            case _:
                pass
    return "".join(kept) + ("" if opened else text[start:])
