"""What ``pipeline watch`` waits for: sources, and the book.toml, as they are saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import watchfiles

from pipeline.config import STDIN
from pipeline.errors import UsageError
from pipeline.signals import raise_if_ended

_TICK: Final = 250  # milliseconds after which a watch that has seen nothing says so


def changes(paths: tuple[Path, ...], out: Path) -> Iterator[None]:
    """Yield once, then after every change of a path, what a build itself leaves in ``out`` aside; end at Ctrl-C.

    Raises:
        UsageError: there is nothing to watch: standard input, or a file in no folder.
    """
    for path in paths:
        if path == STDIN or not path.absolute().parent.is_dir():
            raise UsageError(f"{path} cannot be watched", help="name files and folders that are there, or will be")
    named, made = frozenset(path.resolve() for path in paths), out.resolve()
    try:
        while True:  # a folder that has come is watched from then on
            yield from _saves(frozenset(path for path in named if path.is_dir()), named, made)
    except KeyboardInterrupt:  # which is raised for any signal
        raise_if_ended()


def _saves(folders: frozenset[Path], named: frozenset[Path], made: Path) -> Iterator[None]:
    """Yield when watching has begun, so that no save is missed, and after every change; end when a folder has come."""
    files = named - folders
    usual = watchfiles.DefaultFilter()

    def counts(change: watchfiles.Change, name: str) -> bool:
        path = Path(name)
        if path in files:
            return True
        inside = any(path.is_relative_to(folder) for folder in folders)
        return inside and not path.is_relative_to(made) and usual(change, name)

    # Editors save by putting a new file in the old one's place: the folder of each is watched, not the file itself.
    watched = folders | {path.parent for path in files}
    told = watchfiles.watch(
        *sorted(watched), watch_filter=counts, recursive=bool(folders), rust_timeout=_TICK, yield_on_timeout=True
    )
    for number, changes in enumerate(told):
        if any(path.is_dir() for path in files):
            return
        if changes or not number:
            yield
