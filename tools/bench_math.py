"""Coverage and speed of formulas, beside other converters on the same formulas in the same run.

usage: bench_math.py [DUMP]

Without DUMP the seed's formulas are taken. MathJax, KaTeX and Temml are installed by npm into a temporary folder; where
there is no npm, they are left out. "reads alike" compares the printed characters with MathJax's, accents and spaces
aside, over the formulas that MathJax reads.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from latex2mathml.converter import convert as latex2mathml
from lxml import etree
from measuring import SEED

from pipeline.book import Book
from pipeline.config import BuildConfig
from pipeline.diagnostics import Reporter
from pipeline.formulas import formulas_of
from pipeline.mathml.conversion import Formula
from pipeline.mathml.convert import convert_formulas
from pipeline.pandoc import pandoc
from pipeline.readers.sources import read_sources
from pipeline.tex.tokens import with_last_space
from pipeline.transforms.macros import macros

PACKAGES: Final = ("mathjax-full@3", "katex", "temml")
SCRIPT: Final = Path(__file__).with_name("bench_math.js")
BATCH: Final = 500
PANDOC_OPTIONS: Final = ("-f", "markdown_strict+tex_math_dollars", "-t", "html", "--mathml")
PANDOC_MATHML: Final = re.compile(r"<math.*</math>", re.DOTALL)
PARAGRAPH: Final = re.compile(r"<p>(.*?)</p>", re.DOTALL)
IGNORED: Final = frozenset("\u2061\u2062\u2063\u2064\u200b^ˆ~˜¯ˉ‾―_˙¨´`ˇ˘˚⏞⏟⃗→ \u00a0")
SAME: Final = str.maketrans({"∣": "|", "∥": "‖", "∗": "*", "−": "-", "′": "'", "ϕ": "φ", "ϵ": "ε", "⋆": "*", "⋅": "·"})
HIDDEN: Final = ("{*}annotation", "{*}annotation-xml")


@dataclass(frozen=True, slots=True)
class Result:
    """What one converter made of every formula: MathML, or None where it gave up, and how long all took."""

    name: str
    seconds: float
    mathml: tuple[str | None, ...]


def distinct_formulas(dump: Path) -> list[Formula]:
    """Return the distinct formulas of a dump, macros expanded, without those that refer to others."""
    config = BuildConfig(sources=(dump,))
    book = Book(config, read_sources(config, Reporter()).posts)
    found: dict[Formula, None] = {}
    for math in chain.from_iterable(map(formulas_of, macros(book, Reporter()).posts)):
        if math.expanded is not None and "ref{" not in math.expanded:
            found[math.expanded, math.display] = None
    return list(found)


def timed(name: str, run: Callable[[], Sequence[str | None]]) -> Result:
    """Run a converter and time it."""
    start = time.perf_counter()
    mathml = tuple(run())
    return Result(name, time.perf_counter() - start, mathml)


def ours(formulas: Sequence[Formula], jobs: int, cache: Path | None = None) -> list[str | None]:
    """Convert with the whole chain."""
    done = convert_formulas(formulas, jobs=jobs, cache=cache)
    return [done[formula].mathml for formula in formulas]


def by_latex2mathml(formula: Formula) -> str | None:
    """Convert with latex2mathml as its documentation says."""
    try:
        return str(latex2mathml(formula[0], display="block" if formula[1] else "inline"))
    except Exception:  # noqa: BLE001 - it raises whatever it stumbles over
        return None


def by_pandoc(formulas: Sequence[Formula]) -> list[str | None]:
    """Convert with pandoc, so many at a time that none of its runs is cut short."""
    batches = (formulas[start : start + BATCH] for start in range(0, len(formulas), BATCH))
    return [mathml for batch in batches for mathml in _pandoc(batch)]


def _pandoc(formulas: Sequence[Formula]) -> list[str | None]:
    source = "\n\n".join(_as_markdown(*formula) for formula in formulas)
    done = subprocess.run(  # noqa: S603 - fixed arguments; the formulas are its input
        [pandoc(), *PANDOC_OPTIONS], check=True, capture_output=True, input=source.encode()
    )
    found = [PANDOC_MATHML.search(paragraph) for paragraph in PARAGRAPH.findall(done.stdout.decode())]
    return [match[0] if match else None for match in found]


def _as_markdown(tex: str, display: bool) -> str:  # noqa: FBT001 - a formula is such a pair
    dollars = "$$" if display else "$"
    return f"{dollars}{with_last_space(' '.join(tex.replace('$', ' ').split()))}{dollars}"


def by_node(folder: Path, formulas: Sequence[Formula]) -> list[Result]:
    """Convert with the converters of npm; each times itself, without the start of node."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if not (npm and node):
        return []
    subprocess.run(  # noqa: S603 - fixed arguments
        [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", *PACKAGES],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    script = folder / SCRIPT.name
    script.write_bytes(SCRIPT.read_bytes())
    done = subprocess.run(  # noqa: S603 - fixed arguments; the formulas are its input
        [node, str(script)], cwd=folder, check=True, capture_output=True, input=json.dumps(formulas).encode()
    )
    return [Result(row["name"], row["seconds"], tuple(row["mathml"])) for row in json.loads(done.stdout)]


def folded(text: str) -> str:
    """Return the characters of a reading in an order of their own, without accents and spaces."""
    plain = unicodedata.normalize("NFKD", text).translate(SAME)
    return "".join(sorted(char for char in plain if char not in IGNORED and not unicodedata.combining(char)))


def reading(mathml: str | None) -> str | None:
    """Return what a formula prints, folded; None when it is no XML."""
    if mathml is None:
        return None
    try:
        root = etree.fromstring(mathml.replace("&nbsp;", "\u00a0").encode())
    except etree.XMLSyntaxError:
        return None
    etree.strip_elements(root, *HIDDEN, with_tail=False)
    return folded("".join("".join(str(text) for text in root.itertext()).split()))


def row(result: Result, reference: Sequence[str | None]) -> str:
    """Return one line of the table."""
    readings = [reading(mathml) for mathml in result.mathml]
    count = len(readings)
    formed = sum(found is not None for found in readings)
    pairs = [(found, wanted) for found, wanted in zip(readings, reference, strict=True) if wanted is not None]
    alike = f"{sum(found == wanted for found, wanted in pairs) / len(pairs):8.2%}" if pairs else "       –"
    wrong = sum(found is not None and found != wanted for found, wanted in pairs)
    each = result.seconds / max(1, count) * 1_000
    return f"{result.name:<28}{formed / max(1, count):10.2%}  {alike}{wrong:9}{result.seconds:9.2f} s{each:9.3f} ms"


def main() -> None:
    """Parse the command line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dump", nargs="?", type=Path, default=SEED)
    formulas = distinct_formulas(parser.parse_args().dump)
    with tempfile.TemporaryDirectory(prefix="pipeline-bench-math-") as temporary:
        folder = Path(temporary)
        results = [
            timed("pipeline, 2 processes, cold", lambda: ours(formulas, 2, folder / "cache")),
            timed("pipeline, warm", lambda: ours(formulas, 2, folder / "cache")),
            timed("latex2mathml alone", lambda: [by_latex2mathml(formula) for formula in formulas]),
            timed("pandoc (texmath)", lambda: by_pandoc(formulas)),
            *by_node(folder, formulas),
        ]
    mathjax = next((result for result in results if result.name == "MathJax"), None)
    if mathjax is None:
        print("npm is missing: MathJax, KaTeX and Temml are left out", file=sys.stderr)
    reference = [reading(mathml) for mathml in mathjax.mathml] if mathjax else [None] * len(formulas)
    print(f"{len(formulas)} distinct formulas")
    print(f"{'':<28}{'well-formed':>11} {'reads alike':>11}{'otherwise':>10}{'all':>9}{'each':>12}")
    for result in results:
        print(row(result, reference))


if __name__ == "__main__":
    main()
