"""Whether an alert is one that somebody asked for: a rule beside the facts of an alert.

Facts are gathered in the scope of whoever asked, so a rule can be met by nothing that its owner may not read.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from common.tlp import ORDER
from common.translated import SUFFIXES
from csirt_network.indicators import Kind
from csirt_network.models.writing import Indicator
from csirt_network.rsit import TYPES

if TYPE_CHECKING:
    from csirt_network.models.alerts import Alert
    from csirt_network.models.subscriptions import AlertRule

Network = IPv4Network | IPv6Network
ADDRESSES = (Kind.IPV4, Kind.IPV4_NETWORK, Kind.IPV6, Kind.IPV6_NETWORK)
WATCHED = (*ADDRESSES, Kind.DOMAIN, Kind.URL, Kind.EMAIL, Kind.ASN)  # what belongs to a network or a domain


@dataclass(frozen=True)
class Facts:
    """`country` and `sectors` are those of the team that readers are told an alert comes from."""

    kind: str
    tlp: str
    incidents: frozenset[str] = frozenset()
    country: str = ""
    sectors: frozenset[str] = frozenset()
    text: str = ""
    networks: tuple[Network, ...] = ()
    names: frozenset[str] = field(default_factory=frozenset)  # of servers, and numbers of autonomous systems


def facts_of(alerts: Iterable["Alert"], reader: Any) -> dict[int, Facts]:
    """By alert; to be asked in the scope of `reader`. Two queries, however many alerts."""
    alerts = list(alerts)
    indicators = Indicator.objects.visible_to(reader).standing()
    found = indicators.filter(alert__in=[alert.pk for alert in alerts], kind__in=WATCHED)
    values: dict[int, list[tuple[str, str]]] = {}
    for alert, kind, value in found.values_list("alert", "kind", "value"):
        values.setdefault(alert, []).append((kind, value))
    return {alert.pk: _facts(alert, values.get(alert.pk, [])) for alert in alerts}


def _facts(alert: "Alert", indicators: list[tuple[str, str]]) -> Facts:
    team = alert.from_team
    fields = [f"{name}_{suffix}" for name in ("title", "happening", "to_do") for suffix in SUFFIXES]
    return Facts(
        kind=alert.kind,
        tlp=alert.tlp,
        incidents=frozenset(alert.rsit) | {TYPES[code].class_code for code in alert.rsit if code in TYPES},
        country=team.state.alpha2 if team else "",
        sectors=frozenset(team.sectors) if team else frozenset(),
        text=plain("\n".join([alert.products, *alert.cves, *(getattr(alert, name) for name in fields)])),
        networks=tuple(ip_network(value) for kind, value in indicators if kind in ADDRESSES),
        names=frozenset(filter(None, (_name(kind, value) for kind, value in indicators))),
    )


def _name(kind: str, value: str) -> str:
    if kind == Kind.URL:
        return urlsplit(value).hostname or ""
    return value.rpartition("@")[2] if kind == Kind.EMAIL else value if kind in (Kind.DOMAIN, Kind.ASN) else ""


def matches(rule: "AlertRule", facts: Facts) -> bool:
    """Each criterion that is given holds."""
    return (
        ORDER[rule.least] <= ORDER[facts.tlp] <= ORDER[rule.most]
        and (not rule.kinds or facts.kind in rule.kinds)
        and (not rule.incidents or not facts.incidents.isdisjoint(rule.incidents))
        and (not rule.countries or facts.country in rule.countries)
        and (not rule.sectors or not facts.sectors.isdisjoint(rule.sectors))
        and (not rule.words or any(plain(word) in facts.text for word in rule.words))
        and (not rule.networks or any(touches(facts, watched) for watched in rule.networks))
    )


def touches(facts: Facts, watched: str) -> bool:
    """An indicator is the watched network, domain or system, or lies in it, or (a network) holds it."""
    try:
        network: Network | None = ip_network(watched)
    except ValueError:
        network = None
    if network is None:
        return any(name == watched or name.endswith(f".{watched}") for name in facts.names)
    hosts = [host for name in facts.names if (host := _address(name))]
    return any(network.version == other.version and network.overlaps(other) for other in (*facts.networks, *hosts))


def _address(name: str) -> Network | None:
    """Of a page whose server has no name."""
    try:
        return ip_network(name)
    except ValueError:
        return None


def plain(text: str) -> str:
    """As people search: without case and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
