"""Which files of a folder are books that a build left there: what the ``report.json`` beside them tells."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

_REPORT: Final = "report.json"  # docs/report.md


@dataclass(frozen=True, slots=True)
class _Made:
    """What a build left in a folder."""

    files: frozenset[Path]
    alone: bool  # whether no source of the books is in the folder, too


def without_books(files: Iterable[Path], source: Path) -> tuple[Path, ...]:
    """Return ``files``, all of them in the folder ``source``, without those that a build left there.

    They are what a report lists, and all that is in its folder, unless this is the source or holds one of the books':
    a report lists the last build alone.
    """
    return tuple(file for file, made in _judged(files, source) if not made)


def beside_books(files: Iterable[Path], source: Path) -> tuple[Path, ...]:
    """Return those of ``files`` that are taken for books by their folder alone, which no report lists."""
    return tuple(file for file, made in _judged(files, source) if made and not any(file in m.files for m in made))


def _judged(files: Iterable[Path], source: Path) -> Iterator[tuple[Path, list[_Made]]]:
    """Yield each file with the builds that it is taken to be of."""
    made_in = cache(_made_in)
    for file in files:
        folders = (folder for folder in file.parents if folder.is_relative_to(source))
        found = ((folder, made) for folder in folders if (made := made_in(folder)))
        yield file, [made for folder, made in found if file in made.files or (made.alone and folder != source)]


def _made_in(folder: Path) -> _Made | None:
    report = _report(folder / _REPORT)
    if report is None:
        return None
    files = frozenset(folder / artefact["name"] for artefact in report["artefacts"])
    sources = {name for post in report["posts"] for name in (post["path"], *post["origins"])}
    return _Made(files, all(found in files for name in sources for found in _found(name, folder)))


def _report(path: Path) -> dict[str, Any] | None:
    """Return what a report says; None where there is none, or a file of that name that says something else."""
    try:
        report = json.loads(path.read_bytes())
        artefacts, posts = report["artefacts"], report["posts"]
        known = all(isinstance(file["name"], str) and file["sha256"] for file in artefacts)
        known = known and all(isinstance(name, str) for post in posts for name in (post["path"], *post["origins"]))
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None
    return report if known else None


def _found(name: str, folder: Path) -> tuple[Path, ...]:
    """Return the files in ``folder`` that a report may mean by the path ``name``, which begins nobody knows where."""
    path, place = Path(name), folder.resolve().parts
    if path.is_absolute():
        inside = path.is_relative_to(folder.resolve())
        return (folder / path.relative_to(folder.resolve()),) if inside else ()
    parts = tuple(part for part in path.parts if part != "..")
    starts = (start for start in range(len(parts)) if place[len(place) - start :] == parts[:start])
    return tuple(found for start in starts if (found := folder.joinpath(*parts[start:])).is_file())
