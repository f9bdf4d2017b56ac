"""Try to break out of the confinement of TeX and pandoc, past every check that stands before it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.readers.pandoc.process import Failed, Markup, Parsed, parse
from pipeline.sandbox import Limits, confined, end, namespace
from pipeline.writers.pdf.engine import run_xelatex
from strangers import CANARY
from witness import session

GENEROUS = Limits(seconds=60, file_size=1 << 20)


def run(*command: str, limits: Limits = GENEROUS, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(confined(command, limits), cwd=cwd, capture_output=True, text=True, timeout=120, check=False)


def test_a_confined_program_does_its_work(tmp_path: Path) -> None:
    done = run("sh", "-c", "echo done; echo more > file", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "done\n")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "more\n"


def test_a_confined_program_cannot_write_a_large_file(tmp_path: Path) -> None:
    done = run("dd", "if=/dev/zero", "of=large", "bs=1M", "count=4", cwd=tmp_path)
    assert done.returncode != 0
    assert (tmp_path / "large").stat().st_size <= 1 << 20


def test_a_confined_program_may_be_left_pipes_alone(tmp_path: Path) -> None:
    done = run("sh", "-c", "echo piped; echo x > file", limits=Limits(seconds=60), cwd=tmp_path)
    assert done.stdout == "piped\n"
    assert not (tmp_path / "file").exists() or (tmp_path / "file").stat().st_size == 0


def test_a_confined_program_cannot_take_all_memory() -> None:
    limits = Limits(seconds=60, memory=300 << 20, file_size=1 << 20)
    assert run(sys.executable, "-c", "bytes(1 << 20)", limits=limits).returncode == 0
    assert "MemoryError" in run(sys.executable, "-c", "bytes(1 << 29)", limits=limits).stderr


def test_a_confined_program_cannot_compute_for_ever() -> None:
    done = run(sys.executable, "-c", "while True: pass", limits=Limits(seconds=1, file_size=1 << 20))
    assert done.returncode < 0


def test_a_confined_program_has_no_network() -> None:
    if not namespace() and not os.environ.get("CI"):
        pytest.skip("this system allows no namespaces; see SECURITY.md")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        done = run(sys.executable, "-c", f"import socket; socket.create_connection(('127.0.0.1', {port}), 5)")
        assert "unreachable" in done.stderr
        server.settimeout(0)
        with pytest.raises(BlockingIOError):
            server.accept()


def test_ending_a_program_ends_all_that_it_started() -> None:
    script = "trap '' INT; sleep 300 & sleep 300 & wait"
    process = subprocess.Popen(confined(["sh", "-c", script], GENEROUS), start_new_session=True)
    end(process)
    assert process.returncode != 0
    assert not session(process.pid)


BREAKING_OUT = {
    "reads a file": r"\newread\f\openin\f={CANARY}\ifeof\f\else\read\f to\x\message{\x}\fi",
    "inputs a file": r"\input{CANARY}",
    "inputs it in disguise": r"\csname @@input\endcsname CANARY ",
    "writes above its folder": r"\immediate\openout15={STOLEN}\immediate\write15{x}\immediate\closeout15",
    "runs a shell": r"\immediate\write18{touch STOLEN}\immediate\openout15={|touch STOLEN}",
    "inputs a pipe": r"\input{|touch STOLEN}",
}


@pytest.mark.tex
@pytest.mark.parametrize("attempt", BREAKING_OUT)
def test_tex_that_is_let_loose_stays_in_its_folder(tmp_path: Path, attempt: str) -> None:
    canary, stolen, folder = tmp_path / "canary.tex", tmp_path / "stolen", tmp_path / "book"
    canary.write_text(CANARY, encoding="utf-8")
    folder.mkdir()
    tex = BREAKING_OUT[attempt].replace("CANARY", str(canary)).replace("STOLEN", str(stolen))
    (folder / "book.tex").write_text(
        rf"\documentclass{{article}}\begin{{document}}x {tex}\end{{document}}", encoding="utf-8"
    )
    done = run_xelatex(folder / "book.tex", epoch=0, timeout=60)
    assert not stolen.exists()
    assert CANARY not in done.log
    if printed := list(folder.glob("book.pdf")):
        pdftotext = shutil.which("pdftotext")
        assert pdftotext, "this test needs pdftotext: apt-get install poppler-utils"
        text = subprocess.run([pdftotext, str(printed[0]), "-"], capture_output=True, text=True, check=True).stdout
        assert CANARY not in text


@pytest.mark.tex
def test_tex_that_never_ends_is_ended(tmp_path: Path) -> None:
    (tmp_path / "book.tex").write_text(r"\def\x{\x}\x", encoding="utf-8")
    done = run_xelatex(tmp_path / "book.tex", epoch=0, timeout=3)
    assert done.timed_out


ESCAPES = {
    "rst": Markup(".. include:: CANARY\n\n.. csv-table::\n   :file: CANARY\n", "rst"),
    "latex": Markup(r"\input{CANARY} \include{CANARY} \lstinputlisting{CANARY}", "latex"),
    "markdown": Markup(
        "---\nheader-includes: '\\input{CANARY}'\n---\n\n![x](CANARY) \\input{CANARY}\n", "commonmark_x"
    ),
    "org": Markup("#+INCLUDE: CANARY\n#+SETUPFILE: CANARY\n", "org"),
    "html": Markup("<iframe src='CANARY'></iframe><object data='CANARY'></object><img src='CANARY'>", "html"),
    "docbook": Markup(
        "<!DOCTYPE a [<!ENTITY e SYSTEM 'file://CANARY'>]><article><para>&e;</para></article>", "docbook"
    ),
}


@pytest.mark.parametrize("name", ESCAPES)
def test_pandoc_reads_no_other_file(tmp_path: Path, name: str) -> None:
    canary = tmp_path / "canary.tex"
    canary.write_text(CANARY, encoding="utf-8")
    markup = ESCAPES[name]
    assert isinstance(markup.content, str)
    (answer,) = parse([Markup(markup.content.replace("CANARY", str(canary)), markup.format)])
    match answer:
        case Parsed():
            assert CANARY.split()[-1] not in str(answer.blocks)
            assert CANARY.split()[-1] not in str(answer.meta)
        case Failed():
            assert CANARY.split()[-1] not in answer.reason
