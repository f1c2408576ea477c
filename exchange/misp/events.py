"""An event of a feed, as its file, as its entry in the manifest, and as lines of hashes."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from exchange.misp.attributes import hash_of
from exchange.misp.tags import Tag

Json = dict[str, Any]
UNDEFINED, ONGOING, COMPLETED = "4", "1", "2"  # threat level; analysis


@dataclass(frozen=True)
class Event:
    """`at`: a Unix time that rises with each version, for MISP fetches again what has a larger one.

    Never with a field of distribution or of a sharing group: who fetches it decides on that, and the label binds them.
    """

    uuid: UUID
    info: str
    day: date
    at: int
    orgc: Json
    tags: list[Tag]
    is_over: bool = False
    attributes: list[Json] = field(default_factory=list)
    reports: list[Json] = field(default_factory=list)

    @property
    def file(self) -> bytes:
        more = {
            "uuid": str(self.uuid),
            "published": True,
            "publish_timestamp": str(self.at),
            "extends_uuid": "",
            "Attribute": self.attributes,
            "Object": [],
            "EventReport": self.reports,
        }
        return as_json({"Event": self._facts | more})

    @property
    def entry(self) -> Json:
        return self._facts | {"integrity:sha256": hashlib.sha256(self.file).hexdigest()}

    @property
    def _facts(self) -> Json:
        return {
            "info": self.info,
            "Orgc": self.orgc,
            "timestamp": str(self.at),
            "date": self.day.isoformat(),
            "analysis": COMPLETED if self.is_over else ONGOING,
            "threat_level_id": UNDEFINED,
            "Tag": self.tags,
        }


def manifest(events: Iterable[Event]) -> bytes:
    return as_json({str(event.uuid): event.entry for event in events})


def hashes(events: Iterable[Event]) -> bytes:
    lines = (f"{hash_of(one['value'])},{event.uuid}\n" for event in events for one in event.attributes)
    return "".join(lines).encode()


def as_json(value: Json) -> bytes:
    """One object that says what no UTF-8 can spells a question mark, and stops no feed."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
