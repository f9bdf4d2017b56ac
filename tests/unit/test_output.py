from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.build import build
from pipeline.config import BuildConfig, Format
from pipeline.diagnostics import Reporter
from pipeline.errors import ArtefactError
from pipeline.output import output_folder, refuse_twins, write_file
from pipeline.writers.contract import File


def test_a_file_is_written_under_folders_that_are_made(tmp_path: Path) -> None:
    path = write_file(tmp_path, File("site/a.html", b"new"))
    assert path.read_bytes() == b"new"
    assert [entry.name for entry in path.parent.iterdir()] == ["a.html"]


def test_a_second_build_into_one_folder_is_refused(tmp_path: Path) -> None:
    with (
        output_folder(tmp_path, "a"),
        pytest.raises(ArtefactError, match="another build"),
        output_folder(tmp_path, "b"),
    ):
        pass


def test_the_lock_leaves_nothing_behind(tmp_path: Path) -> None:
    with output_folder(tmp_path, "book"):
        pass
    with output_folder(tmp_path, "book"):
        assert list(tmp_path.iterdir()) == []


def kill(_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("name", ["book.epub", "book/p-1.html", "book-images/image.png"])
def test_what_a_killed_build_left_is_cleared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    path = write_file(tmp_path, File(name, b"whole"))
    monkeypatch.setattr("os.fsync", kill)
    with pytest.raises(KeyboardInterrupt):
        write_file(tmp_path, File(name, b"half"))
    assert len(list(path.parent.iterdir())) == 2
    with output_folder(tmp_path, "book"):
        assert list(path.parent.iterdir()) == [path]
    assert path.read_bytes() == b"whole"


def test_what_a_build_did_not_leave_stays(tmp_path: Path) -> None:
    others = [tmp_path / name for name in (".a.part", "book/.download.part", "x/.a.pipeline-part", "a.pipeline-part")]
    for path in others:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"")
    with output_folder(tmp_path, "book"):
        assert all(path.exists() for path in others)


def test_two_files_of_one_name_are_refused() -> None:
    refuse_twins([File("book.html", b"a"), File("book/book.html", b"a")])
    with pytest.raises(ArtefactError, match=r"2 files of the book are called book\.html"):
        refuse_twins([File("book.html", b"a"), File("book.epub", b""), File("book.html", b"b")])


def test_a_build_whose_files_have_one_name_writes_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.build.slug_of", lambda _: "report")
    source = tmp_path / "dump.txt"
    source.write_text("18 Apr\n\nA title\n\nSome text.\n", encoding="utf-8")
    config = BuildConfig(sources=(source,), out=tmp_path / "out", formats=(Format.HTML,))
    with pytest.raises(ArtefactError, match=r"2 files of the book are called report\.html"):
        build(config, Reporter(), lambda _: None)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ArtefactError, match="file"), output_folder(tmp_path / "file" / "out", "book"):
        pass
