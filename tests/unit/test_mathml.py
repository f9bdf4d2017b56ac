"""Conversion as a whole: the engine, workers, cache, and what they do when something fails."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from pipeline.mathml import cache
from pipeline.mathml.conversion import Conversion, Formula
from pipeline.mathml.convert import convert_formula, convert_formulas
from pipeline.mathml.engine import convert, convert_one, draft
from pipeline.mathml.serialise import GateError, serialise
from pipeline.mathml.tree import UncertainError
from pipeline.mathml.workers import convert_all


def test_an_error_names_the_place_of_its_token() -> None:
    done = convert_formula(r"a + \foo x", display=False)
    assert (done.mathml, done.error, done.position, done.length) == (None, r"\foo is not defined", 4, 4)


def test_an_error_is_not_placed_at_a_longer_command_that_begins_alike() -> None:
    done = convert_formula(r"\alpha+\a", display=False)
    assert (done.error, done.position, done.length) == (r"\a is not defined", 7, 2)


def test_an_error_after_a_comment_and_blanks_is_placed_in_the_source() -> None:
    done = convert_formula("a % note\n  x_1_2", display=False)
    assert done.position == len("a % note\n  x_1")


@pytest.mark.parametrize(
    ("tex", "error"),
    [
        (r"\text{if $\nosuch x$}", r"\nosuch is not defined"),
        (r"\begin{unknown}a\end{unknown}", "the environment unknown is not defined"),
    ],
)
def test_what_is_not_defined_is_named(tex: str, error: str) -> None:
    assert convert_one((tex, False)).error == error


def test_commands_that_hold_one_another_without_end_are_refused_in_plain_words() -> None:
    assert convert_formula(r"\color{red}" * 800 + "x", display=False).error == "the formula is nested too deeply"
    assert convert_formula(r"\color{red}" * 100 + "x", display=False).error is None


def test_a_lost_part_of_a_formula_is_noticed() -> None:
    found = draft(r"a + \sin b", display=False)
    found.tokens.pop()
    with pytest.raises(UncertainError):
        convert(found, display=False)


def test_a_changed_structure_is_noticed() -> None:
    found = draft(r"x^2", display=False)
    found.shape.above = 2
    with pytest.raises(UncertainError):
        convert(found, display=False)


@pytest.mark.parametrize(
    "mathml",
    [
        "<math><script>x</script></math>",
        '<math><mi href="javascript:x">x</mi></math>',
        "<math><mtext><b>x</b></mtext></math>",
        "<math><mfrac><mi>x</mi></mfrac></math>",
    ],
)
def test_nothing_but_mathml_core_passes_the_gate(mathml: str) -> None:
    with pytest.raises(GateError):
        serialise(fromstring(mathml), display=False)  # noqa: S314 - texts of our own


def test_each_distinct_formula_is_converted_once_and_kept(tmp_path: Path) -> None:
    formulas: list[Formula] = [("x", False), ("x", True), ("x", False)]
    first = convert_formulas(formulas, cache=tmp_path)
    assert set(first) == {("x", False), ("x", True)}
    assert cache.load(tmp_path, formulas) == first


def test_a_damaged_row_is_not_believed(tmp_path: Path) -> None:
    convert_formulas([("x", False), ("y", False)], cache=tmp_path)
    (path,) = tmp_path.iterdir()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE formula SET mathml = '<math><script/></math>'")
    connection.close()
    assert cache.load(tmp_path, [("x", False)]) == {}
    assert "<mi>x</mi>" in (convert_formulas([("x", False)], cache=tmp_path)["x", False].mathml or "")


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00 and then nothing"])
def test_a_broken_cache_costs_time_alone(tmp_path: Path, content: bytes) -> None:
    convert_formulas([("x", False)], cache=tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_bytes(content)
    assert convert_formulas([("x", False)], cache=tmp_path)["x", False].mathml


def test_a_cache_in_a_place_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert convert_formulas([("x", False)], cache=tmp_path / "file" / "folder")["x", False].mathml


def _badly(formula: Formula) -> Conversion:
    if formula[0] == "crash":
        os.kill(os.getpid(), signal.SIGKILL)
    if formula[0] == "endless":
        while True:
            time.sleep(0.01)
    return Conversion(formula[0])


def test_a_crash_and_a_hang_cost_one_formula_each() -> None:
    names = [*(f"a{i}" for i in range(70)), "crash", "b", "endless", *(f"c{i}" for i in range(70)), "crash"]
    done = convert_all([(name, False) for name in names], _badly, 2)
    failed = [name for name, conversion in zip(names, done, strict=True) if conversion.error]
    assert failed == ["crash", "endless", "crash"]
    assert [conversion.mathml for conversion in done if not conversion.error] == [n for n in names if n not in failed]
