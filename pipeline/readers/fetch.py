"""Fetch images from the web when the user asked for it: http and https alone, public addresses alone, within limits.

Whoever wrote a post must not be able to make this program talk to the user's own network (SSRF), so each name is looked
up once, every address that it has must be public, and the connection goes to that very address.
"""

from __future__ import annotations

import http.client
import ipaddress
import os
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final, TypeAlias
from urllib.parse import quote, urljoin, urlsplit

_BYTES: Final = 20_000_000  # of one image
_TOTAL: Final = 2_000  # images of one build
_SECONDS: Final = 15.0  # to connect, and for each piece that a server sends
_SECONDS_IN_ALL: Final = 60.0  # of one answer, however slowly it drips
_PIECE: Final = 1 << 16
_REDIRECTS: Final = 4
_PORTS: Final = {"http": 80, "https": 443}
_SAFE: Final = "/?%:@!$&'()*+,;=~[]"  # what a path and a query may hold as it is (RFC 3986)
_NOT_PUBLIC: Final = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "2002::/16", "::/96", "fec0::/10")))
"""Addresses of IPv6 that stand for any of IPv4 (RFC 6052, 3056, 4291), and those of a site (RFC 3879)."""
_FOUND: Final = 200
_MOVED: Final = frozenset({301, 302, 303, 307, 308})

Lookup: TypeAlias = Callable[[str, int], tuple[str, ...]]


class FetchError(OSError):
    """Why an address was not fetched."""


def addresses_of(host: str, port: int) -> tuple[str, ...]:
    """Return the IP addresses that a name has.

    Raises:
        FetchError: it has none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"there is no {host}") from error
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(slots=True)
class Fetcher:
    """Fetches; ``cache`` is a folder to keep what was fetched in, ``lookup`` finds a name's addresses."""

    cache: Path | None = None
    lookup: Lookup = addresses_of
    fetched: int = field(default=0, init=False)

    def fetch(self, url: str) -> bytes:
        """Return what stands at an address.

        Raises:
            FetchError: it may not be fetched, or could not be.
        """
        kept = self.cache / f"{sha256(url.encode()).hexdigest()[:32]}.image" if self.cache else None
        if kept and kept.is_file():
            return kept.read_bytes()
        if self.fetched >= _TOTAL:
            raise FetchError(f"{_TOTAL} images were fetched already")
        self.fetched += 1
        try:
            content = self._follow(url)
        except (OSError, ValueError, http.client.HTTPException) as error:  # ValueError: it is no address at all
            raise error if isinstance(error, FetchError) else FetchError(str(error) or type(error).__name__) from error
        if kept:
            with suppress(OSError):  # where nothing can be kept, a later build fetches again
                _keep(kept, content)
        return content

    def _follow(self, url: str) -> bytes:
        for _ in range(_REDIRECTS + 1):
            answer = self._get(url)
            if isinstance(answer, bytes):
                return answer
            url = urljoin(url, answer)
        raise FetchError("it redirects too often")

    def _get(self, url: str) -> bytes | str:
        """Return the content at an address, or the address that it redirects to."""
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname or parts.username is not None:
            raise FetchError("only plain http and https addresses are fetched")
        port = parts.port or _PORTS[parts.scheme]
        connection = _connect(parts.scheme, parts.hostname, port, self._public(parts.hostname, port))
        target = quote(f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}", safe=_SAFE)
        with closing(connection):
            connection.request("GET", target, headers={"Accept": "image/*"})
            with connection.getresponse() as response:
                if response.status in _MOVED and (location := response.getheader("Location")):
                    return location
                if response.status != _FOUND:
                    raise FetchError(f"the server answers {response.status}")
                return _content(response)

    def _public(self, host: str, port: int) -> str:
        """Return an address of ``host``; all that it has must be public."""
        addresses = self.lookup(host, port)
        if not addresses or not all(_is_public(address) for address in addresses):
            raise FetchError(f"{host} is not a public address")
        return addresses[0]


def _keep(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}")
    part.write_bytes(content)
    part.replace(path)  # so that a build that is killed keeps no half of it


def _content(response: http.client.HTTPResponse) -> bytes:
    deadline = time.monotonic() + _SECONDS_IN_ALL
    content = bytearray()
    while piece := response.read1(_PIECE):
        content += piece
        if len(content) > _BYTES:
            raise FetchError(f"it is larger than {_BYTES // 1_000_000} MB")
        if time.monotonic() > deadline:
            raise FetchError(f"it takes longer than {_SECONDS_IN_ALL:g} s")
    return bytes(content)


def _is_public(address: str) -> bool:
    parsed = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(parsed, "ipv4_mapped", None)
    hidden = any(parsed in network for network in _NOT_PUBLIC)
    return (mapped or parsed).is_global and not parsed.is_multicast and not hidden


def _connect(scheme: str, host: str, port: int, address: str) -> http.client.HTTPConnection:
    """Return a connection to ``address`` that names ``host`` to the server, and checks its certificate for it."""
    connection = http.client.HTTPConnection(host, port, timeout=_SECONDS)
    plain = socket.create_connection((address, port), timeout=_SECONDS)
    if scheme == "https":
        connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    else:
        connection.sock = plain
    return connection
