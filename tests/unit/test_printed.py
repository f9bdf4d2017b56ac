"""Where things stand on the printed page."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest

from printed import printed

BEFORE_DISPLAYS: Final = (
    "",
    "## Heading",
    "1. point",
    "> quoted",
    "    code",
    "1. point\n\n   1. inner\n\n   $$a=b$$",
    "1. $$a=b$$",
    "| a | b |\n|---|---|\n| 1 | 2 |",
)


@pytest.mark.tex
def test_a_display_stands_below_what_comes_before_it_and_below_no_empty_line(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    displays = "".join(f"{before}\n\n$$a=b$$\n\n" for before in BEFORE_DISPLAYS)
    source.write_text(f"# Title\n\n{displays}End.\n", encoding="utf-8")
    pairs = [pair for pair in pairwise(printed(source, "en", smallest=7.5)) if pair[0].page == pair[1].page]
    distances = [line.base - above.base for above, line in pairs if "".join(line.text.split()) == "a=b"]
    assert len(distances) >= len(BEFORE_DISPLAYS)
    assert min(distances) > 16  # points: the distance of two lines
    assert max(distances[1:]) < 45  # the title aside, which has a rule below it
