"""Sources are bytes from strangers: whatever they hold, a book comes out, and nothing else happens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from zipfile import ZipFile

import html5lib
import pytest
from lxml import etree

from hostile_dumps import HOSTILE
from strangers import CANARY, SIZE, build_dump
from witness import Witnessed

_FETCHING: Final = frozenset(
    {"script", "iframe", "object", "embed", "frame", "link", "base", "form", "meta", "img", "image"}
)
_ADDRESSES: Final = frozenset({"href", "src", "action", "formaction", "data", "background", "poster"})
_MEASURE: Final = re.compile(r"--\w+: [0-9.]+")  # a number of our own for the style sheet
_SAFE_ADDRESS: Final = re.compile(r"(?:https?://|mailto:|#|[\w./-]+(?:#[\w./%-]*)?$)")


def check_manners(done: Witnessed, place: Path) -> None:
    """Nothing crashed, nothing was written but what was asked for, nothing was asked of the network."""
    assert "Traceback" not in done.err
    assert "defect of the program" not in done.err
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", done.err), "a terminal would obey"
    allowed = (place / "work" / "out", place / "home", Path("/dev"), Path("/proc"))
    strays = {path for path in done.written if not any(path.is_relative_to(folder) for folder in allowed)}
    assert strays == set()
    assert place / "canary.tex" not in done.read
    assert done.network == ()
    assert sorted(path.name for path in place.iterdir()) == ["canary.tex", "home", "work"]
    assert list((place / "home" / "tmp").iterdir()) == []
    assert [path for path in (place / "work").rglob(".*") if path.is_file()] == []


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The folder in which a dump is built."""
    return tmp_path


@pytest.mark.parametrize("name", [name for name, dump in HOSTILE.items() if dump.readable])
def test_a_hostile_dump_becomes_a_book(name: str, place: Path) -> None:
    formats = ("html",) if HOSTILE[name].heavy else ("epub", "html")
    done = build_dump(HOSTILE[name].make(SIZE), place, *formats)
    check_manners(done, place)
    assert done.status == 0, done.err[-2000:]
    out = place / "work" / "out"
    assert {path.suffix for path in out.iterdir()} == {".json", *(f".{output}" for output in formats)}
    for page in out.glob("*.html"):
        assert CANARY.encode() not in page.read_bytes()
        if not HOSTILE[name].heavy:
            root = html5lib.parse(page.read_text(encoding="utf-8"), "lxml").getroot()
            assert active_content(root) == ["the policy", "icon data:,", "the page's own script"]
    for book in out.glob("*.epub"):
        assert CANARY.encode() not in b"".join(members(book).values())
        for member, content in members(book).items():
            if member.endswith(".xhtml"):
                assert active_content(etree.fromstring(content, etree.XMLParser(huge_tree=True))) == [], member


@pytest.mark.parametrize("name", [name for name, dump in HOSTILE.items() if not dump.readable])
def test_a_dump_without_posts_is_said_to_have_none(name: str, place: Path) -> None:
    done = build_dump(HOSTILE[name].make(SIZE), place, "html")
    check_manners(done, place)
    assert done.status == 3
    assert not (place / "work" / "out").exists()


def members(book: Path) -> dict[str, bytes]:
    with ZipFile(book) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def active_content(root: etree._Element) -> list[str]:
    return list(_active(root))


def _active(root: etree._Element) -> Iterator[str]:
    """Yield what in a document could act, load or send; what the program itself puts there by its name."""
    for element in root.iter(etree.Element):
        tag = etree.QName(element).localname.lower()
        if tag in _FETCHING and (told := _fetching(tag, element)):
            yield told
        for name, value in ((str(name), str(value)) for name, value in element.attrib.items()):
            local = etree.QName(name).localname.lower()
            if (
                local.startswith("on")
                or local in {"srcdoc", "actiontype", "ping"}
                or (local == "style" and not _MEASURE.fullmatch(value))
                or (local in _ADDRESSES and tag not in _FETCHING and not _SAFE_ADDRESS.match(value))
            ):
                yield f"{tag} {local}={value[:40]}"


def _fetching(tag: str, element: etree._Element) -> str:
    name = element.get("name") or element.get("http-equiv") or element.get("rel") or ""
    address = element.get("href") or element.get("src") or element.get("{http://www.w3.org/1999/xlink}href") or ""
    match tag, name.lower():
        case "meta", "content-security-policy":
            return "the policy"
        case "meta", "refresh":
            return "meta refresh"
        case "meta", _:
            return ""
        case "link", "icon":
            return f"icon {address}"
        case "link", "stylesheet" if address.startswith(("styles/", "../styles/")):
            return ""
        case "script", _ if not address and not len(element) and "alert(1)" not in (element.text or ""):
            return "the page's own script"
        case "form", _ if not element.get("action"):
            return ""
        case (("img" | "image"), _) if not re.match(r"[a-z]+:|//", address):
            return ""
        case _:
            return f"{tag} {name} {address[:40]}"
