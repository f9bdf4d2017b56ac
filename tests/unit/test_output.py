from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ArtefactError
from pipeline.output import output_folder, write_file
from pipeline.writers.contract import File


def test_a_file_is_written_under_folders_that_are_made(tmp_path: Path) -> None:
    path = write_file(tmp_path, File("site/a.html", b"new"))
    assert path.read_bytes() == b"new"
    assert [entry.name for entry in path.parent.iterdir()] == ["a.html"]


def test_a_second_build_into_one_folder_is_refused(tmp_path: Path) -> None:
    with output_folder(tmp_path), pytest.raises(ArtefactError, match="another build"), output_folder(tmp_path):
        pass


def test_the_lock_leaves_nothing_behind(tmp_path: Path) -> None:
    with output_folder(tmp_path):
        pass
    with output_folder(tmp_path):
        assert list(tmp_path.iterdir()) == []


def test_what_a_killed_build_left_is_cleared(tmp_path: Path) -> None:
    (tmp_path / ".book.epub.part").write_bytes(b"half")
    (tmp_path / "book.epub").write_bytes(b"whole")
    with output_folder(tmp_path):
        assert [path.name for path in tmp_path.iterdir()] == ["book.epub"]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ArtefactError, match="file"), output_folder(tmp_path / "file" / "out"):
        pass
