"""What holds of every diagnostic code, whoever adds one."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from pipeline.codes import Code

from golden import CASES

ROOT = Path(__file__).parents[2]
DOCUMENTATION = runpy.run_path(str(ROOT / "tools" / "document_codes.py"))


@pytest.mark.parametrize("code", Code)
def test_a_code_is_explained_where_it_is_defined(code: Code) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code.label)
    assert DOCUMENTATION["descriptions"]().get(code.name), "a docstring stands under each code"


def test_no_two_codes_share_a_name() -> None:
    labels = [code.label for code in Code]
    assert len(labels) == len(set(labels))


def test_every_code_appears_in_a_case() -> None:
    cases = "\n".join(path.read_text(encoding="utf-8") for path in CASES.rglob("*.case"))
    unseen = {
        code.name
        for code in Code
        if f" {code.label}: " not in cases
        and not any(
            f"Code.{code.name}" in path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")
        )
    }
    assert unseen == set(), "a code that no case and no test provokes is not known to work"


def test_the_documentation_is_up_to_date() -> None:
    page = (ROOT / "docs" / "diagnostics.md").read_text(encoding="utf-8")
    assert page == DOCUMENTATION["page"](), "run make docs"
