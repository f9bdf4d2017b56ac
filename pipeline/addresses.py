"""Judge addresses from a source before a reader can follow them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

SCHEMES = frozenset({"http", "https", "mailto"})

_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f\"<>\\^`{|}]|%(?![0-9A-Fa-f]{2})")
_HOST = re.compile(r"[\w\-]{1,63}(?:\.[\w\-]{1,63})*\.?(?::[0-9]{1,5})?")  # labels as RFC 1035, 2.3.4, bounds them


def safe_url(url: str) -> str | None:
    r"""Return ``url`` fit for an ``href``, or None when its scheme is not allowed or it is no address at all.

    One that leaves its scheme to the page that it stood on (``//example.org``) is on the web. Characters that the URL
    standard forbids are percent-encoded. Control characters inside a scheme, which browsers skip (``java\nscript:``),
    make it a scheme that is not allowed.
    """
    stripped = url.strip()
    stripped = f"https:{stripped}" if stripped.startswith("//") else stripped
    try:
        parts = urlsplit(_UNSAFE.sub(_encode, stripped))
    except ValueError:  # an unbalanced bracket, a character that normalises to a delimiter
        return None
    if parts.scheme not in SCHEMES or not stripped.lower().startswith(f"{parts.scheme}:"):
        return None
    if parts.scheme == "mailto":
        return parts.geturl() if "@" in parts.path else None
    if not _HOST.fullmatch(parts.netloc):
        return None
    # Brackets are allowed in a host alone, and a fragment holds no second "#".
    path = _encode_all(parts.path, "[]")
    return parts._replace(
        path=path, query=_encode_all(parts.query, "[]"), fragment=_encode_all(parts.fragment, "[]#")
    ).geturl()


def _encode(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


def _encode_all(text: str, characters: str) -> str:
    for character in characters:
        text = text.replace(character, f"%{ord(character):02X}")
    return text
