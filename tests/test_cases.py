"""Every golden case under tests/cases; ``make golden`` rewrites their expectations in place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from golden import CASES, actual, parse_case, render_case

ALL_CASES = sorted(CASES.rglob("*.case"))


@pytest.mark.parametrize("path", ALL_CASES, ids=lambda path: str(path.relative_to(CASES).with_suffix("")))
def test_case(path: Path) -> None:
    case = parse_case(path.read_text(encoding="utf-8"))
    assert case.prose, "a case says in its first lines why it exists"
    assert case.expected, "a case expects something"
    made = actual(case)
    if os.environ.get("GOLDEN") == "overwrite":
        path.write_text(render_case(made), encoding="utf-8")
        return
    for wanted, got in zip(case.expected, made.expected, strict=True):
        assert wanted.body, f">>> {wanted.kind} is empty: run make golden and look at the difference"
        assert got.body == wanted.body


def test_rendering_a_case_loses_nothing() -> None:
    for path in ALL_CASES:
        text = path.read_text(encoding="utf-8")
        assert render_case(parse_case(text)) == text, f"{path.name}: one blank line between parts, none within marks"
