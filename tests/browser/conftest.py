"""One page made by the whole chain, and what a reader opens it with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from pages import SOURCE, Opener, build_page


@pytest.fixture(scope="session")
def anthology(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the small anthology beside this file."""
    return build_page(SOURCE, tmp_path_factory.mktemp("page"))


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A profile of its own for each test, so that nothing is remembered from one to the next."""
    profile = browser.new_context(
        viewport={"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    )
    yield profile
    profile.close()


@pytest.fixture
def open_page(context: BrowserContext) -> Iterator[Opener]:
    """Open a file as a reader would; at the end, nothing may have been asked for and nothing complained of."""
    wrong: list[str] = []

    def opened(path: Path, fragment: str = "") -> Page:
        local = (path.parent.as_uri(), "data:")
        page = context.new_page()
        page.on("console", lambda message: wrong.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: wrong.extend(_strange(request.url, local)))
        page.goto(path.as_uri() + fragment)
        return page

    yield opened
    assert not wrong


def _strange(url: str, local: tuple[str, ...]) -> list[str]:
    return [] if url.startswith(local) else [f"request: {url}"]
