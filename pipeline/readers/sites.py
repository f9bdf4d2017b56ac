"""What a source says of the blog that it comes from: a feed or an export at its head, a site in its settings."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from pipeline.readers.detect import Kind, detect
from pipeline.readers.folders import SETTINGS
from pipeline.source import SourceText

_FORMS: Final = (Kind.FEED, Kind.WORDPRESS)


@dataclass(frozen=True, slots=True)
class Site:
    """A blog's name, its one author, and its address; empty where nothing or more than one thing is said."""

    title: str = ""
    author: str = ""
    url: str = ""


def common_site(folders: Iterable[Path], texts: Iterable[SourceText]) -> Site:
    """Return the site that all sources come from that say where they come from; an empty one where they differ."""
    stated = [*map(_of_folder, folders), *map(_of_text, texts)]
    different = set(stated) - {Site()}
    return different.pop() if len(different) == 1 else Site()


def _of_folder(folder: Path) -> Site:
    """Return what the settings of Hexo, Jekyll or Hugo say, as far as they can be read."""
    path = next((path for name in SETTINGS if (path := folder / name).is_file()), None)
    settings = _settings(path) if path else {}
    inner = settings.get("params")
    author = settings.get("author") or (inner.get("author") if isinstance(inner, dict) else None)
    name = author.get("name") if isinstance(author, dict) else author
    url = _text(settings.get("url") or settings.get("baseurl"))
    return Site(_text(settings.get("title")), _text(name), url if url.startswith("http") else "")


def _settings(path: Path) -> Mapping[str, Any]:
    try:
        text = path.read_text("utf-8", "replace")
        values = tomllib.loads(text) if path.suffix == ".toml" else yaml.safe_load(text)
    except (OSError, ValueError, yaml.YAMLError, RecursionError):
        return {}
    return {str(name).lower(): value for name, value in values.items()} if isinstance(values, dict) else {}


def _of_text(source: SourceText) -> Site:
    if source.text.lstrip()[:1] != "<" or detect(source.path, source.text) not in _FORMS:
        return Site()
    from lxml import etree  # noqa: PLC0415 - it loads in a tenth of a second, which no dump need wait for

    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, huge_tree=True, recover=True)
    root = etree.fromstring(source.text.encode(), parser)
    if root is None:
        return Site()
    channel = next(iter(root.iterfind("{*}channel")), root)
    addresses = [link.get("href") or link.text for link in channel.iterfind("{*}link") if link.get("rel") != "self"]
    names = {name.text for tag in _AUTHORS for name in channel.iterfind(tag)}
    url = _text(next(iter(addresses), ""))
    author = _text(names.pop()) if len(names) == 1 else ""
    return Site(_text(channel.findtext("{*}title")), author, url if url.startswith("http") else "")


_AUTHORS: Final = ("{*}author/{*}name", "{*}author/{*}author_display_name")
"""Of Atom and of WordPress; those of single entries are not looked at."""


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
