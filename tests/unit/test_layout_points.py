from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import BulletList, Code, Inline, LineBreak, Paragraph, Str
from pipeline.layout.points import with_points
from pipeline.source import Span
from pipeline.walk import iter_blocks, own_inlines, source_text

HERE = Span("d.txt", 1, 1)
INLINES = st.one_of(
    st.text("ab -*", min_size=1, max_size=6).map(lambda text: Str(text, HERE)),
    st.sampled_from([Code("a-b", HERE), LineBreak(HERE), LineBreak(HERE), Str("- a", HERE), Str("* b", HERE)]),
)


def test_a_dash_before_a_number_is_no_bullet() -> None:
    lines = Paragraph((Str("-1", HERE), LineBreak(HERE), Str("-2", HERE)), HERE)
    assert with_points((lines,)) == (lines,)


@given(st.lists(INLINES, min_size=1, max_size=12))
def test_nothing_but_bullets_goes(content: list[Inline]) -> None:
    before = Paragraph(tuple(content), HERE)
    after = with_points((before,))
    texts = [source_text(run) for block in iter_blocks(after) for run in own_inlines(block)]
    points = sum(len(block.items) for block in after if isinstance(block, BulletList))
    kept = "".join(texts).replace(" ", "").replace("\n", "")
    assert len(kept) == len(source_text(before.content).replace(" ", "").replace("\n", "")) - points
