"""What the objects of an alert have in common, and whom they come from."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from csirt_network.models import Alert, AlertVersion
from exchange.stix.identities import id_of, identity
from exchange.stix.ids import moment, stix_id
from exchange.stix.markings import marks


@dataclass(frozen=True)
class Part:
    """An object, and the label it is under. `key`: of what was said in the portal, the key it was said with."""

    value: dict[str, Any]
    tlp: str
    team: Any  # whom it comes from
    key: UUID | None = None


@dataclass
class Sheet:
    """What is known of an alert to one reader."""

    alert: Alert
    reader: Any
    changed: datetime  # when the version of today went out
    identities: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, alert: Alert, reader: Any) -> "Sheet":
        published: Any = alert.published_at
        versions = AlertVersion.objects.visible_to(reader).filter(alert=alert, number=alert.version)
        at = versions.values_list("at", flat=True).first() if alert.version > 1 else None
        return cls(alert, reader, at or published)

    @property
    def published(self) -> Any:
        return self.alert.published_at

    def by(self, team: Any) -> str:
        """The id of whom something comes from, whose identity goes with it."""
        made = identity(team)
        self.identities[made["id"]] = made
        return id_of(team)

    def common(
        self, kind: str, *of: object, created: datetime, modified: datetime, by: Any, tlp: str, **facts: Any
    ) -> dict[str, Any]:
        """The properties that all objects have (STIX 2.1, section 3.2)."""
        return {
            "type": kind,
            "spec_version": "2.1",
            "id": stix_id(kind, *of),
            "created_by_ref": self.by(by),
            "created": moment(created),
            "modified": moment(max(created, modified)),
            **facts,
            "object_marking_refs": marks(tlp, self.alert.pap),
        }

    def of_alert(self, kind: str, *of: object, **facts: Any) -> dict[str, Any]:
        """By whom its readers are told it comes from."""
        alert = self.alert
        times = {"created": self.published, "modified": self.changed}
        return self.common(kind, *of, by=alert.from_team, tlp=alert.tlp, **{**times, **facts})
