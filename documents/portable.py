"""PDF: begins and ends as one, and carries nothing that acts by itself, packed in object streams either."""

import re
import zlib
from collections.abc import Iterator
from typing import Any
from zipfile import is_zipfile

from django.utils.translation import gettext_lazy as _

from documents.refusal import TOO_LARGE, Refused

TAIL = 1024
PIECE = 4 * 1024
MOST_STREAMS = 5_000
MOST_BYTES = 50 * 1024 * 1024
HIGHEST_RATIO = 100

UNSEEN = _("Parts of this PDF are packed so that they cannot be looked into. Print it to a new PDF and send that.")


def _name(word: str) -> bytes:
    """A PDF name, any letter of which may be written as #xx (ISO 32000-1, 7.3.5)."""
    letters = "".join(f"(?:{letter}|#{ord(letter):02x}|#{ord(letter):02X})" for letter in word)
    return f"/{letters}(?![A-Za-z0-9#])".encode()


ACTS = re.compile(_name("JavaScript") + b"|" + _name("Launch"))
LONGEST_NAME = 3 * len("/JavaScript") + 1
OBJECTS = re.compile(_name("ObjStm"))
ENCRYPTED = re.compile(_name("Encrypt"))
STREAM = re.compile(rb"stream[ \t]*\r?\n?")
NUMBERS = re.compile(rb"[ \t\r\n\f]*\d+[ \t\r\n\f]+\d+")  # an object stream begins with what is in it, and where


def check(uploaded: Any) -> str:
    uploaded.seek(-min(TAIL, uploaded.size), 2)
    if b"%%EOF" not in uploaded.read():
        raise Refused(_("This PDF is cut off. Save it again, or send the original."))
    if is_zipfile(uploaded):
        raise Refused(_("This PDF has an archive hidden in it. Print it to a new PDF and send that."))
    uploaded.seek(0)
    content = uploaded.read()
    if ACTS.search(content) or _acts(_objects(content)):
        raise Refused(_("This PDF holds a script or starts a program. Print it to a new PDF and send that."))
    return "pdf"


def _acts(pieces: Iterator[bytes]) -> bool:
    before = b""
    for piece in pieces:
        if ACTS.search(before + piece):
            return True
        before = (before + piece)[-LONGEST_NAME:]
    return False


def _objects(content: bytes) -> Iterator[bytes]:
    """What the object streams hold, unpacked piece by piece (ISO 32000-1, 7.5.7)."""
    at = streams = unpacked = 0
    for mark in OBJECTS.finditer(content):
        if mark.start() < at:
            continue
        at = content.find(b"stream", mark.end())
        if at < 0:
            return
        streams += 1
        try:
            for piece in _unpacked(content, STREAM.match(content, at).end()):  # type: ignore[union-attr]
                unpacked += len(piece)
                if streams > MOST_STREAMS or unpacked > MOST_BYTES:
                    raise Refused(TOO_LARGE)
                yield piece
        except zlib.error as error:
            if not ENCRYPTED.search(content):
                raise Refused(UNSEEN) from error


def _unpacked(content: bytes, start: int) -> Iterator[bytes]:
    stream, at, size = zlib.decompressobj(), start, 0
    while not stream.eof:
        if at >= len(content):
            raise zlib.error
        piece = stream.decompress(content[at : at + PIECE])
        if not size and piece and not NUMBERS.match(piece):
            raise zlib.error
        at, size = at + PIECE, size + len(piece)
        if size > HIGHEST_RATIO * (at - start):
            raise Refused(TOO_LARGE)
        yield piece
