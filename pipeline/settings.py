"""``book.toml``: found, read and checked into a ``BuildConfig``.

The file's tables are the fields of ``BuildConfig``, but for two names that read better in a file: ``[book]`` for the
metadata and ``[[post]]`` for what is said of single posts.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from pipeline.config import BuildConfig
from pipeline.errors import SourceError
from pipeline.source import Span

CONFIG_NAME = "book.toml"
SEEDS = Path("seeds")  # the folder of the dumps that are meant where none is named
_RENAMED = {"book": "metadata", "post": "posts"}
_SHOWN = {field: name for name, field in _RENAMED.items()}
_HEADER = re.compile(r"^[ \t]*\[+[ \t]*([\w.-]+)[ \t]*\]+[ \t]*(?:#.*)?$", re.MULTILINE)
_EXPECTED = {
    "unexpected_keyword_argument": "is not a setting",
    "tuple_type": 'input should be a list, such as ["…"]',
    "dataclass_type": "input should be a table of settings",
    "string_type": "input should be text in quotation marks",
    "bool_type": "input should be true or false",
    "int_type": "input should be a whole number",
}
"""What is said by kinds of pydantic's errors, whose own words are Python's."""
_ADAPTER = TypeAdapter(BuildConfig)


def find_config(sources: Sequence[Path], folder: Path) -> Path | None:
    """Return the ``book.toml`` that a build means: the first that there is."""
    return next((path for path in config_places(sources, folder) if path.is_file()), None)


def config_places(sources: Sequence[Path], folder: Path) -> tuple[Path, ...]:
    """Return where a ``book.toml`` is sought: in ``folder``, beside the first source, or in ``seeds`` without one."""
    first = sources[0] if sources else folder / SEEDS
    beside = first if first.is_dir() or not sources else first.parent
    return (folder / CONFIG_NAME, beside / CONFIG_NAME)


def load_config(path: Path, environment: Mapping[str, str]) -> BuildConfig:
    """Return what ``path`` asks for; relative paths in it mean files beside it.

    ``environment`` may hold SOURCE_DATE_EPOCH (reproducible-builds.org), which dates the artefacts where the file
    does not.

    Raises:
        SourceError: the file cannot be read, is not TOML, or says something that no build understands.
    """
    text = _read(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"{path}: {error}", help="see https://toml.io for the syntax") from error
    if inner := next((key for key in data if key in _SHOWN), ""):
        span = Span(str(path), *_place(text, (inner,)))
        raise SourceError(f"{inner}: is not a setting", help=f"it is called {_SHOWN[inner]}", span=span)
    renamed = {_RENAMED.get(key, key): value for key, value in data.items()}
    try:
        config = _ADAPTER.validate_python(renamed)
    except ValidationError as error:
        raise _first_problem(path, text, error) from error
    config = _beside(config, path.parent)
    return config if _states_modified(data) else dated(config, environment)


def dated(config: BuildConfig, environment: Mapping[str, str]) -> BuildConfig:
    """Return ``config`` with its ``modified`` time from SOURCE_DATE_EPOCH, where the environment has it.

    Raises:
        SourceError: the variable is not a number of seconds.
    """
    epoch = environment.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return config
    try:
        modified = datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise SourceError(
            f"SOURCE_DATE_EPOCH is {epoch!r}", help="it must be a whole number of seconds since 1970"
        ) from error
    return replace(config, metadata=replace(config.metadata, modified=modified))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: {error}", help="it must be a readable file in UTF-8") from error


def _states_modified(data: Mapping[str, Any]) -> bool:
    book = data.get("book")
    return isinstance(book, dict) and "modified" in book


def _beside(config: BuildConfig, folder: Path) -> BuildConfig:
    modified = config.metadata.modified
    if modified:
        modified = modified.astimezone(UTC) if modified.tzinfo else modified.replace(tzinfo=UTC)
    return replace(
        config,
        sources=tuple(folder / source for source in config.sources) or (folder,),
        cover=folder / config.cover if config.cover else None,
        metadata=replace(config.metadata, modified=modified),
    )


def _first_problem(path: Path, text: str, error: ValidationError) -> SourceError:
    problem = error.errors()[0]
    table, *inner = problem["loc"]
    names = (_SHOWN.get(str(table), str(table)), *inner)
    message = _EXPECTED.get(problem["type"]) or problem["msg"][:1].lower() + problem["msg"][1:]
    help_line = "see the table of settings in the README"
    span = Span(str(path), *_place(text, names))
    return SourceError(f"{'.'.join(map(str, names))}: {message}", help=help_line, span=span)


def _place(text: str, names: Sequence[int | str]) -> tuple[int, int]:
    """Line and column of a setting, by the names and numbers that lead to it.

    It is sought in its own table, the n-th of that name, else before the first of all tables; where it is not found,
    its table's name is meant, and where there is none, the file's beginning.
    """
    name, *inner = names
    number = inner[0] if inner and isinstance(inner[0], int) else 0
    key = next((part for part in inner if isinstance(part, str)), str(name))
    headers = list(_HEADER.finditer(text))
    ends = [header.start() for header in headers] + [len(text)]
    tables = [(header, end) for header, end in zip(headers, ends[1:], strict=True) if header[1] == name]
    found: re.Match[str] | None = None
    if number < len(tables):
        header, end = tables[number]
        found = _setting(key).search(text, header.end(), end) or header
    else:
        found = _setting(str(name)).search(text, 0, ends[0])
    return _line_and_column(text, found.start(1)) if found else (1, 1)


def _setting(key: str) -> re.Pattern[str]:
    """A line that sets ``key``, or a part of it: ``epub.math = …`` says something of ``epub``."""
    return re.compile(rf"^[ \t]*({re.escape(key)})[ \t]*[.=]", re.MULTILINE)


def _line_and_column(text: str, place: int) -> tuple[int, int]:
    return text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)
