from __future__ import annotations

from pipeline.document import Emph, Figure, Image, Paragraph, Str
from pipeline.layout.pictures import with_captioned_pictures
from pipeline.source import Span

HERE = Span("a.md", 1, 1)
WORDS = (Str("a field", HERE),)
EMPHASISED = Emph(WORDS, HERE)


def picture(resource: str) -> Image:
    return Image("a.png", "alt", HERE, resource)


def test_a_picture_with_emphasised_words_is_a_figure() -> None:
    found = picture("a.png")
    blocks = (Paragraph((found, Str(" ", HERE), EMPHASISED), HERE),)
    assert with_captioned_pictures(blocks) == (Figure(WORDS, HERE, found),)


def test_a_lost_picture_and_one_among_words_stay_in_their_paragraphs() -> None:
    blocks = (
        Paragraph((picture(""), EMPHASISED), HERE),
        Paragraph((picture("a.png"), EMPHASISED, Str("!", HERE)), HERE),
        Paragraph((EMPHASISED, picture("a.png")), HERE),
    )
    assert with_captioned_pictures(blocks) == blocks
