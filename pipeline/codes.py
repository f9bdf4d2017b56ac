"""The codes of diagnostics: one entry each, with what it means, why it matters and an example (docs/diagnostics.md).

A code's name is stable; scripts may rely on it. Every code appears in at least one case under tests/cases.
"""

from __future__ import annotations

from enum import Enum


class Severity(Enum):
    """How bad a finding is. ``--strict`` fails a build on errors and warnings; notes never do."""

    NOTE = "note"  # something was concluded or changed, and nothing is wrong
    WARNING = "warning"  # something is doubtful, or shown other than its author meant
    ERROR = "error"  # something is lost, or the artefact cannot be trusted


class Code(Enum):
    """Every kind of finding: its name, its severity, and the help line shown under it."""

    def __init__(self, label: str, severity: Severity, help_line: str) -> None:
        self.label = label
        self.severity = severity
        self.help = help_line

    POST_TRUNCATED = (
        "post-truncated",
        Severity.NOTE,
        "add a source that has the whole post, and the build will complete it",
    )
    """The source ends this post with a "read more" line, so the book has its beginning alone.

    Example: a post whose last line is ``点击阅读全文...``.
    """

    NO_POSTS = ("no-posts", Severity.WARNING, "a post begins with a date line such as '18 Apr', an empty line and a title")
    """A source was read and no post was found in it. Example: an empty file."""
