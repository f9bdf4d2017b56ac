"""The printed book, made by XeLaTeX and read back."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Final

import pikepdf
import pytest

from handmade import cut_post, handmade_book, rich_post
from pipeline.book import ResolvedBook
from pipeline.build import understand
from pipeline.codes import Code
from pipeline.config import BuildConfig, Metadata, PdfOptions
from pipeline.diagnostics import Reporter
from pipeline.errors import MissingProgramError
from pipeline.resolve import resolve
from pipeline.writers.contract import Artefact, WriterOptions
from pipeline.writers.latex.writer import trial_driver
from pipeline.writers.pdf.log import failure, missing_characters, missing_font
from pipeline.writers.pdf.validate import Verdict, try_formulas
from pipeline.writers.pdf.writer import write_pdf

HOSTILE: Final = r"""1 Jan

恶意公式

读$\input{/etc/passwd}$和$^^5cinput{/etc/passwd}$，写$\immediate\openout5=x.tex$，改$\gdef\textbf#1{坏}$。

$$\end{document}$$

$$\special{pdf:fstream @a (/etc/passwd)}$$

$$\left( x$$

$$\newcommand{\a}{\a\a}\a$$

$$\text{$}$$

$$x_{\text{a $y$ b_c}}$$

正文\input{/etc/passwd}{}$%^&_#~照印不误。

正常的句子在最后。
"""


def understood(tmp_path: Path, dump: str, reporter: Reporter, pdf: PdfOptions | None = None) -> ResolvedBook:
    source = tmp_path / "dump.txt"
    source.write_text(dump, encoding="utf-8")
    config = BuildConfig(metadata=Metadata(title="试印", author="某人"), sources=(source,), pdf=pdf or PdfOptions())
    return resolve(understand(config, reporter, lambda _: None, mathml=False), reporter)


def text_of(artefact: Artefact) -> str:
    program = shutil.which("pdftotext")
    assert program, "apt-get install poppler-utils"
    done = subprocess.run([program, "-", "-"], input=artefact.files[0].content, capture_output=True, check=True)
    return "".join(done.stdout.decode().split())


@pytest.mark.tex
def test_hostile_formulas_change_nothing(tmp_path: Path) -> None:
    reporter = Reporter()
    artefact = write_pdf(understood(tmp_path, HOSTILE, reporter), WriterOptions("book"), reporter)
    text = text_of(artefact)
    assert "root:" not in text
    assert "正常的句子在最后。" in text
    assert r"正文\input{/etc/passwd}{}$%^&_#~照印不误。" in text
    assert r"$$\end{document}$$" in text
    lines = [d.span.line for d in reporter.diagnostics if d.code is Code.FORMULA_NOT_PRINTED and d.span]
    assert lines == [7, 11, 15]


@pytest.mark.tex
def test_the_same_book_gives_the_same_bytes(tmp_path: Path) -> None:
    book = understood(tmp_path, HOSTILE, Reporter())
    first, second = (write_pdf(book, WriterOptions("book"), Reporter()) for _ in range(2))
    assert first.files[0].content == second.files[0].content


@pytest.mark.tex
def test_a_book_of_everything_has_its_links_and_pages() -> None:
    book = handmade_book(rich_post(), cut_post())
    artefact = write_pdf(book, WriterOptions("book"), Reporter())
    with pikepdf.open(BytesIO(artefact.files[0].content)) as document:
        assert document.Root.Lang == book.config.metadata.language
        assert document.docinfo["/Title"] == book.config.metadata.title
        places = set(map(str, pikepdf.NameTree(document.Root.Names.Dests)))
        links = [
            str(link.A.D) for page in document.pages for link in page.get("/Annots", ()) if "/D" in link.get("/A", {})
        ]
        with document.open_outline() as outline:
            bookmarks = [item.title for item in outline.root]
    assert links
    assert set(links) <= places
    assert {post.id for post in book.posts} <= places
    assert len(bookmarks) >= len(book.posts)
    assert [page for _, page in artefact.pages] == sorted(page for _, page in artefact.pages)
    assert artefact.pages[0] == (book.posts[0].id, 1) or book.parts


@pytest.mark.tex
def test_fonts_are_embedded(tmp_path: Path) -> None:
    artefact = write_pdf(understood(tmp_path, HOSTILE, Reporter()), WriterOptions("book"), Reporter())
    with pikepdf.open(BytesIO(artefact.files[0].content)) as document:
        descriptors = [
            o for o in document.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
        ]
        assert descriptors
        assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(map(str, d.keys())) for d in descriptors)


@pytest.mark.tex
def test_a_font_that_is_not_installed_is_named(tmp_path: Path) -> None:
    book = understood(tmp_path, HOSTILE, Reporter(), pdf=PdfOptions(cjk_serif="No Such Font"))
    with pytest.raises(MissingProgramError, match="No Such Font"):
        write_pdf(book, WriterOptions("book"), Reporter())


def test_a_missing_engine_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = understood(tmp_path, HOSTILE, Reporter())
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingProgramError) as caught:
        write_pdf(book, WriterOptions("book"), Reporter())
    assert "apt-get install texlive-xetex" in caught.value.help


@pytest.mark.tex
def test_a_trial_finds_the_bad_and_measures_the_good() -> None:
    good, wide, bad, fatal = "x^2", "x" * 200, r"\left( x", r"\end{document}"
    verdicts = try_formulas((good, bad, fatal, wide, "}{"), trial_driver(PdfOptions(), "zh-CN"))
    assert verdicts[good].error == ""
    assert 5 < verdicts[good].width < 15
    assert verdicts[wide].width > 330
    assert verdicts[wide].excess > 0
    assert "right" in verdicts[bad].error
    assert verdicts[fatal].error
    assert verdicts["}{"].error == "The braces do not match"


@pytest.mark.tex
def test_what_is_known_is_not_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    driver = trial_driver(PdfOptions(), "zh-CN")
    first = try_formulas(("x^2", r"\left( x"), driver, cache=tmp_path)
    monkeypatch.setenv("PATH", "")
    assert try_formulas((r"\left( x", "x^2"), driver, cache=tmp_path) == first


def test_a_damaged_cache_is_no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "pipeline.writers.pdf.validate._try_all", lambda formulas, _: dict.fromkeys(formulas, Verdict())
    )
    try_formulas(("x",), "driver", cache=tmp_path)
    store = next(tmp_path.glob("tex-*.json"))
    store.write_text('{"x": 3}', encoding="utf-8")
    assert try_formulas(("x",), "driver", cache=tmp_path) == {"x": Verdict()}


def test_the_log_is_read_for_the_user() -> None:
    tex = "\\post{1}{p-a}{}\nA\n\\post{1}{p-b}{}\nB\n"
    found = failure("This is XeTeX\n! Undefined control sequence.\nl.4 B\n", tex)
    assert found is not None
    assert (found.message, found.post) == ("Undefined control sequence.", "p-b")
    assert failure("pipeline:complete\n", tex) is None
    ended = failure("No pages of output.\n", tex)
    assert ended is not None
    assert ended.post == ""
    assert missing_font('! Package fontspec Error: The font "Xyz" cannot be found.') == "Xyz"
    assert missing_characters("pipeline:missing 1F916\npipeline:missing 1F916\n") == {"🤖": 2}


@pytest.mark.tex
def test_what_is_not_as_it_should_be_is_reported_with_its_place(tmp_path: Path) -> None:
    wide = r"\begin{pmatrix}" + " & ".join(f"x_{{{n}}}^{{2}}" for n in range(39)) + r"\end{pmatrix}"
    dump = f"1 Jan\n\n样张\n\n开头有一个🤖，后面还有文字。\n\n$${wide}$$\n\n完。\n"
    reporter = Reporter()
    artefact = write_pdf(understood(tmp_path, dump, reporter), WriterOptions("book"), reporter)
    found = {d.code: d.span for d in reporter.diagnostics}
    glyph, scaled = found[Code.GLYPH_MISSING], found[Code.FORMULA_SCALED]
    assert glyph is not None
    assert scaled is not None
    assert (glyph.line, glyph.column) == (5, 6)
    assert scaled.line == 7
    assert "开头有一个🤖，后面还有文字。" in text_of(artefact)
