"""Indicators made harmless for the screen and for mail, and back again."""

import re

from csirt_network.indicators.kinds import Kind

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f\x7f]")
DOTS = re.compile(r"\s{0,3}(?:\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\)|\{dot\}|\\\.)\s{0,3}", re.IGNORECASE)
AT = re.compile(r"\s{0,3}(?:\[@\]|\(@\)|\{@\}|\[at\]|\(at\)|\{at\})\s{0,3}", re.IGNORECASE)
COLONS = re.compile(r"\[(::?)\]")
SLASHES = re.compile(r"\[(:?//?)\]")
HXXP = re.compile(r"\bh(?:xx|\*\*|tt)p(s?)(?=\s*:)", re.IGNORECASE)


def refang(text: str) -> str:
    """What was meant before somebody made it harmless; text that is not defanged stays as it is."""
    text = INVISIBLE.sub("", text).strip()
    text = SLASHES.sub(r"\1", COLONS.sub(r"\1", AT.sub("@", DOTS.sub(".", text))))
    return HXXP.sub(lambda found: f"http{found[1].lower()}", text)


def defang(value: str, kind: str) -> str:
    """For the screen and for mail: nothing can be clicked, and `refang` gives the value back."""
    match kind:
        case Kind.IPV4 | Kind.IPV4_NETWORK | Kind.DOMAIN:
            return value.replace(".", "[.]")
        case Kind.IPV6 | Kind.IPV6_NETWORK:
            return value.replace(":", "[:]").replace(".", "[.]")
        case Kind.EMAIL:
            return value.replace("@", "[@]").replace(".", "[.]")
        case Kind.URL:
            return _defanged_url(value)
    return value


def _defanged_url(value: str) -> str:
    scheme, _slashes, rest = value.partition("://")
    host, *path = re.split(r"(?=[/?#])", rest, maxsplit=1)
    host = host.replace(".", "[.]").replace("@", "[@]")
    harmless = scheme.replace("http", "hxxp") + "://" if scheme.startswith("http") else f"{scheme}[://]"
    return harmless + host + "".join(path)
