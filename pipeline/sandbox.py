"""What programs that read strangers' text may use: no network, little memory, small files, a bounded time.

The limits are those of POSIX's ``ulimit``, set by a shell that becomes the program, so that they hold for all that it
starts. Network is taken away by a namespace of its own (``unshare``, Linux) where the system allows one; elsewhere
the programs' own switches stand alone: neither XeLaTeX without shell escape nor pandoc's sandbox connects to anything.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

ENVIRONMENT: Final = {"LANG": "C.UTF-8", "HOME": "/nonexistent"}
"""What a program is told of this machine unless it needs more."""

_SHELL: Final = "/bin/sh"
_SCRIPT: Final = 'ulimit -c 0; ulimit -t "$1"; ulimit -f "$2"; [ "$3" = 0 ] || ulimit -v "$3"; shift 3; exec "$@"'
_BLOCK: Final = 512  # bytes in a unit of ``ulimit -f`` (POSIX.1-2017)
_SECONDS: Final = 5.0  # that an interrupted program has to end by itself


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one program: seconds of processor time, bytes of address space (0: its own business) and of a file."""

    seconds: int
    memory: int = 0
    file_size: int = 0  # 0: it may write to pipes alone


def confined(command: Sequence[str], limits: Limits) -> list[str]:
    """Return the command that runs ``command`` within ``limits`` and without a network."""
    bounds = (limits.seconds, limits.file_size // _BLOCK, limits.memory // 1024)
    return [*namespace(), _SHELL, "-c", _SCRIPT, "sh", *map(str, bounds), *command]


def run(
    command: Sequence[str], limits: Limits, feed: bytes, seconds: float, environment: Mapping[str, str] = ENVIRONMENT
) -> subprocess.CompletedProcess[bytes]:
    """Run ``command`` within ``limits`` to its end, with ``feed`` as its input, and return what it printed.

    Raises:
        subprocess.TimeoutExpired: it was ended after ``seconds`` by the clock.
    """
    return subprocess.run(  # noqa: S603 - the callers' own programs; what strangers wrote is their input
        confined(command, limits), input=feed, capture_output=True, timeout=seconds, env=environment, check=False
    )


@cache
def namespace() -> tuple[str, ...]:
    """Return the prefix that takes the network away; empty where the system allows no namespace."""
    program = shutil.which("unshare")
    if program is None:
        return ()
    for prefix in ((program, "--net"), (program, "--map-root-user", "--net")):
        try:
            tried = subprocess.run([*prefix, "true"], capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 - fixed
        except (OSError, subprocess.TimeoutExpired):
            continue
        if tried.returncode == 0:
            return prefix
    return ()


def end(process: subprocess.Popen[bytes]) -> None:
    """End a program that leads a session: asked first, so that it closes its files, then killed with all it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
