"""What a page prints beside a listing: its language, in the small letters of markup, and a button that copies it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.readers.dump.code import code_like
from pipeline.readers.dump.lines import Chunk, Line

_LANGUAGE: Final = re.compile(
    r"""bash|c|c\+\+|cmake|console|cpp|cs|css|diff|dockerfile|fortran|go|golang|haskell|html|ini|java|javascript|js|json
    |julia|kotlin|latex|lisp|lua|makefile|markdown|mathematica|matlab|md|octave|perl|php|plain|plaintext|powershell
    |python|r|ruby|rust|scala|scheme|sh|shell|sql|swift|tex|text|toml|ts|txt|typescript|vim|xml|yaml|yml|zsh""",
    re.VERBOSE,
)
_BUTTON: Final = re.compile(r"(?:代码解读\s*)?(?:复制代码|複製(?:程式碼|代碼)|[Cc]opy [Cc]ode|复制|複製|Copy|COPY)")


def names_language(text: str) -> bool:
    """Whether a text is nothing but the name of a language, written as programs do."""
    return _LANGUAGE.fullmatch(text.strip()) is not None


def is_button(text: str) -> bool:
    """Whether a line is a button that copies what it stands beside."""
    return _BUTTON.fullmatch(text.strip()) is not None


def labels_apart(chunks: Sequence[Chunk]) -> tuple[Chunk, ...]:
    """Return ``chunks`` with such lines on chunks of their own where code follows or ends in them without a gap."""
    return tuple(part for chunk in chunks for part in _parts(chunk.lines))


def _parts(lines: tuple[Line, ...]) -> Iterator[Chunk]:
    first, last = 0, len(lines)
    while first < last - 1 and (is_button(lines[first].text) or names_language(lines[first].text)):
        first += 1
    while first < last - 1 and is_button(lines[last - 1].text):
        last -= 1
    if last - first == len(lines) or not code_like(Chunk(lines[first:last])):
        yield Chunk(lines)
        return
    yield from (Chunk((line,)) for line in lines[:first])
    yield Chunk(lines[first:last])
    yield from (Chunk((line,)) for line in lines[last:])
