"""The converters in their order; the first certain result counts."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.mathml import fallbacks, latex2mathml_engine
from pipeline.mathml.atoms import TexError, UndefinedError
from pipeline.mathml.conversion import Conversion, Formula
from pipeline.mathml.draft import Draft
from pipeline.mathml.serialise import GateError
from pipeline.mathml.tree import UncertainError


def convert_one(formula: Formula) -> Conversion:
    """Convert one formula with latex2mathml, else with math-core; runs in a worker."""
    tex, display = formula
    try:
        own = latex2mathml_engine.draft(tex, display=display)
    except TexError as error:
        return _blame(tex, error)
    try:
        return Conversion(latex2mathml_engine.convert(own, display=display), "latex2mathml")
    except RecursionError:  # what commands hold may be deep without a brace, which is all that the gate counts
        return _second_try(formula, own, "the formula is nested too deeply")
    except Exception as error:  # noqa: BLE001 - latex2mathml raises whatever it stumbles over
        return _second_try(formula, own, f"the conversion is uncertain: {error}")


def _second_try(formula: Formula, own: Draft, error: str) -> Conversion:
    try:
        return fallbacks.by_math_core(formula, own)
    except (UncertainError, GateError):
        return Conversion(None, error=error, unread=True)


def _blame(tex: str, error: TexError) -> Conversion:
    """Say where the token stands that could not be read; only what is not defined may be known to others."""
    position, length = latex2mathml_engine.place_of(tex, error.index)
    unread = isinstance(error, UndefinedError)
    return Conversion(None, error=str(error), position=position, length=length, unread=unread)


def last_resort(done: Mapping[Formula, Conversion]) -> dict[Formula, Conversion]:
    """Return what pandoc makes of the formulas that nobody could read."""
    unread = [formula for formula, conversion in done.items() if conversion.unread]
    results = fallbacks.by_texmath(unread)
    return {formula: result for formula, result in zip(unread, results, strict=True) if result}
