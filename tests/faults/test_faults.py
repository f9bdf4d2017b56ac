"""Builds that go wrong in the middle, with real processes, real signals and real file systems.

After each, the older artefact is whole or the new one is complete, nothing is left lying about, and the exit status
and the message tell what happened.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from witness import environment, session_ends

TEXT: Final = "18 Apr\n\n一篇文章\n\n{}正文里有$a^2+b^2=c^2$。\n\n$$\\int_0^1 x dx = \\frac12$$\n\n点击阅读全文...\n"
OLD: Final = TEXT.format("旧的")
NEW: Final = TEXT.format("新的")
KILLED_AT: Final = """
import os, sys
count, folder = int(sys.argv[1]), sys.argv[2]
def hook(event, arguments):
    global count
    if event == "os.rename" or (event == "open" and "w" in str(arguments[1])):
        count -= folder in str(arguments[0])
        if count == 0:
            os.kill(os.getpid(), 9)
sys.addaudithook(hook)
sys.argv[:3] = ["pipeline"]
from pipeline.cli import main
main()
"""


VANISHES_WHEN_OPENED: Final = """
import os, sys
gone = sys.argv[1]
def hook(event, arguments):
    if event == "open" and str(arguments[0]).endswith(gone) and os.path.exists(gone):
        os.remove(gone)
