"""The imports keep to docs/architecture.md: arrows point from the command line to the document, never back."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Final

import pytest

PACKAGE: Final = Path(__file__).parents[2] / "pipeline"

# Rooms, each with the rooms it may import besides its own; the plain modules of the model are open to all.
MODEL: Final = frozenset(
    {
        "__init__",
        "source",
        "document",
        "walk",
        "config",
        "read_more",
        "book",
        "codes",
        "diagnostics",
        "errors",
        "phrases",
        "fold",
        "formulas",
        "layout",
    }
)
ROOMS: Final[dict[str, frozenset[str]]] = {
    "tex": frozenset(),
    "readers": frozenset({"tex", "sandbox", "pandoc", "fetch", "images"}),
    "transforms": frozenset({"tex"}),
    "mathml": frozenset({"tex", "sandbox", "pandoc", "beside"}),
    "images": frozenset({"svg"}),
    "svg": frozenset({"sandbox"}),
    "resolve": frozenset(),
    "verify": frozenset({"readers", "writers", "beside"}),
    "writers": frozenset({"tex", "resolve", "sandbox", "pandoc", "beside"}),
}
FINAL: Final = frozenset({"cli", "__main__", "build", "terminal", "signals"})


def room_of(module: str) -> str:
    name = module.split(".")[1] if module.startswith("pipeline.") else "__init__"
    return "__init__" if name == "__version__" else name


def imports_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "pipeline":
            names.add(node.module if node.module != "pipeline" else f"pipeline.{node.names[0].name}")
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names if alias.name.split(".")[0] == "pipeline"}
    return names


def files_of(name: str) -> list[Path]:
    return sorted((PACKAGE / name).rglob("*.py")) if (PACKAGE / name).is_dir() else [PACKAGE / f"{name}.py"]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_what_the_map_allows(room: str) -> None:
    files = files_of(room)
    assert files
    allowed = MODEL | ROOMS[room] | {room}
    strays = {
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path in files
        for name in imports_of(path)
        if room_of(name) not in allowed
    }
    assert strays == set()


def test_the_model_imports_itself_alone() -> None:
    strays = {
        f"{path.relative_to(PACKAGE)} imports {imported}"
        for name in MODEL
        for path in files_of(name)
        for imported in imports_of(path)
        if room_of(imported) not in MODEL
    }
    assert strays == set()


def test_nothing_imports_the_command_line_but_itself() -> None:
    strays = {
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path in PACKAGE.rglob("*.py")
        if path.stem not in FINAL
        for name in imports_of(path)
        if room_of(name) in FINAL
    }
    assert strays == set()
