"""Formulas tried before the book is set: XeTeX sets each in a box of its own, so that no bad one can spoil a page.

One run reads a formula a line and writes to its log how each went (styles/trial.tex.j2). A formula that ends the run
is found bad, and another run goes on behind it. What is known is kept in the cache, under a name that changes with
everything the outcome depends on.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Final

from pipeline.writers.contract import File
from pipeline.writers.pdf.engine import Engine, engine

_TRY_ALL: Final = "\\tryfile\n\\end{document}\n"
_SECONDS: Final = 12.0
_SECONDS_PER_FORMULA: Final = 0.01
_MOST_RUNS: Final = 100
_MOST_ENDLESS: Final = 8  # of them, those whose time ran out
_ENDLESS: Final = "TeX takes too long to set it"
_DEEPEST: Final = 40  # TeX's output overflows at 88 nested fractions (measured), and says so nowhere
_LONGEST: Final = 20_000
_WIDEST: Final = 16_383.0  # points: TeX's largest length (The TeXbook, chapter 10)
_NARROWEST: Final = -1000.0  # sums beyond the largest come out wrong, and mostly below zero

_MARK: Final = re.compile(r"<(trial|end) (\d+)>|<size (-?[\d.]+)pt (-?[\d.]+)pt>|<(broken|all)>")
_OVERFULL: Final = re.compile(r"Overfull \\hbox \(([\d.]+)pt too wide\)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a formula: its size, what sticks out when it is broken into lines, or why it cannot be set."""

    error: str = ""  # a sentence of ours, or TeX's first complaint, quoted as such
    width: float = 0.0
    height: float = 0.0
    excess: float = 0.0


def trial_engine(driver: str, formulas: int) -> AbstractContextManager[Engine]:
    """Return the engine for at most so many formulas; ``driver`` is the .tex that tries them."""
    return engine(driver, epoch=0, timeout=_SECONDS + _SECONDS_PER_FORMULA * formulas, draft=True)


def tried_before(driver: str, cache: Path | None) -> bool:
    """Whether verdicts of an earlier build are kept, so that there will be little to try."""
    store = _store(cache, driver)
    return store is not None and store.exists()


def try_formulas(formulas: Iterable[str], trial: Engine, *, cache: Path | None = None) -> dict[str, Verdict]:
    """Return a verdict on each of ``formulas``, mathematics without dollars.

    Raises:
        MissingProgramError: XeLaTeX or a font is not installed.
    """
    store = _store(cache, trial.start)
    known = _load(store)
    wanted = list(dict.fromkeys(formulas))
    new = [formula for formula in wanted if formula not in known]
    refused = {formula: Verdict(reason) for formula in new if (reason := _refusal(formula))}
    tried = _try_all([formula for formula in new if formula not in refused], trial)
    verdicts = {formula: known.get(formula) or refused.get(formula) or tried[formula] for formula in wanted}
    if tried and store:
        _save(store, {**known, **tried})
    return verdicts


def _refusal(formula: str) -> str:
    """Why a formula should not even be tried; empty if it may."""
    if len(formula) > _LONGEST:
        return "the formula is too long"
    depth = deepest = 0
    for match in re.finditer(r"\\.|[{}]", formula, re.DOTALL):
        depth += (match[0] == "{") - (match[0] == "}")
        deepest = max(deepest, depth)
        if depth < 0:
            break
    if depth:
        return "its braces do not match"
    return "the formula is nested too deeply" if deepest > _DEEPEST else ""


def _try_all(formulas: Sequence[str], trial: Engine) -> dict[str, Verdict]:
    verdicts: dict[str, Verdict] = {}
    left = list(formulas)
    runs = endless = 0
    while left and runs < _MOST_RUNS and endless < _MOST_ENDLESS:
        done = _try_run(left, trial)
        runs += 1
        endless += done[-1].error == _ENDLESS
        verdicts.update(zip(left, done, strict=False))
        left = left[len(done) :]
    return verdicts | dict.fromkeys(left, Verdict("too many formulas before it ended TeX's run"))


def _try_run(formulas: Sequence[str], trial: Engine) -> list[Verdict]:
    """Try ``formulas`` in one run; return the verdicts up to the one that ended it, at least one."""
    lines = "".join(f"{_one_line(formula)}\n" for formula in formulas)
    run = trial.run(_TRY_ALL, (File("trials.txt", lines.encode()),))
    verdicts, finished = _read(run.log)
    if not finished and len(verdicts) < len(formulas):
        verdicts.append(Verdict(_ENDLESS if run.timed_out else "TeX ended at it"))
    return verdicts


def _one_line(formula: str) -> str:
    return " ".join(formula.split("\n"))


def _read(log: str) -> tuple[list[Verdict], bool]:
    """Return the verdicts of the formulas that were finished, in order, and whether all were."""
    verdicts: list[Verdict] = []
    verdict, broken = Verdict(), False
    for line in log.splitlines():
        mark = _MARK.search(line)
        if mark and mark[1] == "trial":
            verdict, broken = Verdict(), False
        elif mark and mark[1] == "end":
            verdicts.append(verdict)
        elif mark and mark[3]:
            verdict = _measured(verdict, float(mark[3]), float(mark[4]))
        elif mark and mark[5] == "all":
            return verdicts, True
        elif mark:
            broken = True
        elif not verdict.error and not broken and line.startswith(("! ", "Missing character")):
            verdict = replace(verdict, error=f"XeLaTeX says: {line.removeprefix('! ')}")
        elif broken and (overfull := _OVERFULL.search(line)):
            verdict = replace(verdict, excess=max(verdict.excess, float(overfull[1])))
    return verdicts, False


def _measured(verdict: Verdict, width: float, height: float) -> Verdict:
    immense = not _NARROWEST < width < _WIDEST
    error = verdict.error or ("it is wider than TeX can measure" if immense else "")
    return replace(verdict, error=error, width=width, height=height)


def _store(cache: Path | None, driver: str) -> Path | None:
    return cache / f"trials-{hashlib.sha256(driver.encode()).hexdigest()[:16]}.json" if cache else None


def _load(store: Path | None) -> Mapping[str, Verdict]:
    """What earlier builds found out; a cache that cannot be read is an empty one."""
    if store is None:
        return {}
    try:
        found = json.loads(store.read_text(encoding="utf-8"))
        return {formula: Verdict(str(error), *map(float, sizes)) for formula, (error, *sizes) in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _save(store: Path, verdicts: Mapping[str, Verdict]) -> None:
    """Keep what was found out, whole or not at all; a folder that cannot be written to costs time and nothing else."""
    part = store.with_name(f".{store.name}.part")
    try:
        store.parent.mkdir(parents=True, exist_ok=True)
        content = json.dumps({formula: astuple(verdict) for formula, verdict in verdicts.items()}, ensure_ascii=False)
        part.write_text(content, encoding="utf-8")
        part.replace(store)
    except OSError:
        part.unlink(missing_ok=True)
