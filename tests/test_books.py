"""Whole books: ``tests/books/<name>/`` holds an input (or names one) and what every writer makes of it.

The EPUB is compared unzipped, member by member; of pictures, fonts and style sheets the names alone: the bytes of the
former follow the versions of Pillow and fontTools, the latter stand in ``styles/``. ``make golden`` rewrites all.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest

from pipeline.build import understand
from pipeline.build import write as write_formats
from pipeline.config import BuildConfig, Format
from pipeline.diagnostics import Reporter
from pipeline.report import report_file
from pipeline.resolve import resolve
from pipeline.settings import load_config
from typeset import latex_book

ROOT: Final = Path(__file__).parent.parent
BOOKS: Final = ROOT / "tests" / "books"
ALL_BOOKS: Final = sorted(path.name for path in BOOKS.iterdir() if path.is_dir())
FORMATS: Final = (Format.EPUB, Format.HTML)
_TEXT: Final = (".xhtml", ".opf", ".ncx", ".xml", ".svg")


def input_of(name: str) -> Path:
    """The folder of a book's sources: its own, or the one that its file ``source`` names from the root."""
    own = BOOKS / name / "input"
    return own if own.is_dir() else ROOT / (BOOKS / name / "source").read_text(encoding="utf-8").strip()


def configured(name: str) -> BuildConfig:
    folder = input_of(name).relative_to(ROOT)
    config = load_config(folder / "book.toml", {})
    return replace(config, formats=FORMATS, jobs=1, cache=None)


def produced(name: str) -> dict[str, str]:
    """Every text that a build of the book makes, by its path under ``golden/``."""
    config, reporter = configured(name), Reporter()
    book = resolve(understand(config, reporter, lambda _: None, mathml=True), reporter)
    files, _ = write_formats(book, reporter, lambda _: None)
    made: dict[str, str] = {}
    for file in files:
        if file.name.endswith(".epub"):
            made |= unpacked(file.content)
        else:
            made[file.name] = without_bytes(file.content.decode())
    made["book.tex"] = latex_book(book)
    made["report.json"] = report_file(book, (), reporter).content.decode()
    return made


def unpacked(epub: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        names = archive.namelist()
        members = {f"epub/{name}": archive.read(name).decode() for name in names if name.endswith(_TEXT)}
    return members | {"members.txt": "\n".join(names) + "\n"}


def without_bytes(html: str) -> str:
    """Leave out the sheet and the script, which stand in ``styles/``, and their hashes."""
    page = re.sub(r"(?s)(<(style|script)[^>]*>).*?(</\2>)", r"\1…\3", html)
    return re.sub(r"sha256-[\w+/=]+", "sha256-…", page)


@pytest.fixture(autouse=True)
def _at_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)  # places in reports are relative to where the build runs


@pytest.mark.parametrize("name", ALL_BOOKS)
def test_book(name: str) -> None:
    made = produced(name)
    golden = BOOKS / name / "golden"
    if os.environ.get("GOLDEN") == "overwrite":
        shutil.rmtree(golden, ignore_errors=True)
        for path, text in made.items():
            (golden / path).parent.mkdir(parents=True, exist_ok=True)
            (golden / path).write_text(text, encoding="utf-8")
    wanted = {
        str(path.relative_to(golden)): path.read_text(encoding="utf-8")
        for path in sorted(golden.rglob("*"))
        if path.is_file()
    }
    assert sorted(made) == sorted(wanted), "run make golden and look at the difference"
    for path, text in wanted.items():
        assert made[path] == text, path


@pytest.mark.parametrize("name", ALL_BOOKS)
def test_another_process_elsewhere_makes_the_same_bytes(name: str, tmp_path: Path) -> None:
    """Sets have another order in each process, work is divided otherwise, and paths begin at another folder."""
    first = fingerprints_elsewhere(name, cwd=ROOT, jobs=1, seed=1)
    assert {Path(file).suffix for file in first} == {".epub", ".html", ".tex"}
    assert fingerprints_elsewhere(name, cwd=tmp_path, jobs=3, seed=2) == first


def fingerprints_elsewhere(name: str, *, cwd: Path, jobs: int, seed: int) -> dict[str, str]:
    """``fingerprints`` from a process of its own."""
    command = [sys.executable, "-c", f"import test_books; test_books.print_fingerprints({name!r}, {jobs})"]
    environment = os.environ | {"PYTHONHASHSEED": str(seed), "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=300, check=True)
    found: dict[str, str] = json.loads(done.stdout)
    return found


def print_fingerprints(name: str, jobs: int) -> None:
    """Print the hashes of what a build of the book makes, apart from its report, which names places by the folder."""
    reporter = Reporter()
    config = replace(load_config(input_of(name) / "book.toml", {}), formats=FORMATS, jobs=jobs, cache=None)
    book = resolve(understand(config, reporter, lambda _: None, mathml=True), reporter)
    made = {file.name: file.content for file in write_formats(book, reporter, lambda _: None)[0]}
    made |= {"book.tex": latex_book(book).encode()}
    hashes = {file: sha256(content).hexdigest() for file, content in made.items() if file != "report.html"}
    print(json.dumps(hashes))  # noqa: T201 - what the other process reads
