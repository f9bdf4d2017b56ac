from __future__ import annotations

import pytest

from pipeline.document import Blocks, Inline, InlineCode, LineBreak, Paragraph, Quote, Str, Strong
from pipeline.layout.panels import with_panels
from pipeline.source import Span

HERE = Span("d.txt", 1, 1)
OPENS, CLOSES = InlineCode('<div class="theorem">', HERE, tag=True), InlineCode("</div>", HERE, tag=True)
BREAK = LineBreak(HERE)


def said(*inlines: Inline | str) -> Paragraph:
    return Paragraph(tuple(Str(part, HERE) if isinstance(part, str) else part for part in inlines), HERE)


def test_what_stands_between_two_tags_is_set_apart() -> None:
    blocks = (said("before"), said(OPENS), said("one"), said("two"), said(CLOSES), said("after"))
    assert with_panels(blocks) == (said("before"), Quote((said("one"), said("two")), HERE), said("after"))


def test_tags_may_stand_in_lines_of_a_paragraph_and_in_one_another() -> None:
    blocks = (said(OPENS, BREAK, "one"), said(OPENS), said("two", BREAK, "three", BREAK, CLOSES, BREAK, CLOSES))
    inner = Quote((said("two", BREAK, "three"),), HERE)
    assert with_panels(blocks) == (Quote((said("one"), inner), HERE),)


@pytest.mark.parametrize(
    "blocks",
    [
        (said(OPENS), said("one")),
        (said("one"), said(CLOSES)),
        (said(CLOSES), said("one"), said(OPENS)),
        (said(OPENS), said(CLOSES)),
        (said(OPENS), said("one"), said(InlineCode("</details>", HERE, tag=True))),
        (said("Begin with ", OPENS), said("and end with ", CLOSES)),
        (said(InlineCode("<div>", HERE)), said("one"), said(InlineCode("</div>", HERE))),
        (said(InlineCode("<T>", HERE, tag=True)), said("one"), said(InlineCode("</T>", HERE, tag=True))),
    ],
)
def test_tags_without_their_other_or_among_words_stay(blocks: Blocks) -> None:
    assert with_panels(blocks) == blocks


def test_the_summary_of_what_unfolds_is_bold() -> None:
    opens, closes = InlineCode("<details>", HERE, tag=True), InlineCode("</details>", HERE, tag=True)
    summary = (InlineCode("<summary>", HERE, tag=True), Str("More", HERE), InlineCode("</summary>", HERE, tag=True))
    folded = (said(opens, BREAK, *summary, BREAK, "one"), said(closes))
    bold = said(Strong((Str("More", HERE),), HERE))
    assert with_panels(folded) == (Quote((bold, said("one")), HERE),)


def test_a_source_cannot_ask_for_any_depth() -> None:
    many = 10_000
    blocks = with_panels((*[said(OPENS)] * many, said("deep"), *[said(CLOSES)] * many))
    depth = 0
    while isinstance(blocks[0], Quote):
        (quote,) = blocks
        assert isinstance(quote, Quote)
        blocks, depth = quote.blocks, depth + 1
    assert depth == 8
