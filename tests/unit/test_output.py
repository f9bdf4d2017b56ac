from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from pipeline.build import build
from pipeline.config import BuildConfig, Format, HtmlOptions, Metadata, Split
from pipeline.diagnostics import Reporter
from pipeline.errors import ArtefactError
from pipeline.output import clear_pages, output_folder, refuse_twins, write_file
from pipeline.source import Span
from pipeline.verify.compare import Loss
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


def test_what_fails_for_want_of_a_resource_is_no_other_build(tmp_path: Path) -> None:
    with pytest.raises(BlockingIOError), output_folder(tmp_path, "a"):
        raise BlockingIOError


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


def test_a_book_is_called_as_its_blog_is_and_its_files_as_its_source(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_text(
        "title: My Blog\nauthor: Jane Roe\nurl: https://b.example\n", encoding="utf-8"
    )
    (tmp_path / "a.md").write_text("Text.\n", encoding="utf-8")
    config = BuildConfig(sources=(tmp_path,), out=tmp_path.parent / "out", formats=(Format.PLAIN,))
    built = build(config, Reporter(), lambda _: None)
    metadata = built.book.config.metadata
    assert (metadata.title, metadata.author, metadata.source_url) == ("My Blog", "Jane Roe", "https://b.example")
    assert built.paths[0].stem == tmp_path.name.replace("_", "-")
    own = replace(config, metadata=Metadata(title="Mine", author="Me", source_url="https://me.example"))
    metadata = build(own, Reporter(), lambda _: None).book.config.metadata
    assert (metadata.title, metadata.author, metadata.source_name) == ("Mine", "Me", "My Blog")
    assert metadata.source_url == "https://me.example"


def test_formats_that_show_the_same_picture_share_it(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Text.\n\n![a](a.png)\n", encoding="utf-8")
    Image.new("RGB", (4, 4)).save(tmp_path / "a.png")
    formats = (Format.MARKDOWN, Format.TYPST)
    config = BuildConfig(sources=(tmp_path / "a.md",), out=tmp_path / "out", slug="a", formats=formats)
    build(config, Reporter(), lambda _: None)
    made = [path.suffix for path in sorted((tmp_path / "out").rglob("*.*"))]
    assert sorted(made) == [".json", ".md", ".png", ".typ"]


def test_what_a_build_did_not_leave_stays(tmp_path: Path) -> None:
    others = [tmp_path / name for name in (".a.part", "book/.download.part", "x/.a.pipeline-part", "a.pipeline-part")]
    for path in others:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"")
    with output_folder(tmp_path, "book"):
        assert all(path.exists() for path in others)


def pages_of(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def divided(tmp_path: Path, split: Split, posts: int, formats: tuple[Format, ...] = (Format.HTML,)) -> list[str]:
    """Build a book of so many posts, and return what stands in the folder of its pages afterwards."""
    source = tmp_path / "dump.txt"
    text = (f"{day} Apr\n\n第{day}篇\n\n这是第{day}篇的正文。\n" for day in range(1, posts + 1))
    source.write_text("\n".join(text), encoding="utf-8")
    html = HtmlOptions(split=split)
    config = BuildConfig(sources=(source,), out=tmp_path / "out", slug="book", formats=formats, html=html)
    build(config, Reporter(), lambda _: None)
    return pages_of(tmp_path / "out" / "book") if (tmp_path / "out" / "book").exists() else []


def test_pages_that_a_book_no_longer_has_are_cleared(tmp_path: Path) -> None:
    assert len(divided(tmp_path, "post", 3)) == 4
    assert len(divided(tmp_path, "post", 2)) == 3
    assert divided(tmp_path, "year", 2) == ["search.html", "undated.html"]
    assert len(divided(tmp_path, "", 2, (Format.PLAIN,))) == 2, "no page is written, so none is out of date"
    assert divided(tmp_path, "", 2) == []
    assert not (tmp_path / "out" / "book").exists()
    assert (tmp_path / "out" / "book.html").exists()


def test_a_page_that_a_build_did_not_make_or_that_somebody_changed_stays(tmp_path: Path) -> None:
    changed, *_ = divided(tmp_path, "post", 1)
    pages, other = tmp_path / "out" / "book", tmp_path / "out" / "other"
    other.mkdir()
    whole = (pages / "search.html").read_bytes()
    (pages / changed).write_bytes((pages / changed).read_bytes() + b"<!-- mine -->")
    (pages / "mine.html").write_bytes(b"<p>made by pipeline</p>")
    (pages / "notes.txt").write_bytes(whole)
    for place in (other / "search.html", tmp_path / "out" / "search.html"):
        place.write_bytes(whole)
    (pages / "link.html").symlink_to(other / "search.html")
    assert divided(tmp_path, "", 1) == sorted([changed, "link.html", "mine.html", "notes.txt"])
    assert (other / "search.html").exists()
    assert (tmp_path / "out" / "search.html").exists()


def test_pages_behind_a_link_and_pages_that_are_kept_stay(tmp_path: Path) -> None:
    page = write_file(tmp_path, File("elsewhere/a.html", b""))
    (tmp_path / "book").symlink_to(page.parent)
    clear_pages(tmp_path, "book", (), lambda _: True)
    clear_pages(tmp_path, "elsewhere", (page,), lambda _: True)
    assert page.exists()
    clear_pages(tmp_path, "elsewhere", (), lambda _: True)
    assert not page.parent.exists()


def test_pages_stay_when_those_in_their_place_lack_something(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = divided(tmp_path, "post", 2)
    monkeypatch.setattr("pipeline.build.artefact_losses", lambda *_, **__: (Loss("", "lost", Span("dump.txt", 1, 1)),))
    with pytest.raises(ArtefactError):
        divided(tmp_path, "post", 1)
    monkeypatch.undo()
    assert set(whole) < set(pages_of(tmp_path / "out" / "book"))
    assert len(divided(tmp_path, "post", 1)) == 2, "with what was set aside"


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
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ArtefactError, match="file"), output_folder(tmp_path / "file" / "out", "book"):
        pass
