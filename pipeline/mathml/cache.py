"""Converted formulas on disk, in one SQLite file, safe for several builds at once.

The file's name carries the versions of the converter and of our own rules, so a new version starts afresh; each row
carries a digest, so a damaged one is converted again instead of being believed. Whatever goes wrong with the file, the
book is built without it.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from pipeline.mathml.conversion import ENGINE, Conversion, Formula

_PACKAGES: Final = ("mathml", "tex")
_CHUNK: Final = 500  # SQLite allows 999 variables in one statement
_SECONDS: Final = 5.0
_CREATE: Final = "CREATE TABLE IF NOT EXISTS formula (key BLOB PRIMARY KEY, mathml TEXT, digest BLOB) WITHOUT ROWID"


def load(folder: Path, formulas: Sequence[Formula]) -> dict[Formula, Conversion]:
    """Return the conversions that the cache in ``folder`` has; an empty mapping when it cannot be read."""
    path = _path(folder)
    if not path.exists():
        return {}
    keys = {_key(formula): formula for formula in formulas}
    found: dict[Formula, Conversion] = {}
    try:
        with closing(_connect(path)) as connection:
            for key, mathml, digest in _rows(connection, list(keys)):
                if digest == _digest(key, mathml):
                    found[keys[key]] = Conversion(mathml)
    except (sqlite3.Error, OSError, TypeError, AttributeError):
        return {}
    return found


def store(folder: Path, conversions: Mapping[Formula, Conversion]) -> None:
    """Keep conversions that succeeded; failures are tried again, since a slow machine may be why."""
    rows = sorted(  # a tree grows faster at its end than all over
        (key, done.mathml, _digest(key, done.mathml))
        for key, done in ((_key(formula), done) for formula, done in conversions.items())
        if done.mathml is not None
    )
    if not rows:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(_path(folder), rows)
    except sqlite3.DatabaseError:
        _start_afresh(_path(folder), rows)
    except OSError:
        return


def _write(path: Path, rows: Sequence[tuple[bytes, str, bytes]]) -> None:
    with closing(_connect(path)) as connection, connection:
        connection.execute(_CREATE)
        connection.executemany("INSERT OR REPLACE INTO formula VALUES (?, ?, ?)", rows)


def _start_afresh(path: Path, rows: Sequence[tuple[bytes, str, bytes]]) -> None:
    """Replace a file that is no database; a locked one is left alone."""
    try:
        if path.read_bytes()[:16] == b"SQLite format 3\x00":
            return
        path.unlink()
        _write(path, rows)
    except (OSError, sqlite3.Error):
        return


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=_SECONDS)


def _rows(connection: sqlite3.Connection, keys: Sequence[bytes]) -> Iterable[tuple[bytes, str, bytes]]:
    for start in range(0, len(keys), _CHUNK):
        chunk = keys[start : start + _CHUNK]
        marks = ",".join("?" * len(chunk))
        query = f"SELECT key, mathml, digest FROM formula WHERE key IN ({marks})"  # noqa: S608 - marks alone
        yield from connection.execute(query, chunk)


def _key(formula: Formula) -> bytes:
    tex, display = formula
    return hashlib.blake2b(
        tex.encode(errors="surrogatepass"), digest_size=16, person=b"display" if display else b""
    ).digest()


def _digest(key: bytes, mathml: str) -> bytes:
    return hashlib.blake2b(mathml.encode(), digest_size=8, key=key).digest()


def _path(folder: Path) -> Path:
    return folder / f"formulas-{_rules()}.sqlite"


@cache
def _rules() -> str:
    """Return a digest of everything that decides how a formula is converted: a version, and our own sources."""
    digest = hashlib.blake2b(digest_size=8)
    digest.update(f"{ENGINE}={_version(ENGINE)};".encode())
    root = Path(__file__).parents[1]
    for package in _PACKAGES:
        for source in sorted((root / package).rglob("*.py")):
            digest.update(source.read_bytes())
    return digest.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"
