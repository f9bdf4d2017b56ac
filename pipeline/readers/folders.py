"""Which files of a folder are posts: where its generator keeps them, or else all that have a name known to be one's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pipeline.readers.detect import SUFFIXES, Kind

_POSTS: Final = ("source/_posts", "_posts", "content/posts", "content/post")
"""Where Hexo, Jekyll and Hugo keep what they publish; the first that there is counts."""
_PAGES: Final = "content"
"""Likewise, but a name that any folder may have: it counts where a generator's settings stand beside it."""
_DRAFTS: Final = ("source/_drafts", "_drafts")
_OTHERS: Final = frozenset(
    {"readme", "license", "changelog", "contributing", "_index", "404", "requirements", "robots"}
)
_SKIPPED: Final = frozenset(
    {"node_modules", "themes", "layouts", "_layouts", "_includes", "_site", "_drafts", "templates"}
)
_XML: Final = ".xml"
_SETTINGS: Final = ("_config.yml", "_config.yaml", "hugo.toml", "hugo.yaml", "config.toml", "config.yaml")
_BESIDE_PAGES: Final = (*_SETTINGS, "hugo.yml", "hugo.json", "config/_default", "pelicanconf.py")
_ADDRESS: Final = re.compile(
    r"^[ \t]*(?:url|baseURL)[ \t]*[:=][ \t]*[\"']?https?://([^\s\"'/#]+)", re.MULTILINE | re.IGNORECASE
)


def files_of(folder: Path) -> tuple[Path, ...]:
    """Return the files of ``folder`` that may hold posts, in the order of their paths."""
    is_site = any((folder / name).exists() for name in _BESIDE_PAGES)
    places = (*_POSTS, _PAGES) if is_site else _POSTS
    kept = next((folder / place for place in places if (folder / place).is_dir()), None)
    return tuple(_walk(kept or folder))


def drafts_of(folder: Path) -> tuple[Path, ...]:
    """Return the files that Hexo and Jekyll keep apart until they are published."""
    kept = (folder / place for place in _DRAFTS)
    return tuple(path for place in kept if place.is_dir() for path in _walk(place))


def host_of(folder: Path) -> str:
    """Return the host that a site's own settings name (Hexo, Jekyll: ``url``; Hugo: ``baseURL``); empty without any."""
    for path in (folder / name for name in _SETTINGS):
        found = _ADDRESS.search(path.read_text("utf-8", "replace")) if path.is_file() else None
        if found:
            return found[1].lower()
    return ""


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if path.name.startswith(".") or path.is_symlink():
            continue
        if path.is_dir():
            if path.name not in _SKIPPED and not path.name.endswith(("_files", ".files")):
                yield from _walk(path)
        elif _may_be_posts(path):
            yield path


def _may_be_posts(path: Path) -> bool:
    suffix = path.suffix.lower()
    known = suffix in SUFFIXES or suffix == _XML
    return known and not (path.stem.lower() in _OTHERS and SUFFIXES.get(suffix) in (Kind.MARKDOWN, Kind.DUMP))
