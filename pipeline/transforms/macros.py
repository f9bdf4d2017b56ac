"""Macros that a post defines, expanded in its later formulas; the gate turns away what no converter should see."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pipeline.book import Book, Post
from pipeline.codes import Code
from pipeline.config import BuildConfig
from pipeline.diagnostics import Reporter
from pipeline.document import Math
from pipeline.formulas import change_formulas
from pipeline.tex.built_in import BUILT_IN
from pipeline.tex.expansion import expand
from pipeline.tex.gate import Reason, refusal
from pipeline.tex.macros import MacroError, Macros
from pipeline.tex.places import find_culprit

_CODES: Final = {Reason.LIMIT: Code.FORMULA_LIMIT, Reason.UNKNOWN: Code.FORMULA_COMMAND}


def macros(book: Book, reporter: Reporter) -> Book:
    """Set ``expanded`` of every formula, or ``error`` when it cannot be expanded within the limits."""
    common = _definitions(book.config, reporter)
    return replace(book, posts=tuple(_expand_post(post, common, reporter) for post in book.posts))


def _definitions(config: BuildConfig, reporter: Reporter) -> Macros:
    known: Macros = dict(BUILT_IN)
    for definition in config.macros:
        try:
            left = expand(definition, known).strip()
        except MacroError as error:
            left = str(error)
        else:
            left = left and f"{left!r} defines nothing"
        if left:
            reporter.report(Code.MACRO, f"in the configuration: {left}", config.places.get("macros"))
    return known


def _expand_post(post: Post, common: Macros, reporter: Reporter) -> Post:
    known = dict(common)
    return change_formulas(post, lambda math: _expand_math(math, known, reporter, post.id))


def _expand_math(math: Math, known: Macros, reporter: Reporter, post: str) -> Math:
    try:
        expanded = expand(math.tex, known)
    except MacroError as error:
        code, message, culprit = Code.MACRO, str(error), error.culprit
    else:
        found = refusal(expanded)
        if found is None:
            return replace(math, expanded=expanded)
        code, message, culprit = _CODES[found.reason], found.message, found.culprit
    span, length = find_culprit(math, culprit)
    reporter.report(code, message, span, post=post, length=length)
    return replace(math, error=message)
