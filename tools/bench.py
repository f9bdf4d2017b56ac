"""Time and memory of whole builds, beside pandoc on the same text.

usage: bench.py [DUMP] [--posts N] [--pdf]

Without DUMP a dump of N posts is made by repeating the seed under new titles. Memory is the peak of the largest single
process of a command. A command that fails is named with its complaint and given no time. Every figure printed was
measured in this run.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from bench_folder import markdown_folder
from bench_reading import reading
from measuring import ROOT, measure, pandoc, repeated_seed

from pipeline.book import Post
from pipeline.diagnostics import Reporter
from pipeline.posts import plain_title
from pipeline.readers.dump import read_dump
from pipeline.source import SourceText

_PATIENCE: Final = 600  # seconds for LaTeX that may never end


def posts_of(dump: Path) -> tuple[Post, ...]:
    """Return the posts of a dump in UTF-8."""
    return read_dump(SourceText(dump.name, dump.read_text(encoding="utf-8")), Reporter())


def as_markdown(dump: Path) -> str:
    """Return the same text as pandoc would be given it: a heading a post, everything else as it is."""
    posts = posts_of(dump)
    lines = dump.read_text(encoding="utf-8").split("\n")
    starts = [post.span.line - 1 for post in posts] + [len(lines)]
    chapters = []
    for post, start, end in zip(posts, starts[:-1], starts[1:], strict=True):
        body = "\n".join(lines[start + 1 : end]).strip().split("\n", 1)
        chapters.append(f"# {plain_title(post)}\n{body[1] if len(body) > 1 else ''}\n")
    return "\n".join(chapters)


def formats(dump: Path, folder: Path, *, pdf: bool) -> None:
    """Print a line a build: ours cold and warm, then pandoc's, for every format."""
    markdown = folder / "dump.md"
    markdown.write_text(as_markdown(dump), encoding="utf-8")
    for output in ("epub", "html", *(("pdf",) if pdf else ())):
        made, theirs = folder / output, folder / f"pandoc.{output}"
        ours = [sys.executable, "-m", "pipeline", "build", str(dump), "-f", output, "-o", str(made)]
        cache = {"XDG_CACHE_HOME": str(folder / f"cache-{output}"), "PYTHONPATH": str(ROOT)}
        for state in ("cold", "warm"):
            artefact = made / f"{dump.stem.lower()}.{output}"
            print(measure(f"pipeline {output}, {state} cache", ours, artefact, **cache), flush=True)
        print(measure(f"pandoc {output}", pandoc([markdown], theirs), theirs), flush=True)
    if pdf:
        print(f"  ours: {_shown_as_tex(folder / 'pdf' / 'report.json')}")
        print(f"  pandoc's LaTeX, set over all its errors: {_set_over_errors(markdown, folder / 'pandoc.tex')}")


def _shown_as_tex(report: Path) -> str:
    """Say how many formulas our PDF shows as their TeX."""
    found = json.loads(report.read_text(encoding="utf-8"))
    refused = sum(found["math"]["shown_as_source"].values())
    unprinted = sum(diagnostic["code"] == "formula-not-printed" for diagnostic in found["diagnostics"])
    return f"{refused + unprinted} of {found['math']['formulas']} formulas are shown as their TeX"


def _set_over_errors(markdown: Path, tex: Path) -> str:
    """Say of how much XeLaTeX complains in what pandoc makes of the text, when it is told not to stop."""
    subprocess.run(pandoc([markdown], tex), check=True, capture_output=True)  # noqa: S603 - our own command line
    command = ["xelatex", "-no-shell-escape", "-interaction=nonstopmode", tex.name]
    try:
        subprocess.run(command, cwd=tex.parent, capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S603 - fixed
    except subprocess.TimeoutExpired:
        return f"not finished after {_PATIENCE} s"
    log = tex.with_suffix(".log").read_text(encoding="utf-8", errors="replace")
    pages = re.search(r"Output written on .*?\((\d+) pages?", log)
    end = f"{pages[1]} pages" if pages else "no PDF"
    errors, missing = len(re.findall("^! ", log, re.MULTILINE)), log.count("Missing character:")
    return f"{errors} errors, {missing} characters missing, {end}"


def main() -> None:
    """Parse the command line and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dump", nargs="?", type=Path)
    parser.add_argument("--posts", type=int, default=228)
    parser.add_argument("--pdf", action="store_true", help="also PDF, which needs XeLaTeX and minutes")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="pipeline-bench-"))
    try:
        dump = arguments.dump
        if dump is None:
            dump = folder / "dump.txt"
            dump.write_text(repeated_seed(arguments.posts), encoding="utf-8")
        print(f"{dump.name}: {dump.stat().st_size / 1e6:.1f} MB")
        reading()
        formats(dump, folder, pdf=arguments.pdf)
        markdown_folder(folder)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
