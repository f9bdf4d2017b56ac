"""Which files of a folder are books that a build left there: those that the ``report.json`` beside them lists."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pipeline.config import REPORT_NAME


def without_books(files: Iterable[Path], source: Path) -> tuple[Path, ...]:
    """Return ``files``, all of them in the folder ``source``, without those that a report in it lists.

    What else stands beside a report may be anybody's: sources move, and posts are written where books are.
    """
    listed = cache(_listed)
    return tuple(
        file
        for file in files
        if not any(file in listed(folder) for folder in file.parents if folder.is_relative_to(source))
    )


def _listed(folder: Path) -> frozenset[Path]:
    """Return the files that the report in ``folder`` lists: none where it is missing, or says something else."""
    try:
        artefacts = json.loads((folder / REPORT_NAME).read_bytes())["artefacts"]
        return frozenset(folder / artefact["name"] for artefact in artefacts if artefact["sha256"])
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return frozenset()
