r"""What ``\ref`` and ``\eqref`` mean: the equations of the same post, before or after."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from pipeline.book import Book, Post
from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.document import EquationNumber, Math, Reference, Xref
from pipeline.formulas import change_formulas, formulas_of
from pipeline.tex.references import split_at_references

_REFERENCE: Final = re.compile(r"\\(eq)?ref\s*\{([^{}]*)\}")
_SEPARATORS: Final = re.compile(r"[\s,，、;；:：.。()（）~\-–—和与及或到至]*\Z")
_TEXT: Final = re.compile(r"\\text\s*\{([^{}\\$]*)\}")
_SPACES: Final = re.compile(r"\\[ ,;:!>]|~|\\q?quad(?![a-zA-Z])")


def references(book: Book, reporter: Reporter) -> Book:
    """Fill in ``references`` of every formula; one that is nothing but references becomes an ``Xref``."""
    return replace(book, posts=tuple(_resolve_post(post, reporter) for post in book.posts))


def _resolve_post(post: Post, reporter: Reporter) -> Post:
    numbers = _labels(post, reporter)
    labels = {label: _number(number, numbers) for label, number in numbers.items()}
    if any("\\" in number.text for math in formulas_of(post) for number in math.numbers):
        post = change_formulas(post, lambda math: _numbered(math, labels))
    return change_formulas(post, lambda math: _resolve(math, labels, reporter, post.id))


def _labels(post: Post, reporter: Reporter) -> dict[str, EquationNumber]:
    labels: dict[str, EquationNumber] = {}
    named = [(math, number, label) for math in formulas_of(post) for number in math.numbers for label in number.labels]
    for math, meant, label in named:
        if label in labels:
            message = f"the label {label} is given to two equations; references mean the first"
            reporter.report(Code.LABEL_TWICE, message, math.span, post=post.id)
        labels.setdefault(label, meant)
    return labels


def _numbered(math: Math, labels: Mapping[str, EquationNumber]) -> Math:
    return replace(math, numbers=tuple(_number(number, labels) for number in math.numbers))


def _number(number: EquationNumber, labels: Mapping[str, EquationNumber]) -> EquationNumber:
    r"""Put numbers in the place of what a ``\tag`` refers to: ``\tag{\ref{a}'}``."""

    def text(match: re.Match[str]) -> str:
        meant = labels.get(match[2].strip())
        found = meant.text if meant else "???"
        return f"({found})" if match[1] else found

    return replace(number, text=_REFERENCE.sub(text, number.text))


def _resolve(math: Math, labels: Mapping[str, EquationNumber], reporter: Reporter, post: str) -> Math | Xref:
    if math.error or "ref" not in math.meaning:
        return math
    around, stated = split_at_references(math.meaning)
    if not stated:
        return math
    found = tuple(_meant(reference, labels) for reference in stated)
    for reference in found:
        if reference.number is None:
            message = f"no equation of this post has the label {reference.label}"
            reporter.report(Code.REFERENCE_UNRESOLVED, message, math.span, post=post)
    math = replace(math, references=found)
    between = list(map(_plain, around))
    if math.display or not all(_SEPARATORS.match(text) for text in between):
        return math
    parts: list[str | Reference] = [between[0]]
    for reference, text in zip(found, between[1:], strict=True):
        parts += (reference, text)
    return Xref(math, tuple(part for part in parts if part))


def _plain(text: str) -> str:
    return _SPACES.sub(" ", _TEXT.sub(r"\1", text))


def _meant(reference: Reference, labels: Mapping[str, EquationNumber]) -> Reference:
    number = labels.get(reference.label)
    return replace(reference, number=number.text, anchor=number.anchor) if number else reference
