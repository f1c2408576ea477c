"""PDF: begins and ends as one, and carries nothing that acts by itself."""

import re
from typing import Any
from zipfile import is_zipfile

from django.utils.translation import gettext_lazy as _

from documents.refusal import Refused

CHUNK = 1 << 20
TAIL = 1024


def _name(word: str) -> bytes:
    """A PDF name, any letter of which may be written as #xx (ISO 32000-1, 7.3.5)."""
    letters = "".join(f"(?:{letter}|#{ord(letter):02x}|#{ord(letter):02X})" for letter in word)
    return f"/{letters}(?![A-Za-z0-9#])".encode()


ACTS = re.compile(_name("JavaScript") + b"|" + _name("Launch"))
LONGEST_NAME = 3 * len("/JavaScript") + 1


def check(uploaded: Any) -> str:
    uploaded.seek(-min(TAIL, uploaded.size), 2)
    if b"%%EOF" not in uploaded.read():
        raise Refused(_("This PDF is cut off. Save it again, or send the original."))
    if is_zipfile(uploaded):
        raise Refused(_("This PDF has an archive hidden in it. Print it to a new PDF and send that."))
    uploaded.seek(0)
    if _acts(uploaded):
        raise Refused(_("This PDF holds a script or starts a program. Print it to a new PDF and send that."))
    return "pdf"


def _acts(uploaded: Any) -> bool:
    before = b""
    while chunk := uploaded.read(CHUNK):
        if ACTS.search(before + chunk):
            return True
        before = chunk[-LONGEST_NAME:]
    return False
