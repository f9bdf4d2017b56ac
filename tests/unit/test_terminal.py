"""What a terminal is sent: nothing that it would obey, and no line that is not ours."""

from __future__ import annotations

import pytest

from pipeline.cli.terminal import Terminal
from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.source import Span


@pytest.mark.parametrize("end", ["\n", "\u2028", "\u2029"])
def test_a_source_begins_no_line_of_the_findings(end: str, capsys: pytest.CaptureFixture[str]) -> None:
    reporter = Reporter()
    reporter.report(Code.POST_TWICE, f"one{end}0 errors, 0 warnings, 0 notes", Span("a.txt", 1, 1), post="p")
    Terminal().diagnostics(reporter, notes=True)
    assert "one⏎0 errors" in capsys.readouterr().err


def test_marks_that_turn_a_line_are_shown_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    reporter = Reporter()
    reporter.report(Code.POST_TWICE, "\u202e\u061c\x1b[31m", Span("a.txt", 1, 1), post="p")
    Terminal().diagnostics(reporter, notes=True)
    assert "\ufffd\ufffd\ufffd[31m" in capsys.readouterr().err
