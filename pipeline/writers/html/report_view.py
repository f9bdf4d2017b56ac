"""What the report's template is given: the figures of a build, and what was found, post by post."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup

from pipeline.book import Post, ResolvedBook
from pipeline.codes import Severity
from pipeline.diagnostics import Diagnostic, Reporter
from pipeline.document import Math
from pipeline.formulas import formulas_of
from pipeline.phrases import ReportPhrases
from pipeline.posts import plain_title
from pipeline.source import Span
from pipeline.writers.xhtml.blocks import render_title
from pipeline.writers.xhtml.equations import render_display
from pipeline.writers.xhtml.rendering import Href, Rendering

_BEFORE: Final = 40  # characters of the line shown before a finding, and after it
_AFTER: Final = 80
_WORST_FIRST: Final = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
_BOOK: Final = "book"  # the id of what was found in no post


@dataclass(frozen=True, slots=True)
class Total:
    """A number and what it counts."""

    count: int
    name: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A code that was reported, and how often."""

    label: str
    severity: str
    severity_word: str
    count: int
    help: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The source line of a finding, around the place."""

    before: str
    marked: str
    after: str


@dataclass(frozen=True, slots=True)
class DiagnosticView:
    """One diagnostic; ``formula`` is there when it stands in one."""

    label: str
    severity: str
    severity_word: str
    message: str
    place: str
    excerpt: Excerpt | None
    tex: str
    formula: Markup
    help: str


@dataclass(frozen=True, slots=True)
class Group:
    """What was found in one post, or in none."""

    id: str
    title: Markup
    plain: str
    href: str
    findings: tuple[DiagnosticView, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """The whole report."""

    figures: tuple[Total, ...]
    kinds: tuple[Kind, ...]
    groups: tuple[Group, ...]


def report_view(book: ResolvedBook, reporter: Reporter, page: Rendering, in_book: Href) -> ReportView:
    """Return the report; ``in_book`` gives the address of a post in the book, to which findings lead."""
    words = page.phrases.report
    return ReportView(
        figures=_figures(book, reporter, words),
        kinds=_kinds(reporter, words),
        groups=tuple(_groups(book, reporter, page, in_book)),
    )


def _figures(book: ResolvedBook, reporter: Reporter, words: ReportPhrases) -> tuple[Total, ...]:
    summary = book.summary
    return (
        Total(len(book.posts), words.posts),
        Total(len(summary.truncated), words.cut),
        Total(len(summary.inferred_years), words.inferred),
        Total(summary.missing_images, words.images),
        Total(summary.formulas, words.formulas),
        Total(summary.formulas_as_source, words.as_source),
        *(Total(reporter.count(severity), _severity(severity, words)) for severity in _WORST_FIRST),
    )


def _kinds(reporter: Reporter, words: ReportPhrases) -> tuple[Kind, ...]:
    """The codes that were reported, the worst first."""
    found = sorted(reporter.by_code().items(), key=lambda item: (_WORST_FIRST.index(item[0].severity), item[0].label))
    return tuple(
        Kind(code.label, code.severity.value, _severity(code.severity, words), count, code.help)
        for code, count in found
    )


def _severity(severity: Severity, words: ReportPhrases) -> str:
    return {Severity.ERROR: words.error, Severity.WARNING: words.warning, Severity.NOTE: words.note}[severity]


def _groups(book: ResolvedBook, reporter: Reporter, page: Rendering, in_book: Href) -> Iterator[Group]:
    by_post: dict[str, list[Diagnostic]] = {}
    for diagnostic in reporter.diagnostics:
        known = diagnostic.post if diagnostic.post in book.by_id else None
        by_post.setdefault(known or "", []).append(diagnostic)
    if rest := by_post.get(""):
        name = page.phrases.report.whole_book
        yield Group(_BOOK, Markup.escape(name), name, "", _findings(rest, reporter, (), page))
    for post in book.posts:
        if found := by_post.get(post.id):
            findings = _findings(found, reporter, _formulas(post), page)
            title = render_title(post.title, replace(page, links=False))
            yield Group(f"r-{post.id}", title, plain_title(post), in_book(post.id), findings)


def _formulas(post: Post) -> list[Math]:
    return sorted(formulas_of(post), key=lambda math: math.span)


def _findings(
    diagnostics: Iterable[Diagnostic], reporter: Reporter, formulas: Sequence[Math], page: Rendering
) -> tuple[DiagnosticView, ...]:
    return tuple(_finding(diagnostic, reporter, formulas, page) for diagnostic in diagnostics)


def _finding(diagnostic: Diagnostic, reporter: Reporter, formulas: Sequence[Math], page: Rendering) -> DiagnosticView:
    code, span = diagnostic.code, diagnostic.span
    math = formula_at(span, formulas) if span else None
    return DiagnosticView(
        label=code.label,
        severity=code.severity.value,
        severity_word=_severity(code.severity, page.phrases.report),
        message=diagnostic.message,
        place=str(span or ""),
        excerpt=excerpt_of(reporter.excerpt(span), span.column, diagnostic.length) if span else None,
        tex=math.tex.strip() if math else "",
        formula=Markup(render_display(math, page)) if math and math.mathml else Markup(),  # noqa: S704 - escaped there
        help=diagnostic.help or code.help,
    )


def formula_at(span: Span, formulas: Sequence[Math]) -> Math | None:
    """Return the one of ``formulas``, which are in the order of their places, that ``span`` stands in."""
    following = bisect_right(formulas, span, key=lambda math: math.span)
    if not following or formulas[following - 1].span.path != span.path:
        return None
    math = formulas[following - 1]
    start = math.span
    lines = math.tex.split("\n")
    opening = len(math.delimiters.opening)
    last = start.line + len(lines) - 1
    first_column = start.column + opening if len(lines) == 1 else 1
    inside = span.line < last or (span.line == last and span.column <= first_column + len(lines[-1]) + opening)
    return math if inside else None


def excerpt_of(line: str, column: int, length: int) -> Excerpt | None:
    """Return the part of ``line`` around ``column`` (from 1), cut with an ellipsis where it is long."""
    if not line or line.isspace():
        return None
    start = min(max(column - 1, 0), len(line))
    end = min(start + max(length, 1), len(line), start + _AFTER)
    before = line[:start] if start <= _BEFORE else "…" + line[start - _BEFORE : start]
    after = line[end:] if len(line) - end <= _AFTER else line[end : end + _AFTER] + "…"
    return Excerpt(before.lstrip(), line[start:end] or " ", after.rstrip())
