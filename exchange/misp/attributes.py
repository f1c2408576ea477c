"""Indicators as attributes of MISP: type, category, whether sensors may use them, and the value as MISP keeps it."""

import hashlib
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from csirt_network.indicators import Kind

Json = dict[str, Any]


class Shape(NamedTuple):
    type: str
    category: str
    to_ids: bool = True


NETWORK, DELIVERED = "Network activity", "Payload delivery"
SHAPES = {
    Kind.IPV4: Shape("ip-dst", NETWORK),
    Kind.IPV4_NETWORK: Shape("ip-dst", NETWORK),
    Kind.IPV6: Shape("ip-dst", NETWORK),
    Kind.IPV6_NETWORK: Shape("ip-dst", NETWORK),
    Kind.DOMAIN: Shape("domain", NETWORK),
    Kind.URL: Shape("url", NETWORK),
    Kind.EMAIL: Shape("email", DELIVERED),
    Kind.MD5: Shape("md5", DELIVERED),
    Kind.SHA1: Shape("sha1", DELIVERED),
    Kind.SHA256: Shape("sha256", DELIVERED),
    Kind.SHA512: Shape("sha512", DELIVERED),
    Kind.ASN: Shape("AS", NETWORK, to_ids=False),
    Kind.FILE: Shape("filename", DELIVERED),
    Kind.MUTEX: Shape("mutex", "Artifacts dropped"),
}
VULNERABILITY = Shape("vulnerability", "External analysis", to_ids=False)
LINK = Shape("link", "External analysis", to_ids=False)
DAY = len("2026-03-01")


def attribute_of(event: UUID, kind: str, value: str, *, to_ids: bool = True, **more: Any) -> Json:
    shape = SHAPES[Kind(kind)]
    value = value.removeprefix("AS") if kind == Kind.ASN else value
    return attribute(event, shape._replace(to_ids=shape.to_ids and to_ids), value, **more)


def attribute(
    event: UUID, shape: Shape, value: str, *, at: int, comment: str = "", first_seen: str = "", alone: bool = False
) -> Json:
    """The id is of the event and the value: one value stands in an event once. A `first_seen` that is no whole day is
    said in the comment, for MISP takes moments only. `alone`: it tells nothing when it stands in another event too."""
    is_day = len(first_seen) == DAY
    parts = [comment, f"First seen: {first_seen}" if first_seen and not is_day else ""]
    return {
        "uuid": str(uuid5(event, f"{shape.type} {value}")),
        "type": shape.type,
        "category": shape.category,
        "value": value,
        "to_ids": shape.to_ids,
        "comment": " ".join(filter(None, parts)),
        "disable_correlation": alone,
        "timestamp": str(at),
        **({"first_seen": f"{first_seen}T00:00:00.000000+00:00"} if is_day else {}),
    }


def hash_of(value: str) -> str:
    """MISP compares feeds with what it holds by the MD5 of values: no protection is meant by it."""
    return hashlib.md5(value.encode(), usedforsecurity=False).hexdigest()
