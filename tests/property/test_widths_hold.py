from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.transforms.punctuation.tables import FORMULA, NARROW, PROTECTED
from pipeline.transforms.punctuation.widths import restore, restore_prose

# Characters that the rules tell apart, so that short texts meet all of them.
TEXTS = st.text(
    alphabet=st.sampled_from(f"中文字式，：；？！（）～,:;?!()~《》“”'\"[]_=. \n1a9ZB/{FORMULA}、。"), max_size=60
)
ANY = st.text(max_size=80)


@given(TEXTS | ANY)
def test_restoring_changes_widths_alone(text: str) -> None:
    assert restore(text).translate(NARROW) == text.translate(NARROW)
    assert len(restore(text)) == len(text)


@given(TEXTS)
def test_restoring_never_narrows(text: str) -> None:
    assert all(new == old or new.translate(NARROW) == old for old, new in zip(text, restore(text), strict=True))


@given(TEXTS | ANY)
def test_restoring_twice_is_restoring_once(text: str) -> None:
    once = restore(text)
    assert restore(once) == once


@given(TEXTS)
def test_folding_what_was_restored_and_restoring_it_gives_it_back(text: str) -> None:
    once = restore(text.translate(NARROW))
    assert restore(once.translate(NARROW)) == once


@given(TEXTS)
def test_protected_stretches_stay(text: str) -> None:
    folded = text.translate(NARROW)
    restored = restore(folded)
    for _, pattern in PROTECTED:
        for match in pattern.finditer(folded):
            assert restored[match.start() : match.end()] == match[0]


@given(st.text(alphabet=st.characters(max_codepoint=0x2FF), max_size=80))
def test_text_without_chinese_keeps_its_marks_but_for_colons_between_words(text: str) -> None:
    assert restore(text).replace("：", ":") == text


@pytest.mark.parametrize("argument", ["1,", "a,", "1.", "ab,1,", "(1,", "f(1,", "a:b,"])
def test_long_arguments_of_a_call_come_to_an_end(argument: str) -> None:
    text = f"数组为f({argument * 190}!)的形式"
    assert restore(text).translate(NARROW) == text


@given(TEXTS | ANY)
def test_verbatim_text_changes_in_widths_alone_and_only_once(text: str) -> None:
    once = restore_prose(text)
    assert once.translate(NARROW) == text.translate(NARROW)
    assert restore_prose(once) == once
