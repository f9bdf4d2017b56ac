"""What axe-core finds on the pages: nothing, in both themes, on a wide window and on a narrow one."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from pages import Opener

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(open_page: Opener, anthology: Path, scheme: str, width: int) -> None:
    page = open_page(anthology)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # a Literal
    page.set_viewport_size({"width": width, "height": 900})
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
