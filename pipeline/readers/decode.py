"""From bytes to text: which encoding it is, which characters it may keep, and where its lines end."""

from __future__ import annotations

import codecs
import re
from typing import Final

from pipeline.codes import Code
from pipeline.diagnostics import Reporter, counted
from pipeline.errors import SourceError
from pipeline.readers.encodings import Guess, guess_encoding, likelier, was_utf_8
from pipeline.source import SourceText, Span

_ILLEGAL: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold: its production Char (https://www.w3.org/TR/xml/#charsets), carriage returns being gone."""
_MOJIBAKE: Final = re.compile(
    "[锟ïÃâäåæçèé](?:(?<=锟)斤拷|(?<=ï)¿½|(?<=Ã)[\x80-\xbf©¨¤¶¼]|(?<=â)€[œ\x9d™“”˜]"
    "|(?<=[äåæçèé])[\x80-\xbf¤¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿]{2})"
)
"""Traces of text that was read in one wrong encoding and saved in another before it came here."""
_MANY: Final = 10  # replacement characters, which a text about encodings does not have


def decode(path: str, data: bytes, encoding: str, reporter: Reporter, *, stated: Span | None = None) -> SourceText:
    """Return ``data`` as text, in ``encoding`` if that is not empty, else in the most plausible one.

    Line ends become ``\\n``, characters that XML cannot hold are removed; both hold for everything downstream.
    What could not be read, was removed or looks wrong is reported, each kind once. ``stated`` is where the encoding is.

    Raises:
        SourceError: there is no encoding of that name.
    """  # noqa: D301 - the one escape is meant for the reader of the source
    guess = Guess(_known(encoding, stated)) if encoding else guess_encoding(data)
    text, sound = _read(data[guess.start :], guess.encoding)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    source = SourceText(path, legal(text), guess.encoding)
    reporter.remember(source)
    if encoding and (likely := likelier(data, guess.encoding)):
        message = f"the text does not look like {guess.encoding}; it looks like {likely}"
        reporter.report(Code.ENCODING_DOUBTFUL, message, Span(source.path, 1, 1))
    else:
        _report_guess(source, guess, reporter, sound=sound)
    _report_losses(source, text, reporter, sound=sound)
    return source


def _read(data: bytes, encoding: str) -> tuple[str, bool]:
    """Return the text of ``data``, and whether all of it is text in ``encoding``."""
    try:
        return data.decode(encoding), True
    except UnicodeDecodeError:
        return data.decode(encoding, errors="replace"), False


def legal(text: str) -> str:
    """Return ``text`` without the characters that XML cannot hold, which escapes of YAML or JSON can still bring in."""
    return _ILLEGAL.sub("", text)


def _known(encoding: str, stated: Span | None) -> str:
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)
    except (LookupError, ValueError) as error:
        usual = "utf-8, utf-16, gb18030 and big5 are usual"
        raise SourceError(f"unknown encoding {encoding!r}", help=usual, span=stated) from error
    return name


def _report_guess(source: SourceText, guess: Guess, reporter: Reporter, *, sound: bool) -> None:
    if not guess.certain:
        message = f"the encoding was guessed as {guess.encoding}, but the text does not look like it"
        reporter.report(Code.ENCODING_DOUBTFUL, message, Span(source.path, 1, 1))
    elif was_utf_8(source.text):
        message = "the text looks like UTF-8 that was read as GBK before it was saved"
        reporter.report(Code.MOJIBAKE, message, Span(source.path, 1, 1))
    elif found := _MOJIBAKE.search(source.text):
        message = f"{found[0]!r} looks like text that was read in a wrong encoding before it was saved"
        reporter.report(Code.MOJIBAKE, message, source.span(found.start()), length=len(found[0]))
    elif sound and (lost := source.text.count("\ufffd")) >= _MANY:
        message = f"{counted(lost, 'place')} with \ufffd: what stood there was lost before the text was saved"
        reporter.report(Code.MOJIBAKE, message, source.span(source.text.index("\ufffd")))


def _report_losses(source: SourceText, text: str, reporter: Reporter, *, sound: bool) -> None:
    removed = len(text) - len(source.text)
    if removed:
        reporter.report(
            Code.CHARACTERS_REMOVED,
            f"removed {counted(removed, 'character')} that XML does not allow",
            source.span(min(_ILLEGAL.search(text).start(), len(source.text))),  # type: ignore[union-attr]  # some were removed
        )
    unreadable = source.text.count("\ufffd")
    if unreadable and not sound:
        reporter.report(
            Code.BYTES_UNREADABLE,
            f"{counted(unreadable, 'place')} that could not be read as {source.encoding}: shown as \ufffd",
            source.span(source.text.index("\ufffd")),
        )
