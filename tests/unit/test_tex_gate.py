from __future__ import annotations

import pytest
from PIL import ImageColor

from pipeline.mathml.rewrites.commands import COMMANDS, ENVIRONMENTS, INFIX
from pipeline.tex.allowlist import ALLOWED, ALLOWED_ENVIRONMENTS
from pipeline.tex.colours import PALETTE, colour_class, on_paper
from pipeline.tex.gate import MAX_CHARACTERS, Reason, refusal
from pipeline.tex.prose import PROSE
from pipeline.writers.styles import read_style


@pytest.mark.parametrize(
    "tex", [r"\frac{a}{b}", r"\begin{align*}a&=b\\c\end{align*}", r"50\%\ \,", "a\\\nb", "x^{2^{3}}"]
)
def test_passes(tex: str) -> None:
    assert refusal(tex) is None


@pytest.mark.parametrize(
    ("tex", "reason"),
    [
        (r"\input{x}", Reason.UNKNOWN),
        (r"\csname input\endcsname", Reason.UNKNOWN),
        (r"\begin{verbatim}x\end{verbatim}", Reason.UNKNOWN),
        (r"x^^5c", Reason.UNKNOWN),
        (r"\@x", Reason.UNKNOWN),
        ("{" * 41 + "}" * 41, Reason.LIMIT),
        (r"\left(" * 41, Reason.LIMIT),
        ("x" * (MAX_CHARACTERS + 1), Reason.LIMIT),
    ],
)
def test_is_turned_away(tex: str, reason: Reason) -> None:
    found = refusal(tex)
    assert found is not None
    assert found.reason is reason


def test_every_command_of_prose_has_a_rewrite() -> None:
    assert set(PROSE) <= set(COMMANDS)


def test_every_rewrite_may_be_reached() -> None:
    assert set(COMMANDS) | set(INFIX) <= ALLOWED | {"\\\n", "\\\t", "\\\u00a0"}
    assert set(ENVIRONMENTS) == ALLOWED_ENVIRONMENTS


def test_nothing_that_acts_on_files_or_meanings_is_allowed() -> None:
    acting = "input include openin openout write read special def gdef let csname catcode directlua href style class"
    assert ALLOWED.isdisjoint("\\" + name for name in acting.split())


@pytest.mark.parametrize(
    ("colour", "model", "name"),
    [
        ("Red", "", "mc-red"),
        ("#00f", "", "mc-blue"),
        ("teal", "", "mc-cyan"),
        ("0,128,0", "RGB", "mc-green"),
        ("zz", "", ""),
    ],
)
def test_colours(colour: str, model: str, name: str) -> None:
    assert colour_class(colour, model) == name
    assert on_paper(colour, model) == (PALETTE[name.removeprefix("mc-")][1] if name else "")


def test_every_colour_of_css_is_known() -> None:
    assert [name for name in ImageColor.colormap if not colour_class(name)] == []


def test_the_style_sheet_has_the_palette() -> None:
    rules = [rule for name, (_, light, dark) in PALETTE.items() if light for rule in rules_of(name, light, dark)]
    assert [line for line in read_style("math.css").splitlines() if line.startswith(".mc-")] == rules


def rules_of(name: str, light: str, dark: str) -> tuple[str, str]:
    return (
        f".mc-{name} {{ color: {light}; color: light-dark({light}, {dark}); }}",
        f".mc-on-{name} {{ background: color-mix(in srgb, {light} 18%, transparent); }}",
    )
