"""What a browser takes for a large page, and whether all of it can be reached: in Debian's Chromium, or in CHROMIUM.

usage: bench_page.py [PAGE] [--posts N] [--formulas N] [--whole]

Without PAGE one of N posts is built of the seed's paragraphs, shuffled. Memory is the proportional set size of the
process that draws the page, processor time its own too: the browser keeps others of the kind that draw nothing, which
took 54 to 100 MB beside any page. The browser's own search and its printing draw all of a page at once, which takes
minutes and gigabytes of a large one: they are tried with --whole. Every figure printed was measured in this run.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pymupdf
from measuring import SEED
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from pipeline.build import build
from pipeline.config import BuildConfig, Format, Metadata
from pipeline.diagnostics import Reporter

FLAGS: Final = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
WINDOW: Final = ViewportSize(width=1280, height=900)
JUMPS: Final = 50
SEARCHES: Final = 50
_FORMULA: Final = re.compile(r"\$[^$]+\$|\\begin\{(?:equation|align)")
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_PSS: Final = re.compile(r"^Pss:\s+(\d+)", re.MULTILINE)
_TITLED: Final = re.compile(r"^\d+ [A-Z][a-z]{2}$", re.MULTILINE)

# Milliseconds since the address was opened; the page's script runs within the event of the first.
_READY: Final = """() => {
  const [page] = performance.getEntriesByType('navigation')
  const paint = performance.getEntriesByName('first-contentful-paint')[0]
  return [page.domContentLoadedEventEnd, paint?.startTime ?? 0, page.loadEventEnd]
}"""
_SETTLED: Final = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
_OFF: Final = """id => {
  const target = document.getElementById(id)
  return target.getBoundingClientRect().top - parseFloat(getComputedStyle(target).scrollMarginTop)
}"""
_BUSY: Final = "() => { for (const end = performance.now() + 500; performance.now() < end;); }"
_END: Final = "() => scrollY + innerHeight >= document.documentElement.scrollHeight - 1"
_FIND: Final = """wanted => {
  getSelection().removeAllRanges()
  if (!find(wanted, false, false, true)) return null
  const { top, bottom } = getSelection().getRangeAt(0).getBoundingClientRect()
  return bottom > 0 && top < innerHeight && bottom > top
}"""


def seed_dump(posts: int, formulas: int) -> str:
    """Return a dump of so many posts that hold so many formulas together, of the seed's paragraphs in any order.

    Every second paragraph is one with formulas, so that there is a formula for every 80 characters: whole posts have
    one for every 120, the seed, which holds their beginnings, one for every 360.
    """
    chance = random.Random(1)  # noqa: S311 - the same page each time
    paragraphs = [text for text in SEED.read_text(encoding="utf-8").split("\n\n") if not _TITLED.search(text)]
    formal = [text for text in paragraphs if _FORMULA.search(text)]
    written, texts = 0, []
    for number in range(1, posts + 1):
        body = [f"第{number}篇", f"第{number}篇从这里开始。"]
        while written < formulas * number / posts:
            body += [chance.choice(formal), chance.choice(paragraphs)]
            written += sum(len(_FORMULA.findall(text)) for text in body[-2:])
        texts.append("\n\n".join(["1 Jan", *body]))
    return "\n\n".join(texts) + "\n"


def built(posts: int, formulas: int, folder: Path) -> Path:
    """Build the page of such a dump in ``folder``."""
    dump = folder / "page.txt"
    dump.write_text(seed_dump(posts, formulas), encoding="utf-8")
    metadata = Metadata(title="Page", language="zh-CN")
    config = BuildConfig(sources=(dump,), out=folder, slug="page", formats=(Format.HTML,), metadata=metadata)
    build(config, Reporter(), lambda _line: None)
    return folder / "page.html"


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser, and close it in the end."""
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield browser
        browser.close()


def renderers(browser: Browser) -> dict[Path, float]:
    """Return the folders in /proc of the browser's processes that can draw pages, and what time each has taken."""
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    folders = (Path("/proc", str(process["id"])) for process in processes if process["type"] == "renderer")
    return {folder: processor_seconds(folder) for folder in folders}


def drawing(browser: Browser, page: Page) -> Path:
    """Return that one of them that draws ``page``: it works when the page is told to."""
    before = renderers(browser)
    page.evaluate(_BUSY)
    return max(before, key=lambda process: processor_seconds(process) - before[process])


def megabytes(process: Path) -> float:
    """Return the memory of a process, of what it shares its share (proc(5), smaps_rollup)."""
    return sum(map(int, _PSS.findall((process / "smaps_rollup").read_text()))) / 1000


