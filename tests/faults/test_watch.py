"""``pipeline watch`` builds anew after each save, however an editor saves and wherever the book stands."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

_PATIENCE = 180  # seconds until a build that does not come is a failure


def in_place(source: Path, text: str) -> None:
    source.write_text(text, encoding="utf-8")


def by_another_file(source: Path, text: str) -> None:
    new = source.with_name("new.tmp")
    new.write_text(text, encoding="utf-8")
    new.replace(source)


@pytest.mark.parametrize(
    ("save", "name", "out"),
    [(in_place, "s.txt", "."), (by_another_file, "s.txt", "out"), (in_place, "outline.txt", "out")],
)
def test_each_save_is_followed_by_a_build(
    save: Callable[[Path, str], None], name: str, out: str, tmp_path: Path
) -> None:
    source, report = tmp_path / name, tmp_path / out / "report.json"
    (tmp_path / "book.toml").write_text("strict = true\n", encoding="utf-8")  # one that finds fault ends no watch
    source.write_text(doubtful("Title"), encoding="utf-8")
    command = (sys.executable, "-m", "pipeline", "watch", name, "--format", "markdown", "--out", out)
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as watching:
        try:
            assert comes(report.exists, watching, lambda: None)
            for _ in range(3):
                before = report.stat().st_mtime_ns
                again = partial(save, source, doubtful(f"Title {before}"))
                assert comes(partial(was_written, report, before), watching, again)
        finally:
            watching.send_signal(signal.SIGINT)


def doubtful(title: str) -> str:
    return f"18 Apr\n\n{title}\n\nSome text with $\\nosuchcommand$.\n"


def was_written(report: Path, before: int) -> bool:
    return report.exists() and report.stat().st_mtime_ns != before


def comes(done: Callable[[], bool], watching: subprocess.Popen[bytes], again: Callable[[], None]) -> bool:
    """Whether something happens in time; ``again`` is done every few seconds, as the watch may not have begun."""
    for tick in range(10 * _PATIENCE):
        if tick % 50 == 0:
            again()
        if done():
            return True
        assert watching.poll() is None, "the watch ended"
        time.sleep(0.1)
    return False
