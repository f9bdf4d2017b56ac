"""The names of months, for all that looks for days: number by name, in lower case."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_WHOLE: Final = (
    "january february march april may june july august september october november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
)
_ENGLISH: Final = (
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "jan feb mar apr may jun jul aug sept oct nov dec",
)
_SHORT: Final = (
    "jan feb mär apr mai jun jul aug sep okt nov dez",
    "janv févr mars avr mai juin juil août sept oct nov déc",
    "ene feb mar abr may jun jul ago sep oct nov dic",
    "gen feb mar apr mag giu lug ago set ott nov dic",
    "jan fev mar abr mai jun jul ago set out nov dez",
)


def _numbered(languages: tuple[str, ...]) -> Mapping[str, int]:
    return MappingProxyType({name: month for names in languages for month, name in enumerate(names.split(), 1)})


MONTHS: Final = _numbered((*_WHOLE, *_ENGLISH, *_SHORT))
"""All, for a line that is nothing but a day."""
MONTHS_IN_TEXT: Final = _numbered((*_WHOLE, *_ENGLISH))
"""Those that mean a month among other words, too: "set" and "out" do not."""
