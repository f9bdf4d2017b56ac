"""What holds of every diagnostic code, whoever adds one."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Final

import pytest

from pipeline.codes import Code

from golden import CASES

ROOT = Path(__file__).parents[2]
PROVOKED_IN: Final = {
    # by bytes that are no UTF-8, which a case cannot hold
    Code.ENCODING_DOUBTFUL: "unit/test_reader_decode.py",
    Code.BYTES_UNREADABLE: "unit/test_reader_decode.py",
    # by writers, of which a case runs those of text alone, and by what reads artefacts back
    Code.COVER_UNREADABLE: "unit/test_cover.py",
    Code.COVER_WITHOUT_FONT: "unit/test_cover.py",
    Code.FORMULA_NOT_DRAWN: "unit/test_formula_images.py",
    Code.PAGE_LARGE: "unit/test_html.py",
    Code.FORMULA_NOT_PRINTED: "unit/test_pdf.py",
    Code.FORMULA_SCALED: "unit/test_pdf.py",
    Code.GLYPH_MISSING: "unit/test_pdf.py",
    Code.LINE_TOO_WIDE: "unit/test_pdf.py",
    Code.CONTENT_LOST: "unit/test_verify.py",
}
"""The codes that no case provokes, each with the test that does."""
DOCUMENTATION = runpy.run_path(str(ROOT / "tools" / "document_codes.py"))


@pytest.mark.parametrize("code", Code)
def test_a_code_is_explained_where_it_is_defined(code: Code) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code.label)
    assert DOCUMENTATION["descriptions"]().get(code.name), "a docstring stands under each code"


def test_no_two_codes_share_a_name() -> None:
    labels = [code.label for code in Code]
    assert len(labels) == len(set(labels))


def test_every_code_appears_in_a_case_or_is_listed_with_its_test() -> None:
    cases = "\n".join(path.read_text(encoding="utf-8") for path in CASES.rglob("*.case"))
    unseen = {code for code in Code if f"{code.severity.value} {code.label}: " not in cases}
    assert unseen == set(PROVOKED_IN), "a code is either in a case or listed with its test"


@pytest.mark.parametrize("code", PROVOKED_IN)
def test_a_code_without_a_case_has_the_test_that_is_named(code: Code) -> None:
    assert f"Code.{code.name}" in (ROOT / "tests" / PROVOKED_IN[code]).read_text(encoding="utf-8")


def test_the_documentation_is_up_to_date() -> None:
    page = (ROOT / "docs" / "diagnostics.md").read_text(encoding="utf-8")
    assert page == DOCUMENTATION["page"](), "run make docs"
