"""Names of files as people gave them, made safe for a page, a header (RFC 6266) and any disk."""

import unicodedata

LONGEST = 120
PLAIN = frozenset(" ._-()[]+,'&=@")


def clean_name(name: str) -> str:
    """Without path, control and direction characters and what headers or disks trip over; the extension stays."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = " ".join("".join(_clean(letter) for letter in last).split()).strip().rstrip(" .")
    stem, dot, extension = kept.rpartition(".")
    if not dot:
        stem, extension = kept, ""
    return f"{stem[: LONGEST - len(extension) - 1].strip(' .') or 'file'}{dot}{extension}"


def extension_of(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def _clean(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind == "Cc" or kind == "Zs":
        return " "
    if kind[0] == "C" or kind in ("Zl", "Zp"):  # overrides of direction, joiners, unassigned
        return ""
    return letter if kind[0] in "LMN" or letter in PLAIN else "_"
