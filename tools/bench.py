"""Time and memory of whole builds, beside pandoc on the same text.

usage: bench.py [DUMP] [--posts N] [--pdf]

Without DUMP a dump of N posts is made by repeating the seed under new titles. Memory is the peak of the largest single
process of a command. A command that fails is named with its complaint and given no time. Every figure printed was
measured in this run.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pypandoc

from pipeline.book import Post
from pipeline.diagnostics import Reporter
from pipeline.readers.dump import read_dump
from pipeline.resolve import plain_title
from pipeline.source import SourceText

ROOT: Final = Path(__file__).parent.parent
SEED: Final = ROOT / "seeds" / "kexue.fm.txt"
SIZES: Final = (100, 1_000, 10_000)
_PATIENCE: Final = 600  # seconds for LaTeX that may never end


@dataclass(frozen=True, slots=True)
class Run:
    """What one command took."""

    name: str
    seconds: float
    processor: float  # seconds, of all its processes together
    megabytes: float
    size: int
    status: int
    complaint: str

    def __str__(self) -> str:
        if self.status:
            return f"{self.name:<34} failed, exit {self.status}: {self.complaint}"
        times = f"{self.seconds:8.2f} s {self.processor:8.2f} s CPU"
        return f"{self.name:<34} {times} {self.megabytes:8.0f} MB {self.size / 1e6:8.2f} MB out"


def measure(name: str, command: Sequence[str], output: Path, **environment: str) -> Run:
    """Run ``command`` to its end and return what it took; ``output`` is what it made."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 - our own command lines
            list(command), stdout=subprocess.DEVNULL, stderr=said, env={**os.environ, **environment}
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        said.seek(0)
        complaint = _complaint(said.read().decode(errors="replace"))
    size = output.stat().st_size if output.exists() else 0
    processor = usage.ru_utime + usage.ru_stime
    status = os.waitstatus_to_exitcode(status)
    return Run(name, seconds, processor, usage.ru_maxrss / 1024, size, status, complaint)


def _complaint(said: str) -> str:
    """Return the first line that TeX marks as an error, else the last that was said."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return next((line for line in lines if line.startswith("!")), lines[-1] if lines else "")


def repeated_seed(posts: int) -> str:
    """Return a dump of ``posts`` posts: the seed's, again and again, each time under titles of their own."""
    seed = SEED.read_text(encoding="utf-8")
    bodies = [body for body in seed.split("点击阅读全文...") if body.strip()]
    texts = []
    for number in range(posts):
        date, title, *rest = (line for line in bodies[number % len(bodies)].strip().split("\n"))
        while not title:
            title, *rest = rest
        texts.append("\n".join([date, "", f"{title}·{number}", *rest]).rstrip() + "\n\n点击阅读全文...\n")
    return "\n".join(texts)


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
        print(measure(f"pandoc {output}", _pandoc(markdown, theirs), theirs), flush=True)
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
    subprocess.run(_pandoc(markdown, tex), check=True, capture_output=True)  # noqa: S603 - our own command line
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


_FORMULAS: Final = (
    r"\frac{{x_{{{0}}}}}{{y+{1}}}",
    r"\sum_{{i=1}}^{{{0}}} a_i^{{{1}}}",
    r"\mathbb{{E}}_{{z\sim p_{{{0}}}}}\left[\log q_{{{1}}}(z)\right]",
    r"\sqrt{{r_{{{0}}}^2+{1}}}",
)


def markdown_post(number: int, paragraphs: Sequence[str], chance: random.Random) -> str:
    """Return a post as Hexo keeps it: paragraphs with formulas, a displayed one, a table, code, a list and a note."""

    def formula() -> str:
        return chance.choice(_FORMULAS).format(chance.randrange(1000), chance.randrange(1000))

    def paragraph() -> str:
        text = chance.choice(paragraphs)
        middle = chance.randrange(len(text))
        return f"{text[:middle]} ${formula()}$ {text[middle:]}"

    rows = "".join(f"| 模型 {row} | {chance.random():.3f} | ${formula()}$ |\n" for row in range(4))
    lines = "".join(f"def f{row}(x):\n    return x * {chance.randrange(100)}  # 注释\n" for row in range(4))
    points = "".join(f"- **要点 {row}** {paragraph()}\n" for row in range(3))
    return (
        f"---\ntitle: 第 {number} 篇\ndate: 2016-{1 + number % 12:02d}-{1 + number % 28:02d} 08:00:00\n---\n\n"
        f"## 一\n\n{paragraph()}\n\n{paragraph()}[^1]\n\n$$\n{formula()} = {formula()}\n$$\n\n{points}\n"
        f"| 名 | 值 | 公式 |\n|:--|--:|:-:|\n{rows}\n## 二\n\n> {paragraph()}\n\n```python\n{lines}```\n\n"
        f"[^1]: {paragraph()}\n"
    )


def markdown_folder(folder: Path, posts: int = 1_000) -> None:
    """Print what a folder of Markdown posts takes to become an EPUB, ours with nothing cached and then pandoc's."""
    lines = SEED.read_text(encoding="utf-8").split("\n")
    paragraphs = [line for line in lines if len(line) > 80 and not set("\\$") & set(line)]  # noqa: PLR2004 - prose
    source, chance = folder / "blog", random.Random(1)  # noqa: S311 - the same posts each time
    kept = source / "source" / "_posts"
    kept.mkdir(parents=True)
    for number in range(posts):
        (kept / f"post-{number:05d}.md").write_text(markdown_post(number, paragraphs, chance), encoding="utf-8")
    made, theirs = folder / "folder", folder / "folder.epub"
    ours = [sys.executable, "-m", "pipeline", "build", str(source), "-f", "epub", "-o", str(made)]
    cache = {"XDG_CACHE_HOME": str(folder / "cache-folder"), "PYTHONPATH": str(ROOT)}
    print(measure(f"pipeline epub, {posts} Markdown posts", ours, made / "blog.epub", **cache), flush=True)
    pandoc = [*_pandoc(kept, theirs), "--file-scope"]
    pandoc[1:2] = map(str, sorted(kept.iterdir()))
    print(measure(f"pandoc epub, {posts} Markdown posts", pandoc, theirs), flush=True)


def _pandoc(markdown: Path, output: Path) -> list[str]:
    command = [pypandoc.get_pandoc_path(), str(markdown), "-f", "markdown-yaml_metadata_block", "-s", "-o", str(output)]
    command += ["--metadata", "title=Dump", "--metadata", "lang=zh-CN"]
    if output.suffix in (".pdf", ".tex"):
        return [*command, "--pdf-engine=xelatex", "-V", "CJKmainfont=Noto Serif CJK SC"]
    return [*command, "--mathml"]


def reading(folder: Path) -> None:
    """Print how reading alone grows with the number of posts."""
    for posts in SIZES:
        dump = folder / f"posts-{posts}.txt"
        dump.write_text(repeated_seed(posts), encoding="utf-8")
        start = time.perf_counter()
        found = len(posts_of(dump))
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        size = dump.stat().st_size / 1e6
        print(f"reading {found} posts, {size:.1f} MB: {seconds:.2f} s, {peak:.0f} MB at the most so far", flush=True)


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
        reading(folder)
        formats(dump, folder, pdf=arguments.pdf)
        markdown_folder(folder)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
