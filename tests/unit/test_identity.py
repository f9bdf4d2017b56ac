"""Identity: what a post's name depends on."""

from __future__ import annotations

import re

from pipeline.identity import post_id


def test_form() -> None:
    assert re.fullmatch(r"p-[0-9a-f]{10}", post_id("A title", 4, 18))


def test_widths_and_spaces_do_not_matter() -> None:
    assert post_id("熵（一）：A B", 4, 18) == post_id("熵(一): AB", 4, 18)


def test_title_and_day_do() -> None:
    assert len({post_id("A", 4, 18), post_id("B", 4, 18), post_id("A", 4, 19), post_id("A", 5, 18)}) == 4


def test_never_changes() -> None:
    assert post_id("A title", 4, 18) == "p-e4554c9ca3"
