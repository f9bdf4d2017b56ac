"""Every formula of a book to MathML, each distinct one once: from the cache, from the workers, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.book import Book, Post
from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.document import Math, Reference
from pipeline.formulas import change_formulas, formulas_of
from pipeline.mathml import cache as disk
from pipeline.mathml.conversion import Conversion, Formula
from pipeline.tex.built_in import BUILT_IN
from pipeline.tex.expansion import expand
from pipeline.tex.gate import refusal
from pipeline.tex.macros import MacroError
from pipeline.tex.places import find_culprit, find_token, place
from pipeline.tex.references import with_references
from pipeline.tex.tokens import join, tokenize


def convert_formula(tex: str, *, display: bool) -> Conversion:
    """Convert one formula as it stands in a source, with the macros it defines itself; never raises."""
    try:
        expanded = expand(tex, dict(BUILT_IN))
    except MacroError as error:
        return _at(tex, Conversion(None, error=str(error)), error.culprit)
    found = refusal(expanded)
    if found:
        return _at(tex, Conversion(None, error=found.message), found.culprit)
    done = convert_formulas([(expanded, display)], jobs=1)[expanded, display]
    return done if expanded == tex or done.position is None else _at(tex, done, _blamed(expanded, done))


def _blamed(tex: str, done: Conversion) -> str:
    start = done.position or 0
    return tex[start : start + done.length]


def _at(tex: str, done: Conversion, culprit: str) -> Conversion:
    position = find_token(tex, culprit)
    return done._replace(position=position, length=1 if position is None else len(culprit))


def convert_formulas(
    formulas: Sequence[Formula], *, jobs: int = 1, cache: Path | None = None
) -> dict[Formula, Conversion]:
    """Return what becomes of each formula; the cache is read and added to."""
    distinct = list(dict.fromkeys(formulas))
    done = disk.load(cache, distinct) if cache else {}
    missing = [formula for formula in distinct if formula not in done]
    fresh = _convert(missing, jobs) if missing else {}
    if cache:
        disk.store(cache, fresh)
    return done | fresh


def _convert(formulas: Sequence[Formula], jobs: int) -> dict[Formula, Conversion]:
    # Loading the converter takes longer than many a command that needs none: a build from the cache, a check.
    from pipeline.mathml.engine import convert_one  # noqa: PLC0415 - loaded when a formula needs it
    from pipeline.mathml.workers import convert_all  # noqa: PLC0415 - loaded when a formula needs it

    return dict(zip(formulas, convert_all(formulas, convert_one, jobs), strict=True))


def convert_book(book: Book, reporter: Reporter, *, jobs: int, cache: Path | None) -> Book:
    """Return ``book`` with ``mathml`` and ``error`` of every formula filled in, and report the failures."""
    wanted = [_formula(math) for post in book.posts for math in formulas_of(post) if not math.error]
    done = convert_formulas(wanted, jobs=jobs, cache=cache)
    return replace(book, posts=tuple(_fill_in(post, done, reporter) for post in book.posts))


def _fill_in(post: Post, done: dict[Formula, Conversion], reporter: Reporter) -> Post:
    def converted(math: Math) -> Math:
        if math.error:
            return math
        result = done[_formula(math)]
        if result.error:
            _report(math, result, reporter, post.id)
        return replace(math, mathml=result.mathml, error=result.error)

    return change_formulas(post, converted)


def _report(math: Math, result: Conversion, reporter: Reporter, post: str) -> None:
    tex = _formula(math)[0]
    if tex == math.tex and result.position is not None:
        span, length = place(math, result.position), result.length
    else:
        span, length = find_culprit(math, _blamed(tex, result) if result.position is not None else "")
    reporter.report(Code.FORMULA_AS_SOURCE, result.error or "", span, post=post, length=length)


def _formula(math: Math) -> Formula:
    """Return what to convert: macros expanded, and numbers in the place of labels in references."""
    tex = math.meaning
    if math.references:
        tex = join(with_references(tokenize(tex), math.references, _numbered))
    return tex, math.display


def _numbered(reference: Reference) -> list[str]:
    return [replace(reference, label="???" if reference.number is None else reference.number).source]
