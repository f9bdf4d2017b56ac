"""Addresses as posts write them: anything can stand where a link should lead, and none of it may end a build."""

from __future__ import annotations

from urllib.parse import SplitResult, urljoin, urlsplit


def split_address(address: str) -> SplitResult:
    """Return the parts of an address; what ``urlsplit`` rejects, such as an unbalanced bracket, is a path."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", address, "", "")


def join_address(base: str, address: str) -> str:
    """Return what ``address`` means on the page ``base``; ``address`` itself where that or ``base`` means nothing."""
    try:
        return urljoin(base, address) if base else address
    except ValueError:
        return address
