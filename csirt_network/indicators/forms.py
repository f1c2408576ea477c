"""The one form of each kind of indicator. Each function raises ValidationError for what is none of its kind."""

import re
from collections.abc import Callable, Mapping
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import quote

import idna
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from csirt_network.indicators.kinds import Kind

HASHES = {32: Kind.MD5, 40: Kind.SHA1, 64: Kind.SHA256, 128: Kind.SHA512}
HEXADECIMAL = re.compile(r"[0-9a-f]{16,}", re.IGNORECASE)
ASN = re.compile(r"ASN?\s*([0-9]{1,10})", re.IGNORECASE)
SCHEME = re.compile(r"([a-z][a-z0-9+.-]{1,15})://", re.IGNORECASE)
SCHEMES = ("http", "https", "ftp", "ftps", "sftp", "ws", "wss", "tcp", "udp", "smb", "ssh", "telnet", "ldap", "rmi")
SERVER = re.compile(r"(?:\[(?P<ipv6>[^\[\]]+)\]|(?P<name>[^:\[\]]*))(?::(?P<port>[0-9]{1,5}))?")
HIGHEST_PORT = 65535
LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
LOCAL_PART = re.compile(r"[^\s@\"(),:;<>\[\]\\]{1,64}")
NUMBERS = re.compile(r"[0-9]+(\.[0-9]+){3}(/[0-9]+)?")


def _ip(text: str, version: int) -> str:
    try:
        address = ip_address(text)
    except ValueError:
        address = None
    if address is None or address.version != version or "%" in text:
        problem = _("“%(text)s” is no IPv%(version)d address. A port does not belong to it.")
        raise ValidationError(problem % {"text": text[:60], "version": version})
    return str(address)


def _network(text: str, version: int) -> str:
    """With the bits beyond its length cleared."""
    try:
        network: IPv4Network | IPv6Network | None = ip_network(text, strict=False)
    except ValueError:
        network = None
    if network is None or network.version != version or "%" in text:
        problem = _("“%(text)s” is no IPv%(version)d network. Write it like %(example)s.")
        example = "198.51.100.0/24" if version == 4 else "2001:db8::/32"
        raise ValidationError(problem % {"text": text[:60], "version": version, "example": example})
    return str(network)


def _domain(text: str) -> str:
    """In lower case, letters beyond ASCII as the A-labels that name servers know (IDNA 2008)."""
    name = text.strip().rstrip(".").lower()
    try:
        name = name if name.isascii() else idna.encode(name, uts46=True).decode()
    except idna.IDNAError:
        name = ""
    labels = name.split(".")
    if len(labels) < 2 or len(name) > 253 or not all(map(LABEL.fullmatch, labels)) or labels[-1].isdigit():
        raise ValidationError(_("“%(text)s” is no domain name.") % {"text": text[:60]})
    return name


def _url(text: str) -> str:
    """Scheme and host in lower case, the host in A-labels; the rest as it is, letters beyond ASCII percent-encoded."""
    found = SCHEME.match(text)
    scheme = found[1].lower() if found else ""
    if not found or scheme not in SCHEMES or re.search(r"[\s\"<>\\^`{|}]", text):
        raise ValidationError(_("“%(text)s” is no address of a page that the portal can keep.") % {"text": text[:60]})
    authority, *rest = re.split(r"(?=[/?#])", text[found.end() :], maxsplit=1)
    user, at, server = authority.rpartition("@")
    path = quote("".join(rest), safe="".join(map(chr, range(33, 127))))
    return f"{scheme}://{quote(user, safe=':%!$&*+,;=-._~')}{at}{_server(server, text)}{path}"


def _server(server: str, url: str) -> str:
    found = SERVER.fullmatch(server)
    if not found or int(found["port"] or 0) > HIGHEST_PORT:
        problem = _("“%(text)s” names no server that exists, or a port beyond 65535.")
        raise ValidationError(problem % {"text": url[:60]})
    if found["ipv6"]:
        host = f"[{_ip(found['ipv6'], 6)}]"
    else:
        host = _ip(found["name"], 4) if NUMBERS.fullmatch(found["name"]) else _domain(found["name"])
    return f"{host}:{int(found['port'])}" if found["port"] else host


def _email(text: str) -> str:
    local, _at, domain = text.removeprefix("mailto:").rpartition("@")
    if not LOCAL_PART.fullmatch(local):
        raise ValidationError(_("“%(text)s” is no e-mail address.") % {"text": text[:60]})
    return f"{local}@{_domain(domain)}"


def _hash(text: str, kind: Kind) -> str:
    if not HEXADECIMAL.fullmatch(text) or HASHES.get(len(text)) != kind:
        length = next(count for count, of in HASHES.items() if of == kind)
        problem = _("This is no %(kind)s: it needs %(count)d characters from 0 to 9 and a to f.")
        raise ValidationError(problem % {"kind": kind.label, "count": length})
    return text.lower()


def _asn(text: str) -> str:
    found = ASN.fullmatch(text) or re.fullmatch(r"([0-9]{1,10})", text, re.ASCII)
    if not found or int(found[1]) >= 2**32:
        raise ValidationError(
            _("“%(text)s” is no number of an autonomous system. Write it like AS64500.") % {"text": text[:60]}
        )
    return f"AS{int(found[1])}"


def _file(text: str) -> str:
    """A name, without the folder it lay in."""
    if not text.isprintable() or not 1 <= len(text) <= 255 or re.search(r"[/\\]", text):
        raise ValidationError(_("Write the name of the file without its folder, in at most 255 characters."))
    return text


def _mutex(text: str) -> str:
    if not text.isprintable() or not 1 <= len(text) <= 255:
        raise ValidationError(_("Write the name of the mutex in one line of at most 255 characters."))
    return text


NORMALISERS: Mapping[str, Callable[[str], str]] = {
    Kind.IPV4: lambda text: _ip(text, 4),
    Kind.IPV4_NETWORK: lambda text: _network(text, 4),
    Kind.IPV6: lambda text: _ip(text, 6),
    Kind.IPV6_NETWORK: lambda text: _network(text, 6),
    Kind.DOMAIN: _domain,
    Kind.URL: _url,
    Kind.EMAIL: _email,
    Kind.MD5: lambda text: _hash(text, Kind.MD5),
    Kind.SHA1: lambda text: _hash(text, Kind.SHA1),
    Kind.SHA256: lambda text: _hash(text, Kind.SHA256),
    Kind.SHA512: lambda text: _hash(text, Kind.SHA512),
    Kind.ASN: _asn,
    Kind.FILE: _file,
    Kind.MUTEX: _mutex,
}
