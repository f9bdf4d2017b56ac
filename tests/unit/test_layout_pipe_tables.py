from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Delimiters, Inline, InlineCode, LineBreak, Math, Paragraph, Str, Table
from pipeline.layout.pipe_tables import with_pipe_tables
from pipeline.paragraphs import paragraph_of
from pipeline.source import Span
from pipeline.walk import iter_blocks, own_inlines, source_text

HERE = Span("d.txt", 1, 1)
INLINES = st.one_of(
    st.text("ab| -:\\", max_size=8).map(lambda text: Str(text or "|", HERE)),
    st.sampled_from([InlineCode("a|b", HERE), LineBreak(HERE)]),
    st.sampled_from(["|---|:-:|", "| a | b |", r"| a\| |"]).map(lambda text: Str(text, HERE)),
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


def test_an_escaped_pipe_cuts_nothing_and_is_a_pipe() -> None:
    code, formula = InlineCode(r"a\|b", HERE), Math(r"\|x\|", Delimiters.DOLLAR, HERE)
    row = (Str(r"| 1 \| 2", HERE), code, formula, Str(" |", HERE))
    (table,) = with_pipe_tables((paragraph_of([(Str(r"| a\|b |", HERE),), (Str("|---|", HERE),), row]),))
    assert isinstance(table, Table)
    assert [source_text(cells) for (cells,) in table.rows] == ["a|b", r"1 | 2a|b$\|x\|$"]


def test_an_escaped_pipe_outside_a_table_stays_escaped() -> None:
    block = paragraph(r"a \| b", "c")
    assert with_pipe_tables((block,)) == (block,)


def test_every_table_of_a_paragraph_is_set() -> None:
    first, second = ("| a |", "|---|", "| 1 |"), ("b | c", "--|--")
    blocks = with_pipe_tables((paragraph("One:", *first, "two:", *second, "|", "and no more", "than that"),))
    assert [type(block) for block in blocks] == [Paragraph, Table, Paragraph, Table, Paragraph]
    assert [source_text(run) for block in blocks for run in own_inlines(block)] == [
        *("One:", "a", "1", "", "two:", "b", "c", "", "", "", "and no more\nthan that")
    ]


def test_a_table_below_lines_that_are_none_is_set() -> None:
    blocks = with_pipe_tables((paragraph("| a |", "|---|", "| 1 | 2 |", "and", "| b |", "|---|"),))
    assert [type(block) for block in blocks] == [Paragraph, Table]


def test_dashes_inside_a_table_are_a_row() -> None:
    (table,) = with_pipe_tables((paragraph("| a |", "|---|", "| b |", "|---|", "| c |"),))
    assert isinstance(table, Table)
    assert len(table.rows) == 4


@given(st.lists(INLINES, min_size=1, max_size=12))
def test_nothing_but_pipes_and_dashes_goes(content: list[Inline]) -> None:
    before = Paragraph(tuple(content), HERE)
    after = with_pipe_tables((before,))
    assert "".join(letters(block) for block in after if isinstance(block, Paragraph | Table)) == letters(before)
