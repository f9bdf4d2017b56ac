"""What stands before a Markdown post: YAML between ``---``, TOML between ``+++``, or a JSON object.

So write Hexo, Hugo, Jekyll and Obsidian. Values are read as text, so that a title "NO" or a date stays as written.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.source import SourceText

_FENCED: Final = re.compile(r"\s*^(---|\+\+\+|;;;)[ \t]*\n", re.MULTILINE)
_BARE: Final = re.compile(r"\s*(?:[a-zA-Z_]{1,30}:[^\n]*\n|[ \t]+[^\n]*\n|-[ \t][^\n]*\n){1,60}---[ \t]*\n")
_LINE: Final = re.compile(r"^([A-Za-z_]+)[ \t]*[:=][ \t]*([^\n]*)$", re.MULTILINE)
_YES: Final = frozenset({"true", "yes", "on"})
_NO: Final = frozenset({"false", "no", "off"})


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The settings of a post, and where its body begins. Names are in lower case."""

    values: Mapping[str, Any] = field(default_factory=dict)
    body: int = 0

    def text(self, *names: str) -> str:
        """Return the first of these settings that has a value; empty when none has."""
        values = (self.values.get(name) for name in names)
        return next((str(value).strip() for value in values if isinstance(value, str) and value.strip()), "")

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a setting that is a list, or a single value."""
        value = self.values.get(name)
        values = value if isinstance(value, list) else [value]
        return tuple(str(item) for item in values if isinstance(item, str) and item)

    def says(self, name: str, *, yes: bool) -> bool:
        """Whether a yes-or-no setting has this value, in the words of YAML 1.1, which Jekyll and Hexo read."""
        return self.text(name).lower() in (_YES if yes else _NO)


def split_front_matter(source: SourceText, reporter: Reporter) -> FrontMatter:
    """Return what stands before the post; what cannot be parsed is reported, and read line by line."""
    text = source.text
    opening = _FENCED.match(text)
    if opening:
        closing = re.compile(rf"^{re.escape(opening[1])}[ \t]*$\n?|^\.\.\.[ \t]*$\n?", re.MULTILINE).search(
            text, opening.end()
        )
        if not closing:
            return FrontMatter()
        values = _parsed(source, opening[1], opening.end(), closing.start(), reporter)
        return FrontMatter(values, closing.end()) if values else FrontMatter()
    if text.startswith("{\n"):
        return _json(text)
    bare = _BARE.match(text)
    if bare and "title" in bare[0]:
        return FrontMatter(_parsed(source, "---", 0, text.rindex("---", 0, bare.end()), reporter), bare.end())
    return FrontMatter()


def _json(text: str) -> FrontMatter:
    try:
        values, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return FrontMatter()
    return FrontMatter(_as_text(values), end)


def _parsed(source: SourceText, mark: str, start: int, end: int, reporter: Reporter) -> Mapping[str, Any]:
    text = source.text[start:end]
    try:
        if mark == "---":
            values = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - BaseLoader makes nothing but text
        else:
            values = tomllib.loads(text) if mark == "+++" else json.loads("{" + text + "}")
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        lines = {match[1].lower(): match[2].strip().strip("\"'") for match in _LINE.finditer(text)}
        if not lines:  # a rule across the page, not front matter
            return {}
        message = f"the front matter cannot be parsed: {' '.join(str(error).split())}"
        reporter.report(Code.FRONT_MATTER, message, source.span(start))
        return lines
    return _as_text(values)


def _as_text(values: object) -> Mapping[str, Any]:
    if not isinstance(values, dict):
        return {}
    return {str(name).lower(): _value(value) for name, value in values.items()}


def _value(value: object) -> object:
    """Return a text, or a list of texts; what else YAML can build, such as a list that holds itself, means nothing."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return [str(item) for item in value if not isinstance(item, list | dict)]
    return None if value is None or isinstance(value, dict) else str(value)
