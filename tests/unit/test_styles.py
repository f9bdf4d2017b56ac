from __future__ import annotations

import re
from pathlib import Path

import pytest

from formula_classes import CLASSES, LAYOUT
from pipeline.codes import Severity
from pipeline.document import Alignment
from pipeline.writers import styles
from pipeline.writers.highlight import Tone
from pipeline.writers.styles import markup_environment, read_style, styles_folder
from pipeline.writers.xhtml.titles import PHRASES


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


_PACKAGE = Path(styles.__file__).parents[1]
_TONES = {tone.value for tone in Tone} - {""}
_FROM_TABLES = {
    *(f"code-{tone}" for tone in _TONES),
    *(alignment.value for alignment in Alignment if alignment is not Alignment.DEFAULT),
    *(f"phrase-{width}" for width in PHRASES),
    *(severity.value for severity in Severity),
}
_PUT_TOGETHER = {"continued", "loose", "pictured", "han-before", "han-after", "han-both", "offscreen"}
"""What stands in the code by itself, and becomes a class there."""
_READ = {"tex", "title", "previous"}
"""What has no rule but is looked for, by verify or by the page's script."""


def _text(folder: Path, pattern: str) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob(pattern)))


def _ruled(sheets: str) -> set[str]:
    """The classes in the selectors of ``sheets``."""
    selectors = re.sub(r"/\*.*?\*/|\{[^{}]*\}", "", sheets, flags=re.DOTALL)
    return set(re.findall(r"\.([a-z][\w-]*)", selectors))


def _in_attributes() -> set[str]:
    """The classes that templates and writers write out, without those that they put together."""
    markup = re.sub(r"\{\{.*?\}\}", "{}", _text(styles_folder(), "*.j2")) + _text(_PACKAGE / "writers", "*.py")
    values = re.findall(r"class=[\"']([\w -]*(?:\{[^\"']*\}[\w -]*)*)[\"']", markup)
    return {name for value in values for name in value.split() if "{" not in name}


def test_what_is_marked_is_styled_and_what_is_styled_is_marked() -> None:
    ruled = _ruled(_text(styles_folder(), "*.css"))
    assert _in_attributes() | _FROM_TABLES | CLASSES <= ruled | _READ
    assert ruled <= _in_attributes() | _FROM_TABLES | CLASSES | _PUT_TOGETHER
    code = _text(_PACKAGE / "writers" / "xhtml", "*.py") + read_style("anthology.js")
    assert set(re.findall(r"[\"']([a-z-]+)[\"']", code)) >= _PUT_TOGETHER


def test_formulas_have_the_classes_that_are_listed() -> None:
    written = set(re.findall(r"[\" ](m-[a-z-]+)(?=[\" ])", _text(_PACKAGE / "mathml", "*.py")))
    assert written == LAYOUT
    assert _ruled(read_style("math.css")) == CLASSES


def test_print_sets_apart_the_tones_that_the_screen_does() -> None:
    assert set(re.findall(r"\\tone@(\w+)", read_style("book.tex.j2"))) == _TONES
