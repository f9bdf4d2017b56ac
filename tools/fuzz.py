"""Coverage-guided fuzzing (atheris) of what takes strangers' bytes first: ``tools/fuzz.py reader|gate [OPTION…]``.

Options are libFuzzer's, such as ``-max_total_time=60`` or a folder of inputs to begin with. What it finds becomes a
case under tests/cases. ``reader`` also demands that nothing of a dump is lost.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Final

import atheris

with atheris.instrument_imports(include=["pipeline"]):
    from pipeline.diagnostics import Reporter
    from pipeline.readers.decode import decode
    from pipeline.readers.dump import read_dump
    from pipeline.source import SourceText
    from pipeline.tex.delimiters import find_formulas
    from pipeline.tex.gate import refusal
    from pipeline.verify.source import reading_losses


def fuzz_reader(data: bytes) -> None:
    """Read any bytes as a dump; the posts hold every character of theirs."""
    reporter = Reporter()
    source = decode("fuzz.txt", data, "", reporter)
    judge(source)
    judge(SourceText(source.path, f"18 Apr\n\n标题\n\n{source.text}\n"))


def judge(source: SourceText) -> None:
    """Read a source; a loss is a finding."""
    reporter = Reporter()
    posts = read_dump(source, reporter)
    losses = reading_losses({source.path: source}, posts)
    if losses:
        raise AssertionError(losses[0])


def fuzz_gate(data: bytes) -> None:
    """Find the formulas in any text and judge each."""
    text = data.decode("utf-8", "replace")
    for formula in find_formulas(text):
        refusal(formula.tex)
    refusal(text)


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {"reader": fuzz_reader, "gate": fuzz_gate}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:  # noqa: PLR2004 - the name of a target
        sys.exit(__doc__)
    target = TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()
