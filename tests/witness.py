"""Run the program as its users do, and see what it touches: files opened to write, connections, programs started.

The program runs under an audit hook (PEP 578), which sees what Python code does whatever library does it; what TeX and
pandoc may do is the matter of tests/hostile/test_sandbox.py.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
_HOOKED: Final = """
import json, os, sys
log = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGING = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.symlink", "os.link", "os.truncate", "os.chmod"}
def hook(event, arguments):
    if event == "open":
        path, mode, flags = arguments
        writes = bool(flags & WRITING) if isinstance(flags, int) else False
        if isinstance(mode, str):
            writes = writes or any(letter in mode for letter in "wax+")
        name = os.fsdecode(path) if isinstance(path, (str, bytes)) else str(path)
        tell("write" if writes else "read", os.path.abspath(name) if not isinstance(path, int) else "")
    elif event in CHANGING and not isinstance(arguments[0], int):
        tell("write", os.path.abspath(os.fsdecode(arguments[0])))
    elif event in ("socket.connect", "socket.getaddrinfo", "urllib.Request"):
        tell("network", str(arguments[-1]))
    elif event in ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"):
        tell("program", os.path.basename(os.fsdecode(arguments[0])))
def tell(kind, what):
    if what:
        os.write(log, (json.dumps([kind, what]) + "\\n").encode())
sys.addaudithook(hook)
sys.argv[:2] = ["pipeline"]
from pipeline.cli import main
main()
"""


@dataclass(frozen=True, slots=True)
class Witnessed:
    """How a run ended and what it touched."""

    status: int
    out: str
    err: str
    written: frozenset[Path]
    read: frozenset[Path]
    network: tuple[str, ...]
    programs: frozenset[str]


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return the environment of a run whose home, cache and temporary folder are under ``home``."""
    for name in ("tmp", "cache"):
        (home / name).mkdir(parents=True, exist_ok=True)
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(home),
        "TMPDIR": str(home / "tmp"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "NO_COLOR": "1",
        **more,
    }


def witness(*arguments: str, cwd: Path, home: Path, timeout: float = 300, **more: str) -> Witnessed:
    """Run ``pipeline`` with ``arguments`` in a session of its own, and see that no process of it is left."""
    log = home.parent / f"{home.name}.log"
    process = subprocess.Popen(
        [sys.executable, "-c", _HOOKED, str(log), *arguments],
        cwd=cwd,
        env=environment(home, **more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        out, err = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, 9)
        process.wait()
        raise
    assert not session(process.pid), "a process was left behind"
    events = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else []
    log.unlink(missing_ok=True)
    return Witnessed(
        process.returncode,
        out.decode(),
        err.decode(errors="replace"),
        frozenset(Path(what) for kind, what in events if kind == "write"),
        frozenset(Path(what) for kind, what in events if kind == "read"),
        tuple(what for kind, what in events if kind == "network"),
        frozenset(what for kind, what in events if kind == "program"),
    )


def session(leader: int) -> list[int]:
    """Return the processes of the session that ``leader`` began, itself aside (proc(5): the sixth field of stat)."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != leader:
            try:
                fields = (entry / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == leader and fields[0] != "Z":
                found.append(int(entry.name))
    return found


def session_ends(leader: int, seconds: float = 10.0) -> bool:
    """Whether a session comes to its end; a process that was killed takes a moment to go."""
    last = time.monotonic() + seconds
    while session(leader) and time.monotonic() < last:
        time.sleep(0.05)
    return not session(leader)
