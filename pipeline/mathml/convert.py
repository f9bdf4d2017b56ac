"""Every formula of a book to MathML: each distinct one once."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pipeline.book import Book
from pipeline.diagnostics import Reporter
from pipeline.document import Inline, Inlines, Math, Xref
from pipeline.mathml.atoms import TexError
from pipeline.mathml.latex2mathml_engine import convert, draft
from pipeline.walk import map_blocks, map_inlines

_REFERENCE: Final = re.compile(r"(\\(?:eq)?ref)\s*\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Conversion:
    """What became of a formula: ``mathml`` by ``engine``, or why not, and where in the TeX the reason stands."""

    mathml: str | None
    engine: str | None = None
    error: str | None = None
    position: int | None = None
    length: int = 1


def convert_formula(tex: str, *, display: bool) -> Conversion:
    """Convert one formula; whatever is wrong with it is told in the result."""
    try:
        return Conversion(convert(draft(tex, display=display), display=display), "latex2mathml")
    except TexError as error:
        return Conversion(None, error=str(error))
    except Exception as error:  # noqa: BLE001 - the converter raises whatever it stumbles over
        return Conversion(None, error=f"{type(error).__name__}: {error}")


def convert_book(book: Book, reporter: Reporter, *, jobs: int = 1, cache: Path | None = None) -> Book:  # noqa: ARG001
    """Return ``book`` with ``mathml``, ``engine`` and ``error`` of every formula filled in."""
    done: dict[tuple[str, bool], Conversion] = {}

    def converted(math: Math) -> Math:
        if math.error:
            return math
        tex = _resolved(math)
        key = (tex, math.display)
        if key not in done:
            done[key] = convert_formula(tex, display=math.display)
        result = done[key]
        return replace(math, mathml=result.mathml, engine=result.engine, error=result.error)

    def change(inline: Inline) -> Inlines:
        if isinstance(inline, Math):
            return (converted(inline),)
        if isinstance(inline, Xref):
            return (replace(inline, math=converted(inline.math)),)
        return (inline,)

    return replace(
        book,
        posts=tuple(
            replace(post, title=map_inlines(post.title, change), blocks=map_blocks(post.blocks, change))
            for post in book.posts
        ),
    )


def _resolved(math: Math) -> str:
    """Return the TeX to convert: macros expanded, and numbers in the place of labels in references."""
    tex = math.tex if math.expanded is None else math.expanded
    if not math.references:
        return tex
    references = iter(math.references)

    def number(match: re.Match[str]) -> str:
        reference = next(references, None)
        return f"{match[1]}{{{(reference and reference.number) or '???'}}}"

    return _REFERENCE.sub(number, tex)
