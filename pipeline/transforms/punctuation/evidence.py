"""What a post as a whole tells of its marks: the numbers of its equations, and whether its author typed ASCII."""

from __future__ import annotations

from itertools import chain
from typing import Final

from pipeline.book import Post
from pipeline.formulas import formulas_of
from pipeline.transforms.punctuation.flat import flat_text
from pipeline.transforms.punctuation.tables import CLOSE, NUMBERED, SPACED, STOP, TAG
from pipeline.walk import iter_blocks, own_inlines

_FEW: Final = 3  # spaces after commas: fewer may be slips


def equation_numbers(post: Post) -> frozenset[str]:
    r"""The numbers that a post gives its equations: by ``\tag``, or in brackets after a formula that is a line."""
    tagged = chain.from_iterable(TAG.findall(math.tex) for math in formulas_of(post) if "\\tag" in math.tex)
    return frozenset(chain(tagged, NUMBERED.findall(_text(post))))


def is_typed_in_ascii(post: Post) -> bool:
    """Whether the Chinese of a post has spaces after most commas, as full-width ones have not, and stops in ASCII.

    Neither tells by itself: words are listed so, and some write the full stops of mathematics beside full-width commas.
    """
    text = _text(post)
    spaced = len(SPACED.findall(text))
    stopped = STOP.search(text) is not None and "。" not in text
    return stopped and spaced >= _FEW and spaced > len(CLOSE.findall(text))


def _text(post: Post) -> str:
    return "\n".join(flat_text(run) for block in iter_blocks(post.blocks) for run in own_inlines(block))
