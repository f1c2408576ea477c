"""What a document brings along or fetches when it is opened: other documents and pictures, and nothing from afar."""

import re
from urllib.parse import unquote

PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"\xd7\xcd\xc6\x9a")
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # OLE: programs and files of any kind, equations that run code
RTF = b"{\\rt"
FOLDER = re.compile(r"(^|/)embeddings/", re.IGNORECASE)

# By the last word of their type, which is the same in all editions of OOXML.
FETCHED = {
    "afchunk", "attachedtemplate", "externallink", "externallinkpath", "frame", "oleobject", "package", "subdocument",
}  # fmt: skip
# Word names the template of its author, on the author's own disk, in every letter that was made with one.
OWN_DISK = re.compile(r"(file:///)?[a-z]:[\\/][^:]*|[^:/\\][^:]*", re.IGNORECASE)


def is_foreign(name: str, start: bytes) -> bool:
    """Whether a part that is no document we take is something else than belongs into one."""
    if start.startswith((COMPOUND, RTF)):
        return True
    return bool(FOLDER.search(name) and start and not _is_picture(start))


def _is_picture(start: bytes) -> bool:
    return start.startswith(PICTURES) or start[40:44] == b" EMF"


def is_fetched(relationship: dict[str, str]) -> bool:
    """Whether opening the document would get something from another computer (OPC, ISO 29500-2, 9.3)."""
    kind = relationship.get("Type", "").rpartition("/")[2].lower()
    target = unquote(relationship.get("Target", "")).strip()
    return (
        relationship.get("TargetMode", "").lower() == "external" and kind in FETCHED and not OWN_DISK.fullmatch(target)
    )
