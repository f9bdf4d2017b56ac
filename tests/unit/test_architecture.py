"""The imports keep to docs/architecture.md: its tables are read, so that they stay true."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest

ROOT: Final = Path(__file__).parents[2]
PACKAGE: Final = ROOT / "pipeline"
NAME: Final = re.compile(r"`(\w+)(?:\.py|/)?`")


class Room(NamedTuple):
    """A module or a package of a table, and the rooms that it may import besides its own."""

    name: str
    imports: frozenset[str]


def table(heading: str) -> list[tuple[list[str], frozenset[str]]]:
    """Return the names of the first column of the table under ``heading``, row by row, and those of its last."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    section = re.split("^##", text.split(f"# {heading}\n")[1], maxsplit=1, flags=re.MULTILINE)[0]
    rows = [line.split("|")[1:-1] for line in section.split("\n") if line.startswith("| `")]
    return [(NAME.findall(row[0]), frozenset(NAME.findall(row[-1]) if len(row) > 2 else [])) for row in rows]


def model() -> list[Room]:
    """Return the modules of the model, each with those that stand above it."""
    names = [name for row, _ in table("The model") for name in row]
    return [Room(name, frozenset(names[:place])) for place, name in enumerate(names)]


MODEL: Final = model()
NAMES: Final = frozenset(room.name for room in MODEL)
ROOMS: Final = [Room(name, NAMES | imports) for row, imports in table("The rooms") for name in row]
WRITERS: Final = table("The writers")
SHARED: Final = frozenset(WRITERS[0][0])
WRITER_ROOMS: Final = [Room(name, SHARED | imports) for row, imports in WRITERS for name in row]


def files_of(folder: Path, name: str) -> list[Path]:
    return sorted((folder / name).rglob("*.py")) if (folder / name).is_dir() else [folder / f"{name}.py"]


def imported(path: Path, package: str) -> Iterator[str]:
    """Yield the parts of ``package`` that a file imports; what it holds itself, such as its version, is none."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            modules = [f"{node.module}.{alias.name}" for alias in node.names]
        for module in modules:
            part = module.removeprefix(f"{package}.").split(".")[0]
            if module.startswith(f"{package}.") and not part.startswith("__"):
                yield part


def on_disk(folder: Path) -> set[str]:
    folders = {path.name for path in folder.iterdir() if path.is_dir() and path.name != "__pycache__"}
    return folders | {path.stem for path in folder.glob("*.py") if path.stem != "__init__"}


def strays(folder: Path, package: str, room: Room) -> set[str]:
    return {
        f"{path.relative_to(folder)} imports {name}"
        for path in files_of(folder, room.name)
        for name in imported(path, package)
        if name not in room.imports | {room.name}
    }


@pytest.mark.parametrize("room", [*MODEL, *ROOMS], ids=lambda room: room.name)
def test_a_room_imports_what_its_row_names(room: Room) -> None:
    assert strays(PACKAGE, "pipeline", room) == set()


@pytest.mark.parametrize("room", WRITER_ROOMS, ids=lambda room: room.name)
def test_a_writer_imports_what_its_row_names(room: Room) -> None:
    assert strays(PACKAGE / "writers", "pipeline.writers", room) == set()


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_row_names_no_more_than_its_rooms_import(room: Room) -> None:
    used = {name for path in files_of(PACKAGE, room.name) for name in imported(path, "pipeline")}
    assert room.imports - NAMES - used == set()


def test_each_room_has_a_row() -> None:
    assert {room.name for room in (*MODEL, *ROOMS)} == on_disk(PACKAGE)
    assert {room.name for room in WRITER_ROOMS} == on_disk(PACKAGE / "writers")
