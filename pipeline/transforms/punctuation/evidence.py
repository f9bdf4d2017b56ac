"""What a post as a whole tells of its marks: the numbers of its equations, and whether its author typed ASCII."""

from __future__ import annotations

from itertools import chain
from typing import Final

from pipeline.book import Post
from pipeline.formulas import formulas_of
from pipeline.transforms.punctuation.flat import flat_text
from pipeline.transforms.punctuation.tables import CLOSE, NUMBERED, SPACED, TAG
from pipeline.walk import iter_blocks, own_inlines

_FEW: Final = 3  # spaces after commas: fewer may be slips


def equation_numbers(post: Post) -> frozenset[str]:
    r"""The numbers that a post gives its equations: by ``\tag``, or in brackets after a formula that is a line."""
    tagged = chain.from_iterable(TAG.findall(math.tex) for math in formulas_of(post) if "\\tag" in math.tex)
    return frozenset(chain(tagged, NUMBERED.findall(_text(post))))


def is_typed_in_ascii(post: Post) -> bool:
    """Whether spaces follow the commas of Chinese text: a full-width one has none, folded or not.

    A full stop of Chinese weighs as a comma without a space does.
    """
    text = _text(post)
    spaced = len(SPACED.findall(text))
    return spaced >= _FEW and spaced > len(CLOSE.findall(text))


def _text(post: Post) -> str:
    return "\n".join(flat_text(run) for block in iter_blocks(post.blocks) for run in own_inlines(block))
