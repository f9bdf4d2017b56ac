"""Try to break out of the confinement of TeX and pandoc, past every check that stands before it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from pipeline.readers.pandoc.process import Failed, Markup, Parsed, parse
from pipeline.sandbox import Limits, confined, end, namespace
from pipeline.writers.pdf.engine import engine
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
    canary, stolen = tmp_path / "canary.tex", tmp_path / "stolen"
    canary.write_text(CANARY, encoding="utf-8")
    tex = BREAKING_OUT[attempt].replace("CANARY", str(canary)).replace("STOLEN", str(stolen))
    with engine(r"\documentclass{article}\begin{document}", epoch=0, timeout=60) as xelatex:
        done = xelatex.run(rf"x {tex}\end{{document}}")
    assert not stolen.exists()
    assert "LaTeX" in done.log
    assert CANARY not in done.log
    if done.pdf:
        pdftotext = shutil.which("pdftotext")
        assert pdftotext, "this test needs pdftotext: apt-get install poppler-utils"
        assert (
            CANARY.encode()
            not in subprocess.run([pdftotext, "-", "-"], input=done.pdf, capture_output=True, check=True).stdout
        )


@pytest.mark.tex
def test_tex_that_never_ends_is_ended() -> None:
    with engine(r"\documentclass{article}\begin{document}", epoch=0, timeout=3) as xelatex:
        assert xelatex.run(r"\def\x{\x}\x").timed_out


@pytest.mark.tex
def test_tex_that_waits_in_vain_is_ended() -> None:
    with engine(r"\documentclass{article}\begin{document}", epoch=0, timeout=60) as xelatex:
        xelatex.begin()
        folder = next(xelatex.folder.iterdir())
        assert _working_in(folder)
    assert not _working_in(folder)


def _working_in(folder: Path) -> list[str]:
    """Return the processes whose working folder this is, or was."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            found += [process.name] if str((process / "cwd").readlink()).startswith(str(folder)) else []
    return found


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
