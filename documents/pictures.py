"""Pictures: the header must be whole and the measures such that a reader can show them."""

import struct
from typing import Any
from zipfile import is_zipfile

from django.utils.translation import gettext_lazy as _

from documents.refusal import Refused

LONGEST_SIDE = 20_000
MOST_PIXELS = 100_000_000
DAMAGED = _("This picture is damaged. Open it, save it again and send the new file.")
# Start-of-frame markers of JPEG; C4, C8 and CC are something else.
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def check_png(uploaded: Any) -> str:
    head = uploaded.read(33)
    if len(head) < 33 or head[12:16] != b"IHDR":
        raise Refused(DAMAGED)
    uploaded.seek(-12, 2)
    if uploaded.read() != b"\x00\x00\x00\x00IEND\xaeB`\x82":
        raise Refused(DAMAGED)
    _check_measures(uploaded, *struct.unpack(">II", head[16:24]))
    return "png"


def check_jpeg(uploaded: Any) -> str:
    _check_measures(uploaded, *_jpeg_measures(uploaded))
    return "jpg"


def check_webp(uploaded: Any) -> str:
    head = uploaded.read(30)
    if len(head) < 30 or head[8:12] != b"WEBP" or struct.unpack("<I", head[4:8])[0] + 8 not in _even(uploaded.size):
        raise Refused(DAMAGED)
    _check_measures(uploaded, *_webp_measures(head))
    return "webp"


def _even(size: int) -> tuple[int, int]:
    """Chunks are padded to an even length; some programs leave the last padding out."""
    return size, size + 1


def _webp_measures(head: bytes) -> tuple[int, int]:
    if head[12:16] == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if head[12:16] == b"VP8L" and head[20] == 0x2F:
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if head[12:16] == b"VP8 " and head[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", head[26:30])
        return width & 0x3FFF, height & 0x3FFF
    raise Refused(DAMAGED)


def _jpeg_measures(uploaded: Any) -> tuple[int, int]:
    """From segment to segment until the one that starts the frame."""
    uploaded.seek(2)
    for _segment in range(1000):
        head = uploaded.read(4)
        if len(head) < 4 or head[0] != 0xFF:
            break
        length = int.from_bytes(head[2:], "big")
        if head[1] in FRAMES:
            frame = uploaded.read(5)
            return int.from_bytes(frame[3:5], "big"), int.from_bytes(frame[1:3], "big")
        uploaded.seek(length - 2, 1)
    raise Refused(DAMAGED)


def _check_measures(uploaded: Any, width: int, height: int) -> None:
    if not width or not height:
        raise Refused(DAMAGED)
    if max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS:
        raise Refused(_("This picture has too many pixels to be shown. Make it smaller and send it again."))
    if is_zipfile(uploaded):
        raise Refused(_("This picture has an archive hidden in it. Open it, save it again and send the new file."))
