"""The command line as a user meets it: a process, its two streams and its exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Final

import jsonschema
import pytest
from referencing import Registry, Resource

from pipeline.config import Format
from pipeline.writers.pdf.engine import PACKAGES

ROOT: Final = Path(__file__).parents[2]
SCHEMAS: Final = ("inspect.schema.json", "verify.schema.json")
DUMP: Final = "18 Apr\n\nA title\n\nSome text with $x^2$ in it.\n\n点击阅读全文...\n"


def run(*arguments: str, cwd: Path, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PIPELINE_NO_CACHE": "1", "NO_COLOR": "1", **environment},
    )


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "dump.txt"
    path.write_text(DUMP, encoding="utf-8")
    return path


def test_build_prints_the_paths_it_wrote(dump: Path) -> None:
    done = run("build", "dump.txt", "-f", "epub", "-o", "made", cwd=dump.parent)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["made/dump.epub", "made/report.json"]
    assert all((dump.parent / path).stat().st_size for path in done.stdout.split())


@pytest.mark.parametrize(("option", "status"), [("0", 0), ("-1", 2)])
def test_no_jobs_are_one_a_core_on_the_command_line_as_in_the_file(dump: Path, option: str, status: int) -> None:
    dump.with_name("book.toml").write_text("jobs = 0\n", encoding="utf-8")
    assert run("build", "dump.txt", "--jobs", option, "-f", "plain", cwd=dump.parent).returncode == status


def test_a_book_called_report_stands_beside_its_report(dump: Path) -> None:
    dump.rename(dump.with_name("report.txt"))
    done = run("build", "report.txt", "-f", "html", "-o", "made", cwd=dump.parent)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["made/report-book.html", "made/report.html", "made/report.json"]
    assert "A title" in (dump.parent / "made" / "report-book.html").read_text(encoding="utf-8")


def test_split_makes_a_page_of_each_post(dump: Path) -> None:
    done = run("build", "dump.txt", "-f", "html", "--split", "post", "-o", "made", cwd=dump.parent)
    assert done.returncode == 0, done.stderr
    front, post, search, *_ = done.stdout.split()
    assert (front, post[:12], search) == ("made/dump.html", "made/dump/p-", "made/dump/search.html")
    assert run("build", "dump.txt", "--split", "week", cwd=dump.parent).returncode == 2


@pytest.mark.parametrize(("style", "suffix"), [("images", ".svg"), ("png", ".png")])
def test_math_says_how_the_epub_shows_formulas(dump: Path, style: str, suffix: str) -> None:
    dump.write_text(DUMP.replace("$x^2$", r"$\frac{a}{b}$"), encoding="utf-8")
    done = run("build", "dump.txt", "--math", style, "-o", "made", cwd=dump.parent)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(dump.parent / "made" / "dump.epub") as book:
        assert {Path(name).suffix for name in book.namelist() if "/formulas/" in name} == {suffix}


def test_a_bare_dump_is_read_from_standard_input(tmp_path: Path) -> None:
    done = run("inspect", "-", "--json", cwd=tmp_path, stdin=DUMP)
    assert done.returncode == 0, done.stderr
    assert [post["title"] for post in json.loads(done.stdout)["posts"]] == ["A title"]


def test_inspect_keeps_to_its_schema() -> None:
    done = run("inspect", "seeds", "--json", "--formulas", cwd=ROOT)
    document = json.loads(done.stdout)
    schema = json.loads((ROOT / "docs" / "inspect.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(document, schema)
    assert len(document["posts"]) == 8
    assert all(post["truncated"] for post in document["posts"])


def test_check_shows_the_place_with_a_caret_and_exits_1(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("18 Apr\n\nT\n\n这里有 $\\nosuchcommand{x}$ 出错。\n", encoding="utf-8")
    done = run("check", "a.txt", cwd=tmp_path)
    assert done.returncode == 1
    assert "a.txt:5:" in done.stderr
    assert "^" in done.stderr
    assert "\\nosuchcommand" in done.stderr


def test_inspect_says_why_it_has_no_post_to_show(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("No day\n\nA title\n", encoding="utf-8")
    done = run("inspect", "a.txt", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "no post was found in a.txt" in done.stderr


def test_check_as_json(dump: Path) -> None:
    done = run("check", "dump.txt", "--json", cwd=dump.parent)
    assert done.returncode == 0
    found = [finding["code"] for finding in json.loads(done.stdout)["diagnostics"]]
    assert found == ["language-inferred", "post-truncated"]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["build", "nowhere.txt"], 3, "nowhere.txt"),
        (["build"], 2, "no SOURCE"),
        (["build", "dump.txt", "--format", "mobi"], 2, "mobi"),
        (["build", "dump.txt", "--config", "absent.toml"], 3, "absent.toml"),
        (["build", "empty.txt"], 3, "no post"),
        (["inspect", "dump.txt", "--formulas"], 2, "--json"),
        (["frobnicate"], 2, "frobnicate"),
    ],
)
def test_what_cannot_be_done_is_said_without_a_traceback(
    dump: Path, arguments: list[str], status: int, said: str
) -> None:
    (dump.parent / "empty.txt").write_bytes(b"")
    done = run(*arguments, cwd=dump.parent)
    assert done.returncode == status, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not done.stdout


def test_findings_are_counted_where_a_book_was_made_alone(dump: Path) -> None:
    assert "0 errors, 0 warnings" in run("build", "dump.txt", cwd=dump.parent).stderr
    dump.write_text("No day\n\nA title\n", encoding="utf-8")
    for name in ("dump.txt", "nowhere.txt"):
        failed = run("build", name, cwd=dump.parent)
        assert failed.returncode == 3
        assert "0 errors" not in failed.stderr
        assert "error: " in failed.stderr
    assert "no post was found in dump.txt" in run("build", "dump.txt", cwd=dump.parent).stderr


def test_pdf_without_tex_names_the_packages(dump: Path) -> None:
    done = run("build", "dump.txt", "-f", "pdf", cwd=dump.parent, PATH=str(dump.parent))
    assert done.returncode == 4, done.stderr
    assert "texlive-xetex" in done.stderr


def test_math_converts_an_argument_and_lines(tmp_path: Path) -> None:
    one = run("math", "x^2", cwd=tmp_path)
    assert one.stdout.startswith("<math")
    assert one.returncode == 0
    lines = run("math", "--json", "--display", cwd=tmp_path, stdin="x\n\\nosuchcommand\n")
    converted = [json.loads(line) for line in lines.stdout.splitlines()]
    assert [entry["mathml"] is None for entry in converted] == [False, True]
    assert lines.returncode == 1


def test_math_answers_each_line_with_one_and_names_those_that_fail(tmp_path: Path) -> None:
    lines = run("math", cwd=tmp_path, stdin="a\n\n  \\foo\n$b$\nc\n")
    assert lines.returncode == 1
    assert [line[:5] for line in lines.stdout.split("\n")] == ["<math", "", "", "", "<math", ""]
    assert [line for line in lines.stderr.splitlines() if "error" in line] == [
        "-:3:3: error: \\foo is not defined",
        "-:4:1: error: $ is not allowed here",
    ]
    assert lines.stderr.count("help: leave out the dollars") == 1
    alone = run("math", "\\foo", cwd=tmp_path)
    assert (alone.stdout, alone.stderr.splitlines()[0]) == ("", "error: \\foo is not defined")


def test_every_command_is_told_what_its_sources_are(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("18 Apr\n\n# 题目甲乙\n\n正文。".encode("utf-16-le"))
    options = ("--from", "markdown", "--encoding", "utf-16-le")
    built = run("build", "a.txt", *options, "-f", "html", "-o", ".", cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    inspected = run("inspect", "a.txt", *options, "--json", cwd=tmp_path)
    (post,) = json.loads(inspected.stdout)["posts"]
    assert [block.get("text") for block in post["blocks"]] == ["18 Apr", "题目甲乙", "正文。"]
    assert run("check", "a.txt", *options, cwd=tmp_path).returncode == 0
    assert run("verify", "a.html", "-s", "a.txt", *options, cwd=tmp_path).returncode == 0


def test_verify_fails_for_what_is_lost_alone(tmp_path: Path) -> None:
    dump = tmp_path / "a.txt"
    dump.write_bytes("18 Apr\n\n一篇文章\n\n正文在此。\n".encode() + b"\xff\n")
    assert run("build", "a.txt", "-o", ".", cwd=tmp_path).returncode == 0
    assert run("check", "a.txt", cwd=tmp_path).returncode == 1, "a byte cannot be read"
    whole = run("verify", "a.epub", "-s", "a.txt", "--json", cwd=tmp_path)
    compared = {"schema": 1, "posts": 1, "formulas": 0}
    assert (whole.returncode, json.loads(whole.stdout)) == (0, compared | {"diagnostics": []})
    dump.write_bytes(dump.read_bytes() + "还有一段。\n".encode())
    lacking = run("verify", "a.epub", "-s", "a.txt", "--json", cwd=tmp_path)
    assert lacking.returncode == 1
    told = json.loads(lacking.stdout)
    assert {found["code"] for found in told["diagnostics"]} == {"content-lost"}
    schemas = {name: json.loads((ROOT / "docs" / name).read_text("utf-8")) for name in SCHEMAS}
    known = Registry().with_resources((name, Resource.from_contents(schema)) for name, schema in schemas.items())
    jsonschema.Draft202012Validator(schemas["verify.schema.json"], registry=known).validate(told)


def test_verify_says_what_it_compared_and_proves_nothing_of_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("18 Apr\n\n一篇文章\n\n正文$x$在此。\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    assert run("build", "a.txt", "-o", ".", cwd=tmp_path).returncode == 0
    whole = run("verify", "a.epub", "-s", "a.txt", cwd=tmp_path)
    assert (whole.returncode, whole.stdout) == (0, "1 post, 1 formula: nothing is missing\n")
    nothing = run("verify", "a.epub", "-s", "empty.txt", cwd=tmp_path)
    assert nothing.returncode == 3
    assert "no post was found" in nothing.stderr


def test_verify_goes_on_after_a_book_that_cannot_be_read(tmp_path: Path) -> None:
    dump = tmp_path / "a.txt"
    dump.write_text("18 Apr\n\n一篇文章\n\n正文在此。\n", encoding="utf-8")
    assert run("build", "a.txt", "-o", ".", cwd=tmp_path).returncode == 0
    dump.write_text(dump.read_text("utf-8") + "还有一段。\n", encoding="utf-8")
    (tmp_path / "garbage.epub").write_bytes(b"no archive")
    both = run("verify", "garbage.epub", "a.epub", "-s", "a.txt", cwd=tmp_path)
    assert both.returncode == 1
    assert "garbage.epub: the EPUB cannot be read" in both.stderr
    assert "还有一段" in both.stderr


@pytest.mark.parametrize("name", ["x.typst", "x.plain", "x"])
def test_verify_refuses_what_it_cannot_read_back_before_it_begins(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text("18 Apr\n\n一篇文章\n\n正文在此。\n", encoding="utf-8")
    (tmp_path / name).write_text("hi", encoding="utf-8")
    refused = run("verify", name, "-s", "a.txt", cwd=tmp_path)
    assert refused.returncode == 3
    assert "can be read back" in refused.stderr
    assert "help: " in refused.stderr


def test_verify_refuses_a_book_that_is_not_there_as_a_build_does_a_source(dump: Path) -> None:
    refused = run("verify", "nope.epub", "-s", dump.name, cwd=dump.parent)
    assert (refused.returncode, refused.stderr.splitlines()[0]) == (3, "error: nope.epub: no such file or folder")


def test_verify_follows_the_order_that_a_book_was_built_in(tmp_path: Path) -> None:
    posts = ("2018-04-18\n\n后一篇文章\n\n正文在后。\n", "2017-04-18\n\n前一篇文章\n\n正文在前。\n")
    (tmp_path / "a.txt").write_text("\n".join(posts), encoding="utf-8")
    assert run("build", "a.txt", "-f", "epub", "--sort", "date", "-o", ".", cwd=tmp_path).returncode == 0
    assert run("verify", "a.epub", "-s", "a.txt", "--sort", "date", cwd=tmp_path).returncode == 0
    other = run("verify", "a.epub", "-s", "a.txt", cwd=tmp_path)
    assert other.returncode == 1
    assert "stands before one that it should follow" in other.stderr


def test_strict_turns_doubts_into_a_status(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("18 Apr\n\nT\n\n$\\nosuchcommand$\n", encoding="utf-8")
    assert run("build", "a.txt", "-f", "html", cwd=tmp_path).returncode == 0
    assert run("build", "a.txt", "-f", "html", "--strict", cwd=tmp_path).returncode == 1


@pytest.mark.tex
def test_all_and_another_format_make_both(dump: Path) -> None:
    done = run("build", "dump.txt", "-f", "all", "-f", "plain", cwd=dump.parent)
    assert {Path(line).suffix for line in done.stdout.splitlines()} == {".pdf", ".epub", ".html", ".txt", ".json"}


def test_init_leaves_a_file_that_builds(dump: Path) -> None:
    done = run("init", cwd=dump.parent)
    assert done.stdout == "book.toml\n"
    starter = (dump.parent / "book.toml").read_text(encoding="utf-8")
    assert all(f'"{output.value}"' in starter for output in Format)
    built = run("build", "-f", "html", cwd=dump.parent)
    assert built.returncode == 0, built.stderr
    assert run("init", cwd=dump.parent).returncode == 2


def test_doctor_lists_the_programs(tmp_path: Path) -> None:
    xelatex = tmp_path / "xelatex"
    xelatex.write_text("#!/bin/sh\necho XeTeX 3.14\n", encoding="utf-8")
    xelatex.chmod(0o755)
    done = run("doctor", cwd=tmp_path, PATH=str(tmp_path))
    assert done.returncode == 0
    told = {line.split()[1]: line.split()[0] for line in done.stdout.split("\n") if line[:1].strip()}
    assert (told["pandoc"], told["xelatex"], told["java"]) == ("ok", "ok", "missing")
    assert "XeTeX 3.14" in done.stdout
    assert "apt-get install default-jre-headless" in done.stdout


def test_a_reader_that_goes_away_ends_us_quietly() -> None:
    command = [sys.executable, "-m", "pipeline", "inspect", "seeds", "--json"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 1


def test_make_installs_the_packages_that_the_program_names() -> None:
    script = (ROOT / "tools" / "need.sh").read_text(encoding="utf-8").replace("\\\n", "")
    assert f'"{PACKAGES}"' in script
