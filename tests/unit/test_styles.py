from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.writers import styles
from pipeline.writers.styles import markup_environment, read_style, styles_folder


def test_templates_escape_whatever_their_name_is() -> None:
    environment = markup_environment()
    assert environment.from_string("{{ title }}").render(title="<b>") == "&lt;b&gt;"
    assert environment.autoescape is True


def test_a_style_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        read_style("no-such.css")


def test_an_installed_package_uses_its_own_styles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed, checkout = tmp_path / "site" / "pipeline", tmp_path / "tree" / "pipeline"
    for folder in (installed / "styles", checkout, tmp_path / "tree" / "styles"):
        folder.mkdir(parents=True)
    for package, styles_of_it in ((installed, installed / "styles"), (checkout, tmp_path / "tree" / "styles")):
        monkeypatch.setattr(styles, "_PACKAGE", package)
        styles_folder.cache_clear()
        assert styles_folder() == styles_of_it
    styles_folder.cache_clear()
