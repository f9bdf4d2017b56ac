"""A folder of Markdown posts, as Hexo keeps them, to an EPUB: ours with nothing cached, and then pandoc's.

usage: bench_folder.py [POSTS]
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from measuring import ROOT, SEED, measure, pandoc

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
    command = [*pandoc(sorted(kept.iterdir()), theirs), "--file-scope"]
    print(measure(f"pandoc epub, {posts} Markdown posts", command, theirs), flush=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="pipeline-bench-") as place:
        markdown_folder(Path(place), *map(int, sys.argv[1:]))
