"""What is written down of environments in several places says the same."""

from __future__ import annotations

from pipeline.tex.allowlist import ALLOWED_ENVIRONMENTS
from pipeline.tex.environments import ENVIRONMENTS, environment_of, stands_alone


def test_what_is_known_is_allowed_and_has_a_form_that_is() -> None:
    assert set(ENVIRONMENTS) - ALLOWED_ENVIRONMENTS == {"empheq"}
    for environment in ENVIRONMENTS.values():
        assert {environment.inner, environment.display} <= {*ALLOWED_ENVIRONMENTS, ""}
        assert environment.display == "" or ENVIRONMENTS[environment.display].display == environment.display


def test_a_star_makes_no_other_environment() -> None:
    assert environment_of("align*") is environment_of(" align ") is ENVIRONMENTS["align"]
    assert environment_of("pmatrix*") is None


def test_only_a_display_of_tex_needs_no_dollars() -> None:
    alone = {name for name in ENVIRONMENTS if stands_alone(rf"\begin{{{name}}}x\end{{{name}}}")}
    assert set(ENVIRONMENTS) - alone == {"split", "displaylines", "darray"}
    assert stands_alone("\n\\begin {align*}x&=1\\end{align*}")
    assert not any(map(stands_alone, ("x", r"\begin{pmatrix}x\end{pmatrix}", r"x+\begin{align}y\end{align}")))
