"""One formula by latex2mathml, told what to write by a reading of our own; whatever is uncertain is an error."""

from __future__ import annotations

from pipeline.mathml import latex2mathml_engine
from pipeline.mathml.atoms import TexError
from pipeline.mathml.conversion import Conversion, Formula


def convert_one(formula: Formula) -> Conversion:
    """Convert one formula; runs in a worker."""
    tex, display = formula
    try:
        draft = latex2mathml_engine.draft(tex, display=display)
    except TexError as error:
        position, length = latex2mathml_engine.place_of(tex, error.index)
        return Conversion(None, error=str(error), position=position, length=length)
    try:
        return Conversion(latex2mathml_engine.convert(draft, display=display), "latex2mathml")
    except RecursionError:  # what commands hold may be deep without a brace, which is all that the gate counts
        return Conversion(None, error="the formula is nested too deeply")
    except Exception as error:  # noqa: BLE001 - latex2mathml raises whatever it stumbles over
        return Conversion(None, error=f"the conversion is uncertain: {error}")
