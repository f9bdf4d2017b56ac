"""The ``book.toml`` that ``pipeline init`` leaves: the settings that are likely to be wanted, explained in place."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pipeline.config import Format
from pipeline.errors import UsageError
from pipeline.output import write_file
from pipeline.settings import CONFIG_NAME
from pipeline.writers.contract import File

_STARTER: Final = """\
# What to build, and how. `pipeline build` in this folder finds this file. A line that is commented out shows the value
# that holds without it, or an example where there is none; the README explains each setting.

{sources}
# slug = ""             # file name of the book; else made from the title, or the sources' name
# formats = ["epub"]    # {formats}
# sort = "source"       # "source" or "date"
# parts = true          # divide by year where every year is known
# cover = "cover.png"   # a picture; else a cover is drawn
# macros = ['\\newcommand{{\\R}}{{\\mathbb{{R}}}}']

[book]
{title}
# author = ""           # this, too, where a feed, an export or the settings of a site do not say it
# language = "zh-CN"    # else told by the text; decides the book's own words, and whether marks are made full-width
# rights = ""           # as printed: "CC BY-NC-SA 4.0"
# rights_url = ""
# source_name = ""      # the blog's name and address
# source_url = ""

# [pdf]
# paper = "a5"          # "a5", "a4", "b5" or "148mmx210mm"
# font_size = "10pt"

# What you know of single posts, found by title:
# [[post]]
# post = "A title"
# year = 2018
# url = "https://example.org/a-title"
# skip = false
"""

_SOURCES: Final = '# sources = ["posts"]   # files and folders; else all that is in this one'
_TITLE: Final = '# title = ""            # else what the blog is called, or its folder'


def write_starter(folder: Path) -> Path:
    """Write a ``book.toml`` for the dumps found in ``folder``, and return its path.

    Raises:
        UsageError: there is one already.
        ArtefactError: the folder cannot be written to.
    """
    if (folder / CONFIG_NAME).exists():
        raise UsageError(f"{folder / CONFIG_NAME} already exists", help="edit it, or remove it first")
    dumps = sorted(path.name for path in folder.glob("*.txt"))
    sources = f"sources = [{', '.join(map(_quoted, dumps))}]" if dumps else _SOURCES
    title = f"title = {_quoted(Path(dumps[0]).stem)}" if len(dumps) == 1 else _TITLE
    formats = ", ".join(_quoted(output.value) for output in Format)
    text = _STARTER.format(sources=sources, title=title, formats=formats)
    return write_file(folder, File(CONFIG_NAME, text.encode()))


def _quoted(name: str) -> str:
    return f'"{_escaped(name)}"'


def _escaped(text: str) -> str:
    """Escape ``text`` for a TOML basic string (TOML 1.0, section String)."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return "".join(char if char.isprintable() else f"\\U{ord(char):08x}" for char in escaped)
