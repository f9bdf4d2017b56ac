from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from pipeline.readers import fetch
from pipeline.readers.fetch import Fetcher, FetchError


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://a.example/x.png",
        "data:image/png;base64,AA",
        "http://user:password@a.example/x.png",
        "http:///x.png",
        "//a.example/x.png",
    ],
)
def test_only_plain_web_addresses_are_fetched(url: str) -> None:
    with pytest.raises(FetchError, match="only plain http"):
        Fetcher(lookup=lambda _host, _port: ("93.184.216.34",)).fetch(url)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",  # noqa: S104 - refused, never bound
        "100.64.0.1",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:127.0.0.1",
        "::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "fec0::1",
    ],
)
def test_a_name_that_leads_into_a_private_network_is_refused(address: str) -> None:
    fetcher = Fetcher(lookup=lambda _host, _port: ("93.184.216.34", address))
    with pytest.raises(FetchError, match="not a public address"):
        fetcher.fetch("https://a.example/x.png")


def test_a_number_in_place_of_a_name_is_looked_at_as_well() -> None:
    with pytest.raises(FetchError, match="not a public address"):
        Fetcher().fetch("http://127.0.0.1:1/x.png")


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:9/private")
            self.end_headers()
            return
        if self.path == "/round":
            self.send_response(302)
            self.send_header("Location", "/round")
            self.end_headers()
            return
        self.send_response(404 if self.path == "/none" else 200)
        self.end_headers()
        self.wfile.write(b"content")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server that counts as public, as nothing public can be reached from a test."""
    running = HTTPServer(("127.0.0.1", 0), _Handler)
    port = running.server_port
    monkeypatch.setattr(fetch, "_is_public", lambda address: address == "127.0.0.1")
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield f"http://a.example:{port}"
    running.shutdown()
    thread.join()
    running.server_close()


def _local(host: str, _port: int) -> tuple[str, ...]:
    return ("127.0.0.1",) if host == "a.example" else ("10.0.0.1",)


def test_what_was_fetched_is_kept(server: str, tmp_path: Path) -> None:
    fetcher = Fetcher(tmp_path, _local)
    assert fetcher.fetch(f"{server}/a b.png?x=1") == b"content"
    assert fetcher.fetch(f"{server}/a b.png?x=1") == b"content"
    assert fetcher.fetched == 1


def test_a_redirect_is_judged_like_an_address(server: str) -> None:
    with pytest.raises(FetchError, match="not a public address"):
        Fetcher(lookup=_local).fetch(f"{server}/moved")


def test_an_error_of_the_server_is_told(server: str) -> None:
    with pytest.raises(FetchError, match="404"):
        Fetcher(lookup=_local).fetch(f"{server}/none")


def test_what_is_too_large_is_refused(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "_BYTES", 3)
    with pytest.raises(FetchError, match="larger"):
        Fetcher(lookup=_local).fetch(f"{server}/x")


def test_a_name_is_looked_up_once_and_the_address_that_was_checked_is_the_one_used(server: str) -> None:
    answers = iter([("127.0.0.1",), ("10.0.0.1",)])  # a name whose second answer leads into a private network
    assert Fetcher(lookup=lambda _host, _port: next(answers)).fetch(f"{server}/x") == b"content"
    assert next(answers) == ("10.0.0.1",)


def test_redirects_end(server: str) -> None:
    with pytest.raises(FetchError, match="too often"):
        Fetcher(lookup=_local).fetch(f"{server}/round")


def test_an_answer_that_drips_is_given_up(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "_SECONDS_IN_ALL", -1)
    with pytest.raises(FetchError, match="takes longer"):
        Fetcher(lookup=_local).fetch(f"{server}/x")


@pytest.mark.parametrize("url", ["http://[x/", "http://a.example:99999/", f"http://{'a' * 70}.example/", "http://a b/"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(FetchError):
        Fetcher().fetch(url)


def test_nothing_half_written_is_kept(server: str, tmp_path: Path) -> None:
    Fetcher(tmp_path, _local).fetch(f"{server}/x")
    assert [path.suffix for path in tmp_path.iterdir()] == [".image"]


def test_what_cannot_be_kept_has_come_all_the_same(server: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert Fetcher(tmp_path / "file" / "images", _local).fetch(f"{server}/x") == b"content"
