"""What is handed on: the wheel is the same whoever builds it when, and the lock names all that it needs."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Final
from zipfile import ZipFile

import pytest

ROOT: Final = Path(__file__).parents[2]
PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK: Final = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned() -> dict[str, str]:
    """Each package of the lock with what stands under it."""
    entries = re.findall(r"^([A-Za-z0-9._-]+)==(\S+.*(?:\n    .*)*)", LOCK, re.MULTILINE)
    return {canonical(name): rest for name, rest in entries}


@pytest.mark.parametrize("requirement", PROJECT["dependencies"])
def test_every_dependency_is_pinned(requirement: str) -> None:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found
    assert canonical(found[0]) in pinned(), "run make lock"


def test_every_pin_has_hashes_and_no_address() -> None:
    assert pinned()
    assert [name for name, rest in pinned().items() if "--hash=sha256:" not in rest] == []
    assert "://" not in LOCK
    assert "--index" not in LOCK


def test_every_pinned_licence_is_listed() -> None:
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    listed = {canonical(name) for name in re.findall(r"^\| (\S+) \|", page, re.MULTILINE)}
    unconditional = {name for name, rest in pinned().items() if ";" not in rest.split("\\")[0]}
    assert unconditional - listed == set(), "run make licences"


@pytest.mark.slow
def test_two_builds_of_the_package_are_one(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        command = [sys.executable, "-m", "hatchling", "build", "-d", str(tmp_path / name)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=300)
        made.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert made[0] == made[1]
    assert sorted(name.rpartition(".")[2] for name in made[0]) == ["gz", "whl"]
    wheel = next(path for path in (tmp_path / "one").iterdir() if path.suffix == ".whl")
    with ZipFile(wheel) as archive:
        assert any(name.startswith("pipeline/styles/") for name in archive.namelist())
