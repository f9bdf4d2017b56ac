from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.mathml.convert import convert_formula
from pipeline.writers.xhtml.breaking import broken, divided


def mathml(tex: str) -> str:
    converted = convert_formula(tex, display=True).mathml
    assert converted
    return converted


def lines(markup: str) -> list[list[str]]:
    """The text of each piece, by statement."""
    root = etree.fromstring(f"<div>{markup}</div>")
    boxes = root.findall("span") or [root]
    return [["".join(map(str, math.itertext())).replace(" ", "") for math in box] for box in boxes]


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"x^2", [["x2"]]),
        (r"a = b", [["a", "=b"]]),
        (r"f(x=1) = \left(y = 2\right)^2 \leq c", [["f(x=1)", "=(y=2)2", "≤c"]]),
        (r"a := b", [["a:=b"]]),
        (r"a \overset{\text{def}}{=} b", [["a", "=defb"]]),
        (r"\max_x f(x) \quad \text{s.t.} \quad g = 0, h = 1", [["maxxf(x)"], ["s.t."], ["g", "=0,h", "=1"]]),
        (r"a + b", [["a+b"]]),
        (
            r"y = aaaaaaaaaa + bbbbbbbbbb + (cccccc + dddddd)^2 - e",
            [["y", "=aaaaaaaaaa", "+bbbbbbbbbb", "+(cccccc+dddddd)2", "−e"]],
        ),
        (r"y = -aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", [["y", "=−aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"]]),
        (r"\begin{aligned}a &= b\\ &= c\end{aligned}", [["a=b=c"]]),
    ],
)
def test_a_display_is_divided_where_a_typesetter_would_break_it(tex: str, expected: list[list[str]]) -> None:
    assert lines(divided(mathml(tex))) == expected


@pytest.mark.parametrize("tex", [r"y = \frac{a}{b}", r"\frac{aaaaaaaaaaaaaaaa}{bbbbbbbbbbbbbbbb}"])
def test_what_is_short_or_cannot_be_divided_is_left_as_it_is(tex: str) -> None:
    assert broken(mathml(tex)) == mathml(tex)


def test_every_piece_is_set_as_a_display_and_a_sum_keeps_its_gaps() -> None:
    pieces = etree.fromstring(f"<div>{broken(mathml(r'y = aaaaaaaaaaaaaa + bbbbbbbbbbbbbb'))}</div>")
    assert {piece.get("class") for piece in pieces} == {"m-display"}
    assert [piece[0].get("form") for piece in pieces] == [None, None, "infix"]


@settings(deadline=None)  # the first conversion loads the converters
@given(st.lists(st.sampled_from(["a", "=", "+", "(", ")", r"\quad ", r"\le ", "x^2", r"\sum_i ", ":"]), max_size=30))
def test_nothing_is_lost_and_nothing_changes_its_place(signs: list[str]) -> None:
    whole = mathml("".join(signs))
    pieces = etree.fromstring(f"<div>{divided(whole)}</div>")
    marks = [(node.tag, node.text) for node in etree.fromstring(whole).iter() if len(node) == 0]
    assert [(node.tag, node.text) for node in pieces.iter() if len(node) == 0] == marks
