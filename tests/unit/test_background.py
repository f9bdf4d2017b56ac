"""Work in the background comes to the same, wherever it is done and however its process ends."""

from __future__ import annotations

import errno
import os
import signal

import pytest

from pipeline.background import in_background, parallel_map


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_result_is_that_of_the_work(jobs: int) -> None:
    with in_background(lambda: "done", jobs) as wait:
        assert wait() == "done"


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_is_raised_where_the_result_is_asked_for(jobs: int) -> None:
    def fail() -> None:
        raise ValueError("no")

    with in_background(fail, jobs) as wait, pytest.raises(ValueError, match="no"):
        wait()


def test_it_is_done_in_a_process_of_its_own() -> None:
    with in_background(os.getpid, 2) as wait:
        assert wait() != os.getpid()


def test_it_is_done_here_where_no_more_processes_are_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr(os, "fork", refused)
    with in_background(os.getpid, 2) as wait:
        assert wait() == os.getpid()


def test_what_a_child_left_undone_is_done_here() -> None:
    here = os.getpid()

    def die_elsewhere() -> str:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return "done"

    with in_background(die_elsewhere, 2) as wait:
        assert wait() == "done"


def test_a_child_that_nobody_waits_for_ends_with_the_block() -> None:
    reading, writing = os.pipe()
    with in_background(signal.pause, 2):
        os.close(writing)
    assert os.read(reading, 1) == b""  # nobody holds the other end any more
    os.close(reading)


@pytest.mark.parametrize("jobs", [1, 2, 3, 9])
@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_the_order_is_that_of_the_items(count: int, jobs: int) -> None:
    assert parallel_map(lambda number: number * number, range(count), jobs) == [
        number * number for number in range(count)
    ]
