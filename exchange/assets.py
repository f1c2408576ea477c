"""What a team may claim as its own: networks, domains with all below them, autonomous systems; none of it too wide."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from csirt_network.indicators import Kind, recognise
from exchange.registries import is_registry

Network = IPv4Network | IPv6Network
NETWORKS = (Kind.IPV4_NETWORK, Kind.IPV6_NETWORK)
KINDS = (*NETWORKS, Kind.DOMAIN, Kind.ASN)
CHOICES = [(kind.value, kind.label) for kind in KINDS]
WIDEST = {4: 8, 6: 19}
SINGLE = {Kind.IPV4: (Kind.IPV4_NETWORK, 32), Kind.IPV6: (Kind.IPV6_NETWORK, 128)}
# In use inside every organisation, or by nobody: RFC 1918, 4193, 3927, 4291, 5771 and their like.
NOBODYS = [
    ip_network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.168.0.0/16", "224.0.0.0/3", "::/8", "fc00::/7", "fe80::/10", "ff00::/8",
    )
]  # fmt: skip
NOBODYS_SYSTEMS = ((0, 0), (23456, 23456), (64512, 65535), (4200000000, 4294967295))  # RFC 6996, 7300, 7607


@dataclass(frozen=True)
class Asset:
    """In its one form."""

    kind: Kind
    value: str


def read_asset(typed: str) -> Asset:
    """Raises ValidationError with a sentence that says what is wrong."""
    if re.fullmatch(r"\.?[a-z-]+\.?", typed.strip(), re.IGNORECASE):
        raise ValidationError(_wide(typed))
    found = recognise(typed)
    kind, value = found.kind, found.value
    if kind in SINGLE:
        kind, length = SINGLE[kind]
        value = f"{value}/{length}"
    if kind not in KINDS:
        problem = _("“%(text)s” is no network, domain or autonomous system: those alone can be claimed.")
        raise ValidationError(problem % {"text": typed.strip()[:60]})
    _refuse_wide(kind, value)
    return Asset(kind, value)


def overlap(one: Asset, other: Asset) -> bool:
    """Whether the two have anything in common."""
    return covers(one, other) or covers(other, one)


def covers(wide: Asset, narrow: Asset) -> bool:
    """Whether all of `narrow` lies in `wide`."""
    if wide.kind != narrow.kind:
        return False
    if wide.kind in NETWORKS:
        return ip_network(narrow.value).subnet_of(ip_network(wide.value))  # type: ignore[arg-type]
    return narrow.value == wide.value or (wide.kind == Kind.DOMAIN and narrow.value.endswith(f".{wide.value}"))


def _refuse_wide(kind: Kind, value: str) -> None:
    if kind in NETWORKS:
        _refuse_network(ip_network(value))
    elif kind == Kind.ASN:
        number = int(value.removeprefix("AS"))
        if any(first <= number <= last for first, last in NOBODYS_SYSTEMS):
            raise ValidationError(
                _("“%(text)s” is a number that anybody may use inside: it cannot be claimed.") % {"text": value}
            )
    elif is_registry(value):
        raise ValidationError(_wide(value))


def _refuse_network(network: Network) -> None:
    if network.prefixlen < WIDEST[network.version]:
        problem = _("“%(text)s” is too wide: a network of IPv4 may be a /8 at most, one of IPv6 a /19.")
        raise ValidationError(problem % {"text": network})
    if any(network.version == nobodys.version and network.overlaps(nobodys) for nobodys in NOBODYS):
        problem = _("“%(text)s” is used inside many networks, or by nobody: it cannot be claimed.")
        raise ValidationError(problem % {"text": network})


def _wide(text: str) -> str:
    problem = _("“%(text)s” is a whole registry, with names of many: claim the domains below it that are yours.")
    return problem % {"text": text.strip()[:60]}