def processor_seconds(process: Path) -> float:
    """Return the processor time that a process has taken since it began (proc(5), stat: utime and stime)."""
    fields = (process / "stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / _TICKS


def jumps(page: Page) -> list[float]:
    """Return by how many pixels each of some random jumps misses; one that the page's end stops is left out."""
    ids = page.evaluate("[...document.querySelectorAll('#text [id]')].map(e => e.id)")
    missed = []
    for name in random.Random(2).sample(ids, min(JUMPS, len(ids))):  # noqa: S311 - the same each time
        page.evaluate("id => { location.hash = id }", name)
        page.evaluate(_SETTLED)
        if not page.evaluate(_END):
            missed.append(abs(page.evaluate(_OFF, name)))
    return missed


def scroll_through(page: Page) -> None:
    """Scroll from the top to the end in steps shorter than most posts."""
    page.evaluate("scrollTo(0, 0)")
    while not page.evaluate(_END):
        page.evaluate("scrollBy(0, 3 * innerHeight)")
        page.evaluate(_SETTLED)


def searches(page: Page) -> list[float]:
    """Search for words of the page as a reader would, and return the milliseconds that each took."""
    words = page.evaluate("document.querySelector('#text').textContent.match(/[\\u4e00-\\u9fff]{2,3}/g)")
    took = []
    page.keyboard.press("/")
    for word in random.Random(3).sample(words, SEARCHES):  # noqa: S311 - the same each time
        took.append(
            page.evaluate(
                """word => { const field = document.querySelector('#find-text'), start = performance.now()
                field.value = word; field.dispatchEvent(new Event('input'))
                return performance.now() - start }""",
                word,
            )
        )
        page.keyboard.press("Enter")
        page.evaluate(_SETTLED)
    page.keyboard.press("Escape")
    return took


def found_by_browser(page: Page) -> str:
    """Say whether the browser's own search finds the last words of posts that were never drawn, and shows them."""
    words = page.evaluate(
        """[...document.querySelectorAll('article')].map(post => [...post.querySelectorAll('.body p')]
           .flatMap(p => [...p.childNodes].map(node => node.data?.match(/[\\u4e00-\\u9fff]{12}/)?.[0]))
           .filter(Boolean).pop()).filter(Boolean)"""
    )
    wanted = words[:: max(1, len(words) // 10)]
    shown = [page.evaluate(_FIND, word) for word in wanted]
    return f"{sum(it is not None for it in shown)} found and {sum(map(bool, shown))} shown of {len(wanted)}"


def printed(page: Page, folder: Path) -> str:
    """Print the page, and say how many sheets that made and whether the last post's title is on one of them."""
    title = page.evaluate("[...document.querySelectorAll('article .title')].pop().textContent")
    start = time.perf_counter()
    page.pdf(path=folder / "page.pdf")
    seconds = time.perf_counter() - start
    with pymupdf.open(folder / "page.pdf") as pdf:  # type: ignore[no-untyped-call] # no annotations
        last = "".join(pdf[number].get_text() for number in range(max(0, len(pdf) - 100), len(pdf)))
        there = "".join(title.split()) in "".join(last.split())
        return f"{len(pdf)} sheets in {seconds:.0f} s, the last post {'there' if there else 'MISSING'}"


def measure(file: Path, folder: Path, *, whole: bool) -> None:
    """Open ``file`` and print what was seen, one line each."""
    with chromium() as browser:
        page = browser.new_page(viewport=WINDOW)
        page.goto(file.as_uri(), wait_until="load")
        page.evaluate(_SETTLED)
        taken, process = renderers(browser), drawing(browser, page)
        ready, paint, loaded = (value / 1000 for value in page.evaluate(_READY))
        posts, formulas = page.evaluate("['article', 'math'].map(it => document.querySelectorAll(it).length)")
        print(f"{file.name}: {file.stat().st_size / 1e6:.1f} MB, {posts} posts, {formulas} formulas")
        print(f"ready         {ready:.2f} s, first paint {paint:.2f} s, loaded {loaded:.2f} s")
        print(f"processor     {taken[process]:.2f} s until it was loaded")
        print(f"memory        {megabytes(process):.0f} MB")
        missed = jumps(page)
        print(f"jumps         {len(missed)}, off by {statistics.median(missed):.1f} px, at most {max(missed):.1f} px")
        scroll_through(page)
        print(f"memory        {megabytes(process):.0f} MB after all of it was scrolled through")
        took = searches(page)
        print(
            f"search        first {took[0]:.0f} ms, then {statistics.median(took[1:]):.0f}, at most {max(took[1:]):.0f}"
        )
        print(f"memory        {megabytes(process):.0f} MB after {len(took)} searches")
        if whole:
            print(f"own search    {found_by_browser(page)}")
            print(f"print         {printed(page, folder)}")
            print(f"memory        {megabytes(process):.0f} MB after both", flush=True)


def main() -> None:
    """Parse the command line and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("page", nargs="?", type=Path)
    parser.add_argument("--posts", type=int, default=356)
    parser.add_argument("--formulas", type=int, default=63_000)
    parser.add_argument("--whole", action="store_true", help="also the browser's own search, and print")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pipeline-bench-page-") as temporary:
        folder = Path(temporary)
        page = arguments.page or built(arguments.posts, arguments.formulas, folder)
        measure(page.resolve(), folder, whole=arguments.whole)


if __name__ == "__main__":
    main()
