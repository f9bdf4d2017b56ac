"""Which encoding plausibly made some bytes: a guess by how much of the text would be words that people do write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_LEGACY: Final = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be", "cp932", "euc_jp", "cp949")
_SAMPLE: Final = 65_536  # bytes that are looked at; an even number, so that UTF-16 is not cut inside a character

_COMMON: Final = frozenset(
    "的一是不了在人有我他这为之大来以个中上们到说国和地也子时道出而要于就下得可你年生自会那后能对着事其里所去行过家十用发天如然"
    "作方成者多日都三小军二无同么经法当起与好看学进种将还分此心前面又定见只主没公从知数理式题论式数值解点线性文章本文这那"
    "這為來個們到說國時過發對學還無經當點線與種將進後裡會論題數讀東動問開關體實現應沒從見樣給讓變機組織義"
    "，。、；：？！“”‘’（）《》—…「」『』．"
    "あいうえおかがきくけげこごさしじすせそただちつてでとどなにねのはばひびふへほまみむめもやゆよらりるれろわをんっょ"
    "アイウエオカキクグコサシスズタタットドナニネノフプベマムメュョラリルレロンー"
    "이다는을를가에의은하고지로기도한그있어서나자수것인사해대정들니면라리습되보일시성과상전"
)
"""Characters that make up about half of any Chinese, Japanese or Korean text; nothing else looks like that."""
_PLAIN: Final = frozenset(range(0x20, 0x7F)) | {9, 10, 13}
_FAIR: Final = 0.15  # share of common characters below which a guess is reported as doubtful
_SPOILT: Final = 0.02  # share of unreadable places up to which an encoding still counts as possible
_NULS: Final = 0.1  # share of NUL bytes from which text that could be UTF-8 is UTF-16
_MOSTLY: Final = 4
_ENOUGH: Final = 8  # common characters that are no accident


@dataclass(frozen=True, slots=True)
class Guess:
    """An encoding for some bytes; ``certain`` when a byte order mark or the rules of UTF-8 leave no other."""

    encoding: str
    start: int = 0  # where the text begins, after a byte order mark
    certain: bool = True


def guess_encoding(data: bytes) -> Guess:
    """Return the encoding that ``data`` most plausibly has. Pure ASCII counts as UTF-8."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return Guess(encoding, len(bom))
    sample = data[:_SAMPLE]
    if reads(data, "utf-8") and sample.count(0) <= _NULS * len(sample):
        return Guess("utf-8")
    scores = [(score, encoding) for encoding in _LEGACY if (score := _plausibility(sample, encoding)) is not None]
    best, encoding = max(scores, default=(0.0, ""), key=lambda score: score[0])
    if best >= _FAIR:
        return Guess(encoding)
    return _western(sample)


def likelier(data: bytes, encoding: str) -> str:
    """Return the encoding that makes words of ``data`` where ``encoding`` makes none; empty where there is no such."""
    sample = data[:_SAMPLE]
    if (_plausibility(sample, encoding) or 0.0) >= _FAIR:
        return ""
    guess = guess_encoding(data)
    same = sample[guess.start :].decode(guess.encoding, "ignore") == sample.decode(encoding, "ignore")
    return guess.encoding if guess.certain and not same else ""


def was_utf_8(text: str) -> bool:
    """Whether ``text`` is UTF-8 that was read as GB18030 once: read back, it has the common characters it now lacks."""
    sample = text[:_SAMPLE]
    undone = _commons(sample.encode("gb18030", errors="ignore").decode("utf-8", errors="ignore"))
    return undone >= _ENOUGH and undone > 2 * _commons(sample)


def _commons(text: str) -> int:
    return sum(character in _COMMON for character in text)


def _western(sample: bytes) -> Guess:
    """Tell damaged UTF-8 from cp1252, the one-byte encoding of Western Europe; the latter is never certain."""
    text = sample.decode("utf-8", errors="replace").removesuffix("\ufffd")  # a character cut off by the end is no doubt
    wrong = text.count("\ufffd")
    right = len(text) - wrong - sum(map(str.isascii, text))
    if right > _MOSTLY * wrong or not (right or wrong):
        return Guess("utf-8", certain=right > 0)
    return Guess("cp1252", certain=False)


def reads(data: bytes, encoding: str) -> bool:
    """Whether all of ``data`` is text in ``encoding``."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _plausibility(sample: bytes, encoding: str) -> float | None:
    """Return which share of the characters beyond ASCII are common ones; None when the bytes cannot be read so."""
    text = sample.decode(encoding, errors="replace")
    wrong = text.count("\ufffd") - (not reads(sample[-4:], encoding))
    if wrong > _SPOILT * len(text):
        return None
    if encoding.startswith("utf-16"):
        plain = sum(ord(character) in _PLAIN or character in _COMMON for character in text)
        return plain / len(text) / 2 if text and "\0" not in text else None
    foreign = [character for character in text if not character.isascii()]
    return _commons(text) / len(foreign) if foreign else 0.0
