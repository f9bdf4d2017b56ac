"""Print docs/licences.md: what the program needs at run time (requirements.lock), and under which licences that is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

LOCK: Final = Path(__file__).parents[1] / "requirements.lock"
_PIN: Final = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
_ENCLOSED: Final = {"resvg_py": "MIT"}  # packages whose licence their LICENSE file alone tells
_HEAD: Final = """# Licences

`pipeline` itself is AGPL-3.0-or-later (LICENSE). What it needs at run time, and what each package says of its licence;
`make licences` writes this page.

| package | licence |
|---|---|
"""


def main() -> None:
    """Print the page."""
    print(_HEAD + "\n".join(sorted(map(row, installed()), key=str.lower)))


def installed() -> Iterator[Distribution]:
    """Yield the pinned packages that are here; those of other platforms are not."""
    for name in _PIN.findall(LOCK.read_text(encoding="utf-8")):
        try:
            yield distribution(name)
        except PackageNotFoundError:
            continue


def row(found: Distribution) -> str:
    """Return a line of the table; a licence given as a whole text is named by its first line."""
    data = found.metadata
    told = (text for text in data.get_all("Classifier") or () if text.startswith("License"))
    classifiers = [text.rpartition(" :: ")[2] for text in told]
    stated = data["License-Expression"] if "License-Expression" in data else ", ".join(classifiers)
    licence = stated or (data["License"] if "License" in data else _ENCLOSED.get(found.name, "unknown"))
    return f"| {found.name} | {licence.strip().splitlines()[0][:80]} |"


if __name__ == "__main__":
    main()
