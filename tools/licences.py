"""Print docs/licences.md: what the wheel depends on at run time, and under which licences that is."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).parents[1] / "pyproject.toml"
_NAME: Final = re.compile(r"[A-Za-z0-9._-]+")
_HEAD: Final = """# Licences

`pipeline` itself is AGPL-3.0-or-later (LICENSE). What it needs at run time, and what each package says of its licence;
`make licences` writes this page.

| package | licence |
|---|---|
"""


def main() -> None:
    """Print the page."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    rows = sorted(set(map(row, needed(project["dependencies"]))), key=str.lower)
    print(_HEAD + "\n".join(rows))


def needed(requirements: list[str]) -> list[Distribution]:
    """Return the installed distributions that ``requirements`` lead to, those of extras aside."""
    found: dict[str, Distribution] = {}
    waiting = [match[0] for requirement in requirements if (match := _NAME.match(requirement))]
    while waiting:
        current = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if current in found:
            continue
        try:
            found[current] = distribution(current)
        except PackageNotFoundError:
            continue  # another platform's
        for requirement in found[current].requires or ():
            match = _NAME.match(requirement)
            if match and "extra ==" not in requirement:
                waiting.append(match[0])
    return list(found.values())


def row(found: Distribution) -> str:
    """Return a line of the table; a licence given as a whole text is named by its first line."""
    data = found.metadata
    classifiers = [
        text.rpartition(" :: ")[2] for text in data.get_all("Classifier") or () if text.startswith("License")
    ]
    licence = data.get("License-Expression") or ", ".join(classifiers) or (data.get("License") or "unknown")
    return f"| {found.name} | {licence.strip().splitlines()[0][:80]} |"


if __name__ == "__main__":
    main()
