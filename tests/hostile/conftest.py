"""Where hostile dumps are built."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder of one test, empty."""
    return tmp_path
