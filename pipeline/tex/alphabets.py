"""The mathematical alphabets of Unicode, which stand in for fonts: browsers ignore ``mathvariant``.

Source: The Unicode Standard, chapter 22.2, and the names of MathML 3's ``mathvariant`` values.
"""

from __future__ import annotations

from typing import Final

_UPPER: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LOWER: Final = "abcdefghijklmnopqrstuvwxyz"
_DIGITS: Final = "0123456789"
_GREEK: Final = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡϴΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂ϵϑϰϕϱϖ"
_STARTS: Final = {  # variant: first capital, small letter, digit, Greek letter; 0 where Unicode has none
    "bold": (0x1D400, 0x1D41A, 0x1D7CE, 0x1D6A8),
    "italic": (0x1D434, 0x1D44E, 0, 0x1D6E2),
    "bold-italic": (0x1D468, 0x1D482, 0x1D7CE, 0x1D71C),
    "script": (0x1D49C, 0x1D4B6, 0, 0),
    "bold-script": (0x1D4D0, 0x1D4EA, 0x1D7CE, 0),
    "fraktur": (0x1D504, 0x1D51E, 0, 0),
    "bold-fraktur": (0x1D56C, 0x1D586, 0x1D7CE, 0),
    "double-struck": (0x1D538, 0x1D552, 0x1D7D8, 0),
    "sans-serif": (0x1D5A0, 0x1D5BA, 0x1D7E2, 0),
    "bold-sans-serif": (0x1D5D4, 0x1D5EE, 0x1D7EC, 0x1D756),
    "sans-serif-italic": (0x1D608, 0x1D622, 0x1D7E2, 0),
    "sans-serif-bold-italic": (0x1D63C, 0x1D656, 0x1D7EC, 0x1D790),
    "monospace": (0x1D670, 0x1D68A, 0x1D7F6, 0),
}
_ELSEWHERE: Final = {  # letters that Unicode had before it had the alphabets
    "italic": "hℎı𝚤ȷ𝚥",
    "script": "BℬEℰFℱHℋIℐLℒMℳRℛeℯgℊoℴ",
    "fraktur": "CℭHℌIℑRℜZℨ",
    "double-struck": "CℂHℍNℕPℙQℚRℝZℤ",
}


def _alphabet(variant: str) -> dict[int, str]:
    letters: dict[int, str] = {}
    for characters, start in zip((_UPPER, _LOWER, _DIGITS, _GREEK), _STARTS[variant], strict=True):
        if start:
            letters.update({ord(character): chr(start + index) for index, character in enumerate(characters)})
    exceptions = _ELSEWHERE.get(variant, "")
    letters.update({ord(plain): styled for plain, styled in zip(exceptions[::2], exceptions[1::2], strict=True)})
    return letters


ALPHABETS: Final = {variant: _alphabet(variant) for variant in _STARTS}
"""For each variant, what ``str.translate`` needs."""
_BOLD: Final = ALPHABETS["bold-italic"]
_BOLD.update({ord(slanted): _BOLD[plain] for plain, slanted in ALPHABETS["italic"].items() if plain in _BOLD})
# Letters that are slanted already, such as those of \varGamma, are made bold as well.

FONT_SWITCHES: Final = {
    "\\rm": "normal",
    "\\mit": "italic",
    "\\it": "italic",
    "\\bf": "bold",
    "\\cal": "script",
    "\\scr": "script",
    "\\frak": "fraktur",
    "\\sf": "sans-serif",
    "\\tt": "monospace",
    "\\bbFont": "double-struck",
    "\\oldstyle": "normal",
}
"""Commands that choose a variant for the rest of their group."""

BOLDER: Final = {
    "": "bold-italic",
    "normal": "bold",
    "italic": "bold-italic",
    "script": "bold-script",
    "fraktur": "bold-fraktur",
    "sans-serif": "bold-sans-serif",
    "sans-serif-italic": "sans-serif-bold-italic",
}
r"""What ``\boldsymbol`` makes of a variant; those not listed stay as they are."""


def styled(text: str, variant: str) -> str:
    """Return ``text`` in the letters of ``variant``; characters that it lacks, and unknown variants, stay plain."""
    return text.translate(ALPHABETS[variant]) if variant in ALPHABETS else text
