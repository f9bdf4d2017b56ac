from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.writers.highlight import Tone, highlighted, highlighted_lines


def test_pieces_of_code_have_tones() -> None:
    assert highlighted("def f(): # c", "python") == (
        (Tone.KEYWORD, "def"),
        (Tone.PLAIN, " "),
        (Tone.NAME, "f"),
        (Tone.PLAIN, "(): "),
        (Tone.COMMENT, "# c"),
    )


@pytest.mark.parametrize("language", ["", "nonsense", "../x"])
def test_a_language_that_nobody_knows_is_plain(language: str) -> None:
    assert highlighted("def f()", language) == ((Tone.PLAIN, "def f()"),)


def test_what_nobody_reads_is_not_looked_at() -> None:
    long = "x = 1  # " + "y" * 3_000
    assert highlighted(long, "python") == ((Tone.PLAIN, long),)


def test_what_no_style_sets_apart_is_plain() -> None:
    assert highlighted("x = 1 + 'y'", "python") == ((Tone.PLAIN, "x = 1 + 'y'"),)


def test_a_comment_over_two_lines_is_one_in_each() -> None:
    assert highlighted_lines("/* a\nb */ x", "c") == (
        ((Tone.COMMENT, "/* a"),),
        ((Tone.COMMENT, "b */"), (Tone.PLAIN, " x")),
    )


@given(st.text(max_size=60), st.sampled_from(["python", "c", "bash", "tex", "html"]))
def test_nothing_of_the_code_is_lost(text: str, language: str) -> None:
    assert "".join(piece for _, piece in highlighted(text, language)) == text
    lines = highlighted_lines(text, language)
    assert "\n".join("".join(piece for _, piece in line) for line in lines) == text
