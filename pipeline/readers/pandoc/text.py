"""A line of plain text, such as a title, with the formulas in it."""

from __future__ import annotations

from pipeline.document import Delimiters, Inlines, Math, Str
from pipeline.source import Span
from pipeline.tex.delimiters import find_formulas


def text_with_formulas(text: str, span: Span) -> Inlines:
    """Return one line of plain text with the formulas in it."""
    inlines: list[Str | Math] = []
    done = 0
    for formula in find_formulas(text):
        if done < formula.start:
            inlines.append(Str(text[done : formula.start], span))
        environment = formula.delimiters is Delimiters.ENVIRONMENT
        inlines.append(Math(formula.tex, formula.delimiters if environment else Delimiters.DOLLAR, span))
        done = formula.end
    return (*inlines, Str(text[done:], span)) if done < len(text) else tuple(inlines)
