from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Code, Inline, LineBreak, Paragraph, Str, Table
from pipeline.pipe_tables import with_pipe_tables
from pipeline.source import Span
from pipeline.walk import iter_blocks, own_inlines, paragraph_of, source_text

HERE = Span("d.txt", 1, 1)
INLINES = st.one_of(
    st.text("ab| -:\\", max_size=8).map(lambda text: Str(text or "|", HERE)),
    st.sampled_from([Code("a|b", HERE), LineBreak(HERE), Str("|---|:-:|", HERE), Str("| a | b |", HERE)]),
)


def paragraph(*lines: str) -> Paragraph:
    return paragraph_of([(Str(line, HERE),) for line in lines])


def letters(block: Paragraph | Table) -> str:
    text = "".join(source_text(run) for inner in iter_blocks((block,)) for run in own_inlines(inner))
    return "".join(character for character in text if character in "ab`")


def test_rows_without_pipes_at_their_edges_are_rows() -> None:
    (table,) = with_pipe_tables((paragraph("a | b", "-|-", "1 | 2"),))
    assert isinstance(table, Table)
    assert [[source_text(cell) for cell in row] for row in table.rows] == [["a", "b"], ["1", "2"]]


def test_an_escaped_pipe_cuts_nothing() -> None:
    (table,) = with_pipe_tables((paragraph("| a |", "|---|", r"| 1 \| 2 |"),))
    assert isinstance(table, Table)
    assert source_text(table.rows[1][0]) == r"1 \| 2"


@given(st.lists(INLINES, min_size=1, max_size=12))
def test_nothing_but_pipes_and_dashes_goes(content: list[Inline]) -> None:
    before = Paragraph(tuple(content), HERE)
    after = with_pipe_tables((before,))
    assert "".join(letters(block) for block in after if isinstance(block, Paragraph | Table)) == letters(before)
