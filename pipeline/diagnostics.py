"""What was noticed on the way: every doubt, guess and loss has a code, a place and, where one helps, a way out.

A stage reports and goes on. Only the command line prints, and only a ``PipelineError`` ends a run.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from pipeline.codes import Code, Severity
from pipeline.source import SourceText, Span


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. ``post`` is a post's id, ``help`` overrides the code's help line, ``length`` is the caret's."""

    code: Code
    message: str
    span: Span | None = None
    post: str | None = None
    help: str = ""
    length: int = 1

    @property
    def severity(self) -> Severity:
        """How bad it is: a property of the code alone."""
        return self.code.severity


@dataclass(slots=True)
class Reporter:
    """Collects findings in the order in which they were made. The one mutable thing that stages share."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    sources: dict[str, SourceText] = field(default_factory=dict)

    def report(  # noqa: PLR0913 - the fields of a Diagnostic
        self,
        code: Code,
        message: str,
        span: Span | None = None,
        *,
        post: str | None = None,
        help: str = "",  # noqa: A002 - the name it has everywhere
        length: int = 1,
    ) -> None:
        """File one finding."""
        self.diagnostics.append(Diagnostic(code, message, span, post, help, length))

    def remember(self, source: SourceText) -> None:
        """Keep a source so that its lines can be shown beside what was found in them."""
        self.sources[source.path] = source

    def excerpt(self, span: Span) -> str:
        """Return the source line of ``span``; empty when the source is not known."""
        source = self.sources.get(span.path)
        return source.line(span.line) if source else ""

    def count(self, severity: Severity) -> int:
        """Return how many findings are of this severity."""
        return sum(diagnostic.severity is severity for diagnostic in self.diagnostics)

    def by_code(self) -> Counter[Code]:
        """Return how often each code was reported."""
        return Counter(diagnostic.code for diagnostic in self.diagnostics)


def counted(number: int, noun: str) -> str:
    """Return ``number`` with ``noun``, a regular one, in the plural where it needs one: "1 post", "2 posts"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