sys.addaudithook(hook)
sys.argv[:2] = ["pipeline"]
from pipeline.cli import main
main()
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a dump and the page that was made of an older one."""
    (tmp_path / "dump.txt").write_text(OLD, encoding="utf-8")
    assert run(tmp_path).returncode == 0
    (tmp_path / "dump.txt").write_text(NEW, encoding="utf-8")
    return tmp_path


def command(*more: str, out: str = "out") -> list[str]:
    return [sys.executable, "-m", "pipeline", "build", "dump.txt", *(more or ("-f", "html")), "-o", out]


def run(place: Path, *more: str, out: str = "out", **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*more, out=out),
        cwd=place,
        env=environment(place / "home", **env),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def pages(place: Path) -> str:
    """What the page in the folder is: the old or the new one, whole."""
    text = (place / "out" / "dump.html").read_text(encoding="utf-8")
    assert text.endswith("</html>\n")
    return "old" if "旧的正文" in text else "new" if "新的正文" in text else "neither"


def leftovers(place: Path) -> list[str]:
    """What lies about: parts of files in the output folder, anything in the folder for temporary files."""
    parts = [path.name for path in (place / "out").rglob("*") if path.name.startswith(".")]
    return parts + [path.name for path in (place / "home" / "tmp").iterdir()]


def said(done: subprocess.CompletedProcess[str]) -> str:
    assert "Traceback" not in done.stderr
    assert "defect of the program" not in done.stderr
    return done.stderr


def test_a_build_that_is_killed_at_any_step_of_writing_leaves_a_whole_page(place: Path) -> None:
    older = (place / "out" / "dump.html").read_bytes()
    arguments = [*command()[3:-1], str(place / "out")]
    seen: list[str] = []
    for step in range(1, 20):
        (place / "out" / "dump.html").write_bytes(older)
        killed = subprocess.run(
            [sys.executable, "-c", KILLED_AT, str(step), str(place / "out"), *arguments],
            cwd=place,
            env=environment(place / "home"),
            capture_output=True,
            timeout=300,
            check=False,
        )
        seen.append(pages(place))
        if killed.returncode == 0:
            break
        assert killed.returncode == -signal.SIGKILL
    assert set(seen) == {"old", "new"}, "it was killed before and after the page was put in its place"
    assert seen == sorted(seen, key=["old", "new"].index)
    assert leftovers(place) == [], "a build clears away what a killed one left"


@pytest.mark.parametrize("share", [0.15, 0.4, 0.65, 0.9])
def test_a_build_that_is_killed_at_any_time_leaves_a_whole_page(place: Path, share: float) -> None:
    build = subprocess.Popen(
        command("-f", "html", "-f", "epub"), cwd=place, env=environment(place / "home"), start_new_session=True
    )
    try:
        build.wait(share * 4)
    except subprocess.TimeoutExpired:
        os.killpg(build.pid, signal.SIGKILL)
        build.wait()
    assert session_ends(build.pid)
    assert pages(place) in {"old", "new"}
    assert run(place).returncode == 0
    assert pages(place) == "new"
    assert [path.name for path in (place / "out").iterdir() if path.name.startswith(".")] == []


def test_an_interrupted_build_ends_quietly(place: Path) -> None:
    os.mkfifo(place / "slow.txt")
    build = subprocess.Popen(
        [*command()[:4], "slow.txt", "-f", "html", "-o", "out"],
        cwd=place,
        env=environment(place / "home"),
        stderr=subprocess.PIPE,
        text=True,
    )
    feed = opened(place / "slow.txt", build)  # once the build has opened it, it is reading
    os.write(feed, NEW.encode())
    build.send_signal(signal.SIGINT)
    os.close(feed)  # Python looks at signals between two reads of a file only when the second one ends
    _, err = build.communicate(timeout=60)
    assert build.returncode == 130
    assert "Traceback" not in err
    assert pages(place) == "old"
    assert leftovers(place) == []


TOLD_OF_HANGUPS: Final = """
import signal, sys
signal.signal(signal.SIGHUP, signal.Handlers[sys.argv[1]])
sys.argv[:2] = ["pipeline"]
from pipeline.cli import main
main()
"""
SLOW_TEX: Final = "echo $$ >> ../../../tex.pid; while read line; do :; done; exec sleep 300"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_build_that_is_asked_to_end_takes_tex_with_it(place: Path, number: signal.Signals) -> None:
    build = subprocess.Popen(
        [sys.executable, "-c", TOLD_OF_HANGUPS, "SIG_DFL", *command("-f", "pdf")[3:]],
        cwd=place,
        env=environment(place / "home", **with_fake_tex(place, SLOW_TEX)),
        stderr=subprocess.PIPE,
        text=True,
    )
    pids = place / "home" / "tex.pid"
    while build.poll() is None and not pids.exists():
        time.sleep(0.05)
    build.send_signal(number)
    _, err = build.communicate(timeout=60)
    assert build.returncode == 128 + number
    assert f"error: ended by {number.name}" in err
    assert "Traceback" not in err
    assert all(not Path("/proc", pid).exists() for pid in pids.read_text("utf-8").split())
    assert leftovers(place) == []


def test_a_signal_that_is_ignored_stays_so(place: Path) -> None:
    os.mkfifo(place / "slow.txt")
    build = subprocess.Popen(
        [sys.executable, "-c", TOLD_OF_HANGUPS, "SIG_IGN", "build", "slow.txt", "-f", "html", "-o", "out"],
        cwd=place,
        env=environment(place / "home"),
        stderr=subprocess.PIPE,
        text=True,
    )
    feed = opened(place / "slow.txt", build)
    build.send_signal(signal.SIGHUP)
    os.write(feed, NEW.encode())
    os.close(feed)
    _, err = build.communicate(timeout=60)
    assert build.returncode == 0, err


def opened(fifo: Path, reader: subprocess.Popen[str]) -> int:
    """Open a pipe to write, which fails until somebody has opened it to read (fifo(7))."""
    while reader.poll() is None:
        try:
            return os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.02)
    raise AssertionError(reader.communicate()[1])


def in_namespace(place: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run a script as root of a mount namespace of its own, so that what it mounts is gone afterwards."""
    ways = (["unshare", "-m"], ["unshare", "-r", "-m"])
    way = next(
        (way for way in ways if subprocess.run([*way, "true"], capture_output=True, check=False).returncode == 0), None
    )
    assert way, "this test needs to mount: run it as root, or allow user namespaces"
    return subprocess.run(
        [*way, "sh", "-euc", script],
        cwd=place,
        env=environment(place / "home", BUILD=" ".join(command())),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_a_full_disk_leaves_the_older_page(place: Path) -> None:
    needed = (place / "out" / "dump.html").stat().st_size
    done = in_namespace(
        place,
        f"""
        cp -r out old
        mount -t tmpfs -o size={needed + needed // 2} tmpfs out
        cp old/dump.html out
        $BUILD && exit 90 || status=$?
        cmp old/dump.html out/dump.html
        test "$(ls -A out)" = dump.html
        exit $status
        """,
    )
    assert done.returncode == 5
    assert "No space left on device" in said(done)


def test_a_disk_that_cannot_be_written_leaves_the_older_page(place: Path) -> None:
    done = in_namespace(
        place,
        """
        mount --bind out out
        mount -o remount,ro,bind out
        $BUILD && exit 90 || exit $?
        """,
    )
    assert done.returncode == 5
    assert "Read-only file system" in said(done)
    assert pages(place) == "old"
    assert leftovers(place) == []


def test_a_folder_for_temporary_files_that_is_full_does_no_harm(place: Path) -> None:
    done = in_namespace(place, "mount -t tmpfs -o size=4k tmpfs home/tmp; $BUILD")
    assert done.returncode == 0, said(done)
    assert pages(place) == "new"


def test_an_output_folder_that_is_a_file_is_said(place: Path) -> None:
    done = run(place, out="dump.txt")
    assert done.returncode == 5
    assert "dump.txt" in said(done)


def test_a_folder_in_which_another_build_works_is_left_alone(place: Path) -> None:
    (place / "dump.txt").unlink()  # which shows that the folder is asked for before any work is done
    handle = os.open(place / "out", os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        done = run(place)
    finally:
        os.close(handle)
    assert done.returncode == 5
    assert "another build" in said(done)
    assert pages(place) == "old"


def test_two_builds_at_once_make_one_whole_page(place: Path) -> None:
    builds = [
        subprocess.Popen(command(), cwd=place, env=environment(place / "home"), stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    errors = [build.communicate(timeout=300)[1] for build in builds]
    statuses = sorted(build.returncode for build in builds)
    assert statuses in ([0, 0], [0, 5]), errors
    assert pages(place) == "new"
    assert leftovers(place) == []


def test_a_source_that_is_not_there_is_said(place: Path) -> None:
    (place / "dump.txt").unlink()
    elsewhere = run(place, out="other")
    assert elsewhere.returncode == 3, said(elsewhere)
    assert not (place / "other").exists()
    done = run(place)
    assert done.returncode == 3
    assert "dump.txt" in said(done)
    assert pages(place) == "old"


@pytest.mark.parametrize(
    ("source", "output", "named"),
    [("post.txt", "plain", "post.txt"), ("post.txt", "plain", "."), ("post.md", "markdown", "link.md")],
)
def test_a_book_that_would_replace_its_own_source_is_not_written(
    tmp_path: Path, source: str, output: str, named: str
) -> None:
    (tmp_path / source).write_text(OLD, encoding="utf-8")
    (tmp_path / "link.md").symlink_to(source)
    (tmp_path / "book.toml").write_text('slug = "post"\n', encoding="utf-8")
    done = subprocess.run(
        [*command()[:4], named, "-f", output, "-o", "."],
        cwd=tmp_path,
        env=environment(tmp_path / "home"),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 2, said(done)
    assert f"{source}: the book would replace a file that it is made of" in said(done)
    assert (tmp_path / source).read_text(encoding="utf-8") == OLD
    assert not (tmp_path / "report.json").exists()


def test_a_source_that_vanishes_while_a_folder_is_read_is_said(place: Path) -> None:
    (place / "posts").mkdir()
    for name in ("a.txt", "b.txt"):
        (place / "posts" / name).write_text(NEW, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", VANISHES_WHEN_OPENED, "posts/a.txt", "build", "posts", "-f", "html", "-o", "out"],
        cwd=place,
        env=environment(place / "home"),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 3, said(done)
    assert "posts/a.txt: No such file or directory" in said(done)


def test_a_source_that_changes_all_the_time_is_read_as_one_of_its_states(place: Path) -> None:
    stop = threading.Event()

    def change() -> None:
        while not stop.is_set():
            for text in (OLD, NEW):
                (place / "next.txt").write_text(text, encoding="utf-8")
                (place / "next.txt").replace(place / "dump.txt")

    changing = threading.Thread(target=change)
    changing.start()
    try:
        done = run(place)
    finally:
        stop.set()
        changing.join()
    assert done.returncode == 0, said(done)
    assert pages(place) in {"old", "new"}


def with_fake_tex(place: Path, script: str) -> dict[str, str]:
    """A PATH on which xelatex is a script of ours."""
    folder = place / "bin"
    folder.mkdir()
    fake = folder / "xelatex"
    fake.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    fake.chmod(0o755)
    return {"PATH": f"{folder}:{os.environ['PATH']}"}


@pytest.mark.parametrize(
    "script",
    [
        "exit 1",
        "kill -SEGV $$",
        "kill -KILL $$",
        "exit 0",
        "touch book.pdf; exit 0",
        "echo '! LaTeX Error: broken.' > book.log; exit 1",
        "head -c 100000 /dev/urandom | tee book.log > book.pdf; exit 0",
    ],
    ids=["fails", "crashes", "is killed", "does nothing", "makes an empty file", "stops", "makes noise"],
)
def test_a_broken_tex_leaves_the_older_book(place: Path, script: str) -> None:
    older = b"%PDF-1.5 an older book"
    (place / "out" / "dump.pdf").write_bytes(older)
    done = run(place, "-f", "pdf", **with_fake_tex(place, script))
    assert done.returncode == 5
    assert "error: " in said(done)
    assert (place / "out" / "dump.pdf").read_bytes() == older
    assert leftovers(place) == []


def test_a_missing_tex_is_said_with_what_installs_it(place: Path) -> None:
    folder = place / "bin"
    folder.mkdir()
    for program in ("python3", "sh"):
        (folder / program).symlink_to(shutil.which(program) or program)
    done = run(place, "-f", "pdf", PATH=str(folder))
    assert done.returncode == 4
    assert "apt-get install" in said(done)


def test_a_broken_cache_changes_nothing(place: Path) -> None:
    assert run(place).returncode == 0
    whole = (place / "out" / "dump.html").read_bytes()
    damages: dict[str, Callable[[bytes], bytes]] = {
        "noise": lambda content: bytes(byte ^ 0x5A for byte in content),
        "empty": lambda _: b"",
        "cut": lambda content: content[: len(content) // 2],
    }
    for name, damage in damages.items():
        files = [path for path in (place / "home" / "cache").rglob("*") if path.is_file()]
        assert files, "a build keeps what it converted"
        for path in files:
            path.write_bytes(damage(path.read_bytes()))
        done = run(place)
        assert done.returncode == 0, (name, said(done))
        assert (place / "out" / "dump.html").read_bytes() == whole, name


def test_a_cache_of_folders_changes_nothing(place: Path) -> None:
    for path in [path for path in (place / "home" / "cache").rglob("*") if path.is_file()]:
        path.unlink()
        path.mkdir()
    done = run(place)
    assert done.returncode == 0, said(done)
    assert pages(place) == "new"


def test_a_cache_that_cannot_be_made_changes_nothing(place: Path) -> None:
    shutil.rmtree(place / "home" / "cache")
    (place / "home" / "no-cache").write_text("a file", encoding="utf-8")
    done = run(place, XDG_CACHE_HOME=str(place / "home" / "no-cache"))
    assert done.returncode == 0, said(done)
    assert pages(place) == "new"
