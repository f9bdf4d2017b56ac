"""What ``pipeline watch`` waits for: sources, and the book.toml, as they are saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import watchfiles

from pipeline.config import STDIN
from pipeline.errors import UsageError
from pipeline.signals import raise_if_ended

_TICK: Final = 250  # milliseconds after which a watch that has seen nothing says so


def changes(paths: tuple[Path, ...], settings: tuple[Path, ...], out: Callable[[], Path]) -> Iterator[None]:
    """Yield once, then after every change of a path, what a build itself leaves in ``out`` aside; end at Ctrl-C.

    ``settings`` are files that may be there or not: one that comes or goes is a change, too, and may name another
    ``out``.

    Raises:
        UsageError: there is nothing to watch: standard input, or a file in no folder.
    """
    for path in paths:
        if path == STDIN or not path.absolute().parent.is_dir():
            raise UsageError(f"{path} cannot be watched", help="name files and folders that are there, or will be")
    named = frozenset(path.resolve() for path in paths)
    try:
        while True:  # a folder that has come is watched from then on
            yield from _saves(frozenset(path for path in named if path.is_dir()), named, settings, out)
    except KeyboardInterrupt:  # which is raised for any signal
        raise_if_ended()


def _saves(
    folders: frozenset[Path], named: frozenset[Path], settings: tuple[Path, ...], out: Callable[[], Path]
) -> Iterator[None]:
    """Yield when watching has begun, so that no save is missed, and after every change; end when a folder has come."""
    files = named - folders
    usual = watchfiles.DefaultFilter()

    def counts(change: watchfiles.Change, name: str) -> bool:
        path = Path(name)
        if path in files:
            return True
        inside = any(path.is_relative_to(folder) for folder in folders)
        return inside and not path.is_relative_to(out().resolve()) and usual(change, name)

    # Editors save by putting a new file in the old one's place: the folder of each is watched, not the file itself.
    watched = folders | {path.parent for path in files}
    told = watchfiles.watch(
        *sorted(watched), watch_filter=counts, recursive=bool(folders), rust_timeout=_TICK, yield_on_timeout=True
    )
    before = _saved(settings)
    for number, changes in enumerate(told):
        if any(path.is_dir() for path in files):
            return
        now = _saved(settings)
        if changes or not number or now != before:
            before = now
            yield


def _saved(settings: tuple[Path, ...]) -> list[int | None]:
    """Return when each file was last saved; they are looked at, as their folders may hold far more than is watched."""
    return list(map(_time, settings))


def _time(path: Path) -> int | None:
    with suppress(OSError):  # it is not there
        return path.stat().st_mtime_ns
    return None
