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
    {"node_modules", "themes", "layouts", "_layouts", "_includes", "_site", "_drafts", "templates", "vendor"}
)
_XML: Final = ".xml"
_BEGINNING: Final = 4000  # characters
_TITLED: Final = re.compile(r"\s*(---|\+\+\+)[ \t]*\n(?:(?!\1)[^\n]*\n)*?title[ \t]*[:=](?![ \t]*[\"']?\{\{)")
"""The front matter of a post; that of a template for posts has its title in braces."""
SETTINGS: Final = ("_config.yml", "_config.yaml", "hugo.toml", "hugo.yaml", "config.toml", "config.yaml")
_BESIDE_PAGES: Final = (*SETTINGS, "hugo.yml", "hugo.json", "config/_default", "pelicanconf.py")
_ADDRESS: Final = re.compile(
    r"^[ \t]*(?:url|baseURL)[ \t]*[:=][ \t]*[\"']?https?://([^\s\"'/#]+)", re.MULTILINE | re.IGNORECASE
)


def files_of(folder: Path) -> tuple[Path, ...]:
    """Return the files of ``folder`` that may hold posts, in the order of their paths."""
    return tuple(_walk(_kept(folder)))


def others_of(folder: Path) -> tuple[Path, ...]:
    """Return the Markdown files with a title that a site keeps beside its posts: pages, and collections of its own."""
    kept = _kept(folder)
    beside = (path for path in _walk(folder) if not path.is_relative_to(kept)) if kept != folder else ()
    return tuple(path for path in beside if SUFFIXES.get(path.suffix.lower()) is Kind.MARKDOWN and _is_titled(path))


def _kept(folder: Path) -> Path:
    """Return the folder in ``folder`` where a generator keeps its posts, or ``folder`` itself."""
    is_site = any((folder / name).exists() for name in _BESIDE_PAGES)
    places = (*_POSTS, _PAGES) if is_site else _POSTS
    return next((folder / place for place in places if (folder / place).is_dir()), folder)


def _is_titled(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return _TITLED.match(file.read(_BEGINNING)) is not None
    except OSError:  # it is not asked for
        return False


def drafts_of(folder: Path) -> tuple[Path, ...]:
    """Return the files that Hexo and Jekyll keep apart until they are published."""
    kept = (folder / place for place in _DRAFTS)
    return tuple(path for place in kept if place.is_dir() for path in _walk(place))


def host_of(folder: Path) -> str:
    """Return the host that a site's own settings name (Hexo, Jekyll: ``url``; Hugo: ``baseURL``); empty without any."""
    for path in (folder / name for name in SETTINGS):
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
