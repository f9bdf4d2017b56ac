"""Telling code from prose takes work in step with the length of a line, whatever stands on it."""

from __future__ import annotations

from time import process_time
from typing import Final

import pytest

from pipeline.readers.dump.code import find_code
from pipeline.readers.dump.lines import Chunk, Line

LENGTH: Final = 398
CHUNKS: Final = 40
LIMIT: Final = 2.0  # seconds; cubic work took a second a line


@pytest.mark.parametrize(
    "piece", [" ", "\t", "a ", "a-", "a_", "aA", "=", "a::", "(a", "<a ", "${aa}", "&\\\\", "if (", "ls a.b "]
)
@pytest.mark.parametrize("rows", [1, 4])
def test_long_lines(piece: str, rows: int) -> None:
    text = (piece * LENGTH)[:LENGTH] + "x"
    chunk = Chunk(tuple(Line("a.txt", row, 1, text) for row in range(rows)))
    start = process_time()
    find_code([chunk] * CHUNKS)
    assert process_time() - start < LIMIT
