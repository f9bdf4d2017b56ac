from __future__ import annotations

import pytest

from pipeline.addresses import safe_url


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://kexue.fm/archives/5977", "https://kexue.fm/archives/5977"),
        (" HTTP://Example.org/a ", "http://Example.org/a"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("https://例子.中国/路径?问=答", "https://例子.中国/路径?问=答"),
        ("https://example.org/a b|c", "https://example.org/a%20b%7Cc"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/[1]#a#b", "https://example.org/%5B1%5D#a%23b"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("\x01javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("vbscript:x", None),
        ("//example.org/a", "https://example.org/a"),
        ("/archives/1", None),
        ("archives", None),
        ("http://", None),
        ("http://a b/", None),
        ("http://[::1", None),
        ("http://user@example.org/", None),
        ("mailto:nobody", None),
        ("", None),
    ],
)
def test_only_addresses_that_can_be_followed_safely_are_links(url: str, safe: str | None) -> None:
    assert safe_url(url) == safe
