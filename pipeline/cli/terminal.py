"""How findings look on a terminal: file:line:column, the source line, a caret, a help line. All on standard error."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.control import Control
from rich.segment import ControlType
from rich.text import Text

from pipeline.book import Book, PostDate, Truncated
from pipeline.codes import Severity
from pipeline.config import STDIN
from pipeline.diagnostics import Diagnostic, Reporter, counted
from pipeline.errors import PipelineError
from pipeline.mathml.conversion import Conversion
from pipeline.posts import plain_title
from pipeline.source import Span, path_text

_STYLES: Final = {Severity.NOTE: "cyan", Severity.WARNING: "yellow", Severity.ERROR: "bold red"}
_OBEYED: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What a terminal would obey instead of showing: controls, and marks that turn the direction of a line."""

_LINE_END: Final = re.compile("[\n\u2028\u2029]")

_EMPTY_LINE: Final = Control((ControlType.ERASE_IN_LINE, 2))  # the whole line the cursor stands in
_EXCERPT: Final = 100  # characters of the source line that are shown around the place


class Terminal:
    """What the user sees. Progress shows on a terminal alone; NO_COLOR is honoured (by rich)."""

    def __init__(self) -> None:
        self._console = Console(stderr=True, highlight=False, soft_wrap=True)
        self._out = Console(highlight=False, soft_wrap=True)

    def progress(self, message: str) -> None:
        """Show what is being done, in place of what was done before."""
        if self._console.is_terminal:
            self._console.control(_EMPTY_LINE)
            self._console.print(Text(f"{message} …", style="dim"), end="\r", overflow="ellipsis", no_wrap=True)

    @contextmanager
    def progressing(self) -> Iterator[Callable[[str], None]]:
        """Yield ``progress``, and clear its line in the end, whatever that is."""
        try:
            yield self.progress
        finally:
            if self._console.is_terminal:
                self._console.control(_EMPTY_LINE)

    def diagnostics(self, reporter: Reporter, *, notes: bool) -> None:
        """Show the findings, then how many there are; notes are counted but not shown unless asked for."""
        self.findings(reporter, notes=notes)
        self.counts(reporter)

    def findings(self, reporter: Reporter, *, notes: bool) -> None:
        """Show the findings, notes only if asked for."""
        for diagnostic in reporter.diagnostics:
            if notes or diagnostic.severity is not Severity.NOTE:
                self._diagnostic(diagnostic, reporter)

    def counts(self, reporter: Reporter) -> None:
        """Show how many findings of each severity there are."""
        counts = (
            (reporter.count(severity), severity.value) for severity in (Severity.ERROR, Severity.WARNING, Severity.NOTE)
        )
        self._console.print(", ".join(counted(count, name) for count, name in counts))

    def _diagnostic(self, diagnostic: Diagnostic, reporter: Reporter) -> None:
        line = Text()
        if diagnostic.span is not None:
            line.append(f"{diagnostic.span}: ", style="bold")
        line.append(diagnostic.severity.value, style=_STYLES[diagnostic.severity])
        line.append(f"[{diagnostic.code.label}] {_shown(diagnostic.message)}")
        self._console.print(line)
        if diagnostic.span is not None and (source := reporter.excerpt(diagnostic.span)):
            self._excerpt(source, diagnostic.span.column, diagnostic.length)
        if help_line := diagnostic.help or diagnostic.code.help:
            self._console.print(Text(f"  help: {help_line}", style="dim"))

    def _excerpt(self, source: str, column: int, length: int) -> None:
        start = max(0, column - 1 - _EXCERPT // 2)
        shown = _shown(source[start : start + _EXCERPT].replace("\t", " "))
        before = shown[: column - 1 - start]
        marked = shown[len(before) : len(before) + length]
        self._console.print(Text(f"  | {shown}"))
        self._console.print(Text(f"  | {' ' * _cells(before)}{'^' * max(1, _cells(marked))}", style="bold"))

    def formula_failed(self, tex: str, conversion: Conversion, line: int | None) -> None:
        """Show why a formula was not converted, with a caret under what stands in the way, and the line it came in."""
        column = (conversion.position or 0) + 1
        place = f"{Span(str(STDIN), line, column)}: " if line else ""
        self._console.print(Text(f"{place}error: {conversion.error}", style=_STYLES[Severity.ERROR]))
        self._excerpt(tex.replace("\n", " "), column, 1)
        if tex.lstrip().startswith("$"):
            self._console.print(Text("  help: leave out the dollars around the formula", style="dim"))

    def posts(self, book: Book) -> None:
        """List the posts: day, title, whether the post was cut."""
        for post in book.posts:
            flag = " (cut)" if isinstance(post.status, Truncated) else ""
            self._out.print(Text(f"{_day(post.date):<12} {_shown(plain_title(post))}{flag}  {post.span}"))

    def awaited(self, path: Path) -> None:
        """Say that a file is not there and that the watch goes on until it is."""
        self._console.print(Text(f"waiting for {_shown(path_text(path))}"))

    def error(self, error: PipelineError) -> None:
        """Show what ended the run."""
        place = f"{error.span}: " if error.span else ""
        self._console.print(Text(_shown(f"{place}error: {error}"), style=_STYLES[Severity.ERROR]))
        if error.help:
            self._console.print(Text(f"  help: {error.help}"))


def _shown(text: str) -> str:
    """Return ``text`` safe to print on one line: a dump must not forge lines of ours, nor control the terminal."""
    return _OBEYED.sub("\N{REPLACEMENT CHARACTER}", _LINE_END.sub("⏎", text))


def _cells(text: str) -> int:
    """Columns that ``text`` takes on a terminal: East Asian wide characters take two (UAX 11)."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _day(date: PostDate | None) -> str:
    if date is None:
        return "undated"
    year = f"{date.year:04d}" if date.year is not None else "????"
    return f"{year}-{date.month:02d}-{date.day:02d}{'?' if date.inferred else ''}"
