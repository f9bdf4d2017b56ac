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

_PATIENCE = 60  # seconds until a build that does not come is a failure


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
    source.write_text("18 Apr\n\nTitle 0\n\nSome text.\n", encoding="utf-8")
    command = (sys.executable, "-m", "pipeline", "watch", name, "--format", "markdown", "--out", out)
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as watching:
        try:
            for number in range(1, 4):
                until(report.exists, watching)
                time.sleep(1)  # the watch begins after the first build
                before = report.stat().st_mtime_ns
                save(source, f"18 Apr\n\nTitle {number}\n\nSome text.\n")
                until(partial(was_written, report, before), watching)
        finally:
            watching.send_signal(signal.SIGINT)


def was_written(report: Path, before: int) -> bool:
    return report.exists() and report.stat().st_mtime_ns != before


def until(done: Callable[[], bool], watching: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while not done():
        assert watching.poll() is None, "the watch ended"
        assert time.monotonic() < end, "no build came"
        time.sleep(0.1)
