from __future__ import annotations

import pytest

from pipeline.readers.pandoc.formulas import Formulas
from pipeline.readers.pandoc.process import Failed, Markup, Parsed, parse

PARAGRAPH = Parsed([{"t": "Para", "c": [{"t": "Str", "c": "x"}]}], {})


def test_answers_come_in_order_whatever_the_number_of_processes() -> None:
    markups = [Markup(f"word{number}", "commonmark") for number in range(20)]
    for jobs in (1, 3):
        words = [answer.blocks[0]["c"][0]["c"] for answer in parse(markups, jobs) if isinstance(answer, Parsed)]
        assert words == [f"word{number}" for number in range(20)]


def test_a_format_that_pandoc_does_not_know_fails_alone() -> None:
    first, second, third = parse([Markup("x", "commonmark"), Markup("x", "nonsense"), Markup("x", "commonmark")])
    assert (first, third) == (PARAGRAPH, PARAGRAPH)
    assert isinstance(second, Failed)
    assert "nonsense" in second.reason


def test_a_document_that_takes_too_long_fails_alone() -> None:
    slow = Markup("[" * 20_000, "markdown")  # quadratic in pandoc's own Markdown
    first, second = parse([slow, Markup("x", "commonmark")], seconds=2)
    assert first == Failed("pandoc took longer than 2 s")
    assert second == PARAGRAPH


def test_a_document_whose_json_nests_too_deeply_fails_alone() -> None:
    first, second = parse([Markup(">" * 3000 + "x", "commonmark"), Markup("x", "commonmark")])
    assert first == Failed("it is nested too deeply")
    assert second == PARAGRAPH


def test_no_documents_need_no_process() -> None:
    assert list(parse([])) == []


@pytest.mark.parametrize(
    ("markup", "form"),
    [
        (".. include:: {}\n\nx", "rst"),
        ("#+INCLUDE: {}\n\nx", "org"),
        ("\\input{{{}}}\n\nx", "latex"),
        ("<iframe src='file://{}'></iframe>x", "html"),
        ("![](x)\n\n<object data='{}'></object>x", "commonmark+raw_html"),
    ],
)
def test_no_document_reads_a_file(markup: str, form: str, tmp_path: object) -> None:
    secret = f"{tmp_path}/secret.txt"
    with open(secret, "w", encoding="utf-8") as file:  # noqa: PTH123 - a path in a string is what documents have
        file.write("TOPSECRET")
    (answer,) = parse([Markup(markup.format(secret), form, html_blocks=True)])
    assert "TOPSECRET" not in str(answer)


def test_a_document_from_which_no_formula_was_taken_may_hold_any_word() -> None:
    formulas = Formulas("")  # as for a docx, whose text is not known before it is read
    assert formulas.restore("FORMULA0x0z") == "FORMULA0x0z"
    assert list(formulas.split("FORMULA0x0z")) == [(0, "FORMULA0x0z")]
