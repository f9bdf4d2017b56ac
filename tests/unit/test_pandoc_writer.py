from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from pipeline.book import ResolvedBook
from pipeline.build import understand
from pipeline.config import BuildConfig, Format, Metadata
from pipeline.diagnostics import Reporter
from pipeline.resolve import resolve
from pipeline.writers.contract import WriterOptions
from pipeline.writers.formats import writer_of

POST = """# 题目

见 $x_1$ 与 [另一篇](b.md)。

\\begin{equation}y=2\\label{y}\\end{equation}

由 $\\eqref{y}$ 得。

![图](fig.png "题注")
"""


@pytest.fixture
def book(tmp_path: Path) -> ResolvedBook:
    (tmp_path / "a.md").write_text(POST, encoding="utf-8")
    (tmp_path / "b.md").write_text("# 另一篇\n\n正文。", encoding="utf-8")
    Image.new("RGB", (4, 4)).save(tmp_path / "fig.png")
    config = BuildConfig(sources=(tmp_path,), metadata=Metadata(title="书"), jobs=1)
    reporter = Reporter()
    return resolve(understand(config, reporter, lambda _: None, mathml=False), reporter)


def written(book: ResolvedBook, output: Format) -> dict[str, bytes]:
    artefact = writer_of(output)(book, WriterOptions(slug="book"), Reporter())
    return {file.name: file.content for file in artefact.files}


def test_a_word_document_has_native_formulas_links_and_the_picture(book: ResolvedBook) -> None:
    with zipfile.ZipFile(io.BytesIO(written(book, Format.DOCX)["book.docx"])) as archive:
        document = archive.read("word/document.xml").decode()
        pictures = [name for name in archive.namelist() if name.startswith("word/media/")]
    post = book.posts[1].id
    assert document.count("<m:oMath>") == 2
    assert f'w:anchor="{post}"' in document
    assert f'w:name="{post}"' in document
    assert len(pictures) == 1


@pytest.mark.parametrize("output", [Format.DOCX, Format.ODT])
def test_a_document_is_the_same_bytes_each_time(book: ResolvedBook, output: Format) -> None:
    assert written(book, output) == written(book, output)


@pytest.mark.parametrize(("output", "name"), [(Format.MARKDOWN, "book.md"), (Format.TYPST, "book.typ")])
def test_pictures_lie_beside_a_text(book: ResolvedBook, output: Format, name: str) -> None:
    files = written(book, output)
    (picture,) = book.resources
    assert sorted(files) == [f"book-images/{picture}", name]
    assert f"book-images/{picture}" in files[name].decode()


def test_plain_text_has_the_words_for_a_picture_each_once(tmp_path: Path) -> None:
    shown = ('![波](a.png "波的*图*")', '![同](a.png "同")', '![](a.png "题注")', "![替](a.png)", "![](a.png)")
    (tmp_path / "a.md").write_text("# 题目\n\n" + "\n\n".join(shown), encoding="utf-8")
    Image.new("RGB", (4, 4)).save(tmp_path / "a.png")
    config, reporter = BuildConfig(sources=(tmp_path,), jobs=1), Reporter()
    book = resolve(understand(config, reporter, lambda _: None, mathml=False), reporter)
    (text,) = written(book, Format.PLAIN).values()
    lines = text.decode().split("题目", 1)[1].split("关于本书")[0].split()
    assert lines == ["[波]", "波的*图*", "[同]", "[题注]", "[替]", "[]"]
