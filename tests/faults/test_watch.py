"""``pipeline watch`` builds anew after each save, however an editor saves and wherever the book stands."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Thread

import pytest

from pipeline.cli.watching import changes

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
    command = (sys.executable, "-m", "pipeline", "watch", name, "--format", "html", "--split", "post", "--out", out)
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as watching:
        try:
            assert comes(report.exists, watching, lambda: None)
            assert list(report.parent.glob("*/p-*.html"))
            for _ in range(3):
                before = report.stat().st_mtime_ns
                again = partial(save, source, doubtful(f"Title {before}"))
                assert comes(partial(was_written, report, before), watching, again)
        finally:
            watching.send_signal(signal.SIGINT)


def test_a_file_that_is_not_there_yet_is_waited_for_and_a_signal_tells_its_number(tmp_path: Path) -> None:
    report, said = tmp_path / "report.json", tmp_path / "said"
    command = (sys.executable, "-m", "pipeline", "watch", "later.txt", "--format", "markdown", "--out", ".")
    with (
        said.open("wb") as stream,
        subprocess.Popen(command, cwd=tmp_path, stderr=stream, stdout=subprocess.DEVNULL) as watching,
    ):
        assert comes(lambda: b"waiting for later.txt" in said.read_bytes(), watching, lambda: None)
        again = partial(in_place, tmp_path / "later.txt", doubtful("Title"))
        assert comes(report.exists, watching, again)
        watching.send_signal(signal.SIGTERM)
        watching.wait(timeout=_PATIENCE)
    err = said.read_bytes()
    assert watching.returncode == 128 + signal.SIGTERM
    assert b"ended by SIGTERM" in err
    assert b"KeyboardInterrupt" not in err


@pytest.mark.parametrize("source", ["-", "nowhere/a.txt"])
def test_what_cannot_be_watched_is_refused(source: str, tmp_path: Path) -> None:
    command = (sys.executable, "-m", "pipeline", "watch", source)
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=_PATIENCE)
    assert done.returncode == 2
    assert "cannot be watched" in done.stderr


def test_what_is_saved_while_the_first_build_runs_is_seen(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    seen = changes((source,), (), lambda: tmp_path / "out")
    next(seen)
    source.write_text("saved", encoding="utf-8")
    assert goes_on(seen)


def test_what_is_put_into_a_folder_that_came_later_is_seen(tmp_path: Path) -> None:
    folder = tmp_path / "posts"
    seen = changes((folder,), (), lambda: tmp_path / "out")
    next(seen)
    folder.mkdir()
    assert goes_on(seen)
    (folder / "a.txt").write_text("saved", encoding="utf-8")
    assert goes_on(seen)


def test_settings_that_come_later_are_seen_when_they_come_when_they_change_and_when_they_go(tmp_path: Path) -> None:
    source, settings = tmp_path / "a.txt", tmp_path / "beside" / "book.toml"
    seen = changes((source,), (tmp_path / "book.toml", settings), lambda: tmp_path / "out")
    next(seen)
    settings.parent.mkdir()
    settings.write_text("strict = true\n", encoding="utf-8")
    assert goes_on(seen)
    os.utime(settings, (1, 1))
    assert goes_on(seen)
    settings.unlink()
    assert goes_on(seen)


def test_settings_that_stay_as_they_are_are_no_change(tmp_path: Path) -> None:
    source, settings = tmp_path / "a.txt", tmp_path / "beside" / "book.toml"
    settings.parent.mkdir()
    settings.write_text("strict = true\n", encoding="utf-8")
    seen = changes((source,), (settings,), lambda: tmp_path / "out")
    next(seen)
    waiting = Thread(target=next, args=(seen,), daemon=True)
    waiting.start()
    waiting.join(2)
    assert waiting.is_alive()
    settings.unlink()
    waiting.join(_PATIENCE)
    assert not waiting.is_alive()


def goes_on(seen: Iterator[None]) -> bool:
    """Whether a change is seen before patience ends."""
    waiting = Thread(target=next, args=(seen,), daemon=True)
    waiting.start()
    waiting.join(_PATIENCE)
    return not waiting.is_alive()


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
