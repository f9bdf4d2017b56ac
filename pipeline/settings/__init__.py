"""``book.toml``: found, read and checked into a ``BuildConfig``.

The file's tables are the fields of ``BuildConfig``, but for two names that read better in a file: ``[book]`` for the
metadata and ``[[post]]`` for what is said of single posts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from pipeline.config import (
    BuildConfig,
    EpubOptions,
    HtmlOptions,
    Metadata,
    PdfOptions,
    PostOverride,
    TextOptions,
)
from pipeline.errors import SourceError
from pipeline.settings.places import line_and_column, setting_place, syntax_error
from pipeline.source import Span

CONFIG_NAME = "book.toml"
SEEDS = Path("seeds")  # the folder of the dumps that are meant where none is named
_RENAMED = {"book": "metadata", "post": "posts"}
_SHOWN = {field: name for name, field in _RENAMED.items()}
_OURS = {**{field: f"it is called {name}" for field, name in _SHOWN.items()}, "places": ""}
"""Fields of ``BuildConfig`` that are no settings by this name."""
_TABLES: Mapping[str, type] = {
    "": BuildConfig,
    "book": Metadata,
    "post": PostOverride,
    "text": TextOptions,
    "epub": EpubOptions,
    "html": HtmlOptions,
    "pdf": PdfOptions,
}
_NEAR = 0.7  # how much of two names agrees when one is the other misspelt
_UNKNOWN = "unexpected_keyword_argument"
_EXPECTED = {
    _UNKNOWN: "is not a setting",
    "tuple_type": 'input should be a list, such as ["…"]',
    "dataclass_type": "input should be a table of settings",
    "string_type": "input should be text in quotation marks",
    "bool_type": "input should be true or false",
    "int_type": "input should be a whole number",
    "path_type": "input should be a path in quotation marks",
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
        message, place = syntax_error(text, str(error))
        span = Span(str(path), *place)
        raise SourceError(message, help="see https://toml.io for the syntax", span=span) from error
    if inner := next((key for key in data if key in _OURS), ""):
        span = Span(str(path), *setting_place(text, (inner,)))
        raise SourceError(f"{inner}: is not a setting", help=_OURS[inner], span=span)
    renamed = {_RENAMED.get(key, key): value for key, value in data.items()}
    try:
        config = _ADAPTER.validate_python(renamed)
    except ValidationError as error:
        raise _first_problem(path, text, error) from error
    config = replace(_beside(config, path.parent), places=_places(config, path, text))
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
    """Return the text of a file, however its lines end: a TOML file may not have a lone CR, and places count lines."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}", help="it must be a readable file") from error
    try:
        return data.decode().removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        span = Span(str(path), *line_and_column(before, len(before)))
        raise SourceError("this is no UTF-8", help="save the file in UTF-8", span=span) from error


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


def _places(config: BuildConfig, path: Path, text: str) -> dict[str, Span]:
    """Return where settings stand of which only a build can tell whether they are right."""
    overrides = (("post", number, "post") for number in range(len(config.posts)))
    names: tuple[tuple[int | str, ...], ...] = (("cover",), ("macros",), ("text", "encoding"), ("text", "format"))
    return {".".join(map(str, name)): Span(str(path), *setting_place(text, name)) for name in (*names, *overrides)}


def _first_problem(path: Path, text: str, error: ValidationError) -> SourceError:
    problem = error.errors()[0]
    table, *inner = problem["loc"]
    names = (_SHOWN.get(str(table), str(table)), *inner)
    message = _EXPECTED.get(problem["type"]) or problem["msg"][:1].lower() + problem["msg"][1:].replace("'', ", "")
    help_line = _advice(*(str(name) for name in names if isinstance(name, str))) if problem["type"] == _UNKNOWN else ""
    span = Span(str(path), *setting_place(text, names))
    return SourceError(f"{'.'.join(map(str, names))}: {message}", help=help_line, span=span)


def _advice(*names: str) -> str:
    """Return what may be meant by a setting that is none: one of another table, or one of nearly this name."""
    table, name = ("", *names)[-2:]
    known = {place: list(_settings(kind)) for place, kind in _TABLES.items()}
    if other := next((place for place, settings in known.items() if place and name in settings), ""):
        return f"it belongs to [{other}]"
    near = get_close_matches(name, known[table], 1, _NEAR)
    return f"did you mean {near[0]}?" if near else "see the settings that pipeline init writes"


def _settings(table: type) -> Iterator[str]:
    for field in fields(table):
        if _OURS.get(field.name, field.name):
            yield _SHOWN.get(field.name, field.name)
