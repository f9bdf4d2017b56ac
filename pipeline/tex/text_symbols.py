"""Signs that TeX names for prose: the words of LaTeX's textcomp, each with its character."""

from __future__ import annotations

from typing import Final

_TABLE: Final = r"""
    textasciicircum ^ textasciitilde ~ textasteriskcentered * textbackslash \ textbar | textbraceleft { textbraceright
    } textbullet • textdagger † textdaggerdbl ‡ textellipsis … textemdash — textendash – textexclamdown ¡ textgreater
    > textless < textordfeminine ª textordmasculine º textparagraph ¶ textperiodcentered · textquestiondown ¿
    textquotedblleft “ textquotedblright ” textquoteleft ‘ textquoteright ’ textsection § textunderscore _
    textvisiblespace ␣ textacutedbl ˝ textasciiacute ´ textasciibreve ˘ textasciicaron ˇ textasciidieresis ¨
    textasciimacron ¯ textgravedbl ˵ texttildelow ˷ textbaht ฿ textcent ¢ textcolonmonetary ₡ textcurrency ¤
    textdollar $ textdong ₫ texteuro € textflorin ƒ textguarani ₲ textlira ₤ textnaira ₦ textpeso ₱ textsterling £
    textwon ₩ textyen ¥ textcircledP ℗ textcompwordmark ‌ textcopyleft 🄯 textcopyright © textregistered ®
    textservicemark ℠ texttrademark ™ textbardbl ‖ textbigcircle ◯ textblank ␢ textbrokenbar ¦ textdiscount ⁒
    textestimated ℮ textinterrobang ‽ textinterrobangdown ⸘ textmusicalnote ♪ textnumero № textopenbullet ◦
    textpertenthousand ‱ textperthousand ‰ textrecipe ℞ textreferencemark ※ textlangle 〈 textrangle 〉 textlbrackdbl ⟦
    textrbrackdbl ⟧ textlquill ⁅ textrquill ⁆ textcelsius ℃ textdegree ° textdiv ÷ textdownarrow ↓ textfractionsolidus
    ⁄ textleftarrow ← textlnot ¬ textmho ℧ textminus − textmu µ textohm Ω textonehalf ½ textonequarter ¼
    textonesuperior ¹ textpm ± textrightarrow → textsurd √ textthreequarters ¾ textthreesuperior ³ texttimes ×
    texttwosuperior ² textuparrow ↑ textborn * textdied † textdivorced ⚮ textmarried ⚭ textcentoldstyle ¢
    textdollaroldstyle $ textzerooldstyle 0 textoneoldstyle 1 texttwooldstyle 2 textthreeoldstyle 3 textfouroldstyle 4
    textfiveoldstyle 5 textsixoldstyle 6 textsevenoldstyle 7 texteightoldstyle 8 textnineoldstyle 9
"""


_LETTERS: Final = """
    o ø O Ø l ł L Ł ae æ AE Æ oe œ OE Œ aa å AA Å ss ß i ı j ȷ dag † ddag ‡ P ¶ S § pounds £ copyright ©
"""


def _symbols(table: str) -> dict[str, str]:
    words = table.split()
    return {"\\" + name: character for name, character in zip(words[::2], words[1::2], strict=True)}


TEXT_SYMBOLS: Final = _symbols(_TABLE)
"""Characters by control word, backslash included."""

LETTERS: Final = _symbols(_LETTERS)
"""Letters and signs of prose with short names, likewise."""

ACCENTS: Final = {
    "\\'": "\u0301",
    "\\`": "\u0300",
    "\\^": "\u0302",
    '\\"': "\u0308",
    "\\~": "\u0303",
    "\\=": "\u0304",
    "\\.": "\u0307",
    "\\c": "\u0327",
    "\\v": "\u030c",
    "\\H": "\u030b",
    "\\u": "\u0306",
    "\\r": "\u030a",
    "\\d": "\u0323",
    "\\b": "\u0331",
    "\\k": "\u0328",
}
"""Combining characters by the control sequence that puts them on the next letter of prose."""
