from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import BulletList, Inline, InlineCode, LineBreak, OrderedList, Paragraph, Str
from pipeline.layout.points import with_points
from pipeline.source import Span
from pipeline.walk import iter_blocks, own_inlines, source_text

HERE = Span("d.txt", 1, 1)
INLINES = st.one_of(
    st.text("ab -*12.、", min_size=1, max_size=6).map(lambda text: Str(text, HERE)),
    st.sampled_from(
        [
            InlineCode("a-b", HERE),
            LineBreak(HERE),
            LineBreak(HERE),
            Str("- a", HERE),
            Str("* b", HERE),
            Str("1. a", HERE),
            Str("2. b", HERE),
        ]
    ),
)


def test_a_dash_before_a_number_is_no_bullet() -> None:
    lines = Paragraph((Str("-1", HERE), LineBreak(HERE), Str("-2", HERE)), HERE)
    assert with_points((lines,)) == (lines,)


@given(st.lists(INLINES, min_size=1, max_size=12))
def test_nothing_but_marks_goes(content: list[Inline]) -> None:
    before = Paragraph(tuple(content), HERE)
    after = with_points((before,))
    texts = [source_text(run) for block in iter_blocks(after) for run in own_inlines(block)]
    points = sum(
        len(item.marker) for block in after if isinstance(block, BulletList | OrderedList) for item in block.items
    )
    kept = "".join(texts).replace(" ", "").replace("\n", "")
    assert len(kept) == len(source_text(before.content).replace(" ", "").replace("\n", "")) - points


def lines(*texts: str) -> Paragraph:
    content = [inline for text in texts for inline in (LineBreak(HERE), Str(text, HERE))]
    return Paragraph(tuple(content[1:]), HERE)


def test_numbers_that_count_up_below_a_line_that_leads_to_them_are_points() -> None:
    lead, points, rest = with_points((lines("步骤为:", "1. 甲", "2. 乙", "3. 丙", "完。"),))
    assert lead == lines("步骤为:")
    assert isinstance(points, OrderedList)
    assert [point.marker for point in points.items] == ["1.", "2.", "3."]
    assert rest == lines("完。")


@pytest.mark.parametrize(
    "texts",
    [
        ("a", "1、b"),
        ("a", "2、b", "3、c"),
        ("1.5", "2.5"),
        ("1、a", "3、b"),
        ("(1 a", "(2 b"),
        ("12:30", "13:30"),
        ("诗云", "1、2、3", "2、3、4"),
        ("由", "(1)式和", "(2)式得"),
        ("a", "1. 5", "2. 6"),
    ],
)
def test_other_numbers_are_none(texts: tuple[str, ...]) -> None:
    assert with_points((lines(*texts),)) == (lines(*texts),)
