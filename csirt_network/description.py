"""The description of a team by RFC 2350, put together: what the team wrote, and what stands in its record."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from csirt_network.contact_roles import ContactRole
from csirt_network.models import Contact, Team, TeamKey, TeamProfile
from csirt_network.rfc2350 import TO_WRITE, Section, chapters


@dataclass
class Description:
    """`contacts` and `keys` are those that are to stand in it: for everybody, only what the team made public."""

    team: Team
    profile: TeamProfile | None
    contacts: list[Contact] = field(default_factory=list)
    keys: list[TeamKey] = field(default_factory=list)

    def values(self, language: str) -> dict[str, str]:
        """By section, in this language; what the team wrote in another one only stands as it was written."""
        with translation.override(language):
            written = {s.key: self.profile.text(s.key, language) if self.profile else "" for s in TO_WRITE}
            return written | {key: value() for key, value in self._record().items()}

    def chapters(self, language: str) -> list[tuple[Section, list[tuple[Section, str]]]]:
        """For the page: sections that say nothing are left out, and chapters without any."""
        values = self.values(language)
        said = {
            chapter: [(section, values[section.key]) for section in sections if values.get(section.key)]
            for chapter, sections in chapters().items()
        }
        return [(chapter, sections) for chapter, sections in said.items() if sections]

    def _record(self) -> dict[str, Callable[[], str]]:
        return {
            "last_update": self._last_update,
            "team_name": self._name,
            "address": lambda: self.profile.address if self.profile else "",
            "time_zone": lambda: zone_in_words(self.team.time_zone),
            "telephone": lambda: _lines(self._having("phone", but=ContactRole.FAX), "phone"),
            "facsimile": lambda: _lines([c for c in self.contacts if c.role == ContactRole.FAX], "phone"),
            "other_telecommunication": lambda: _lines(self._having("other"), "other"),
            "email": lambda: _lines(self._having("email"), "email"),
            "public_keys": lambda: "\n".join(map(_key, self.keys)),
        }

    def _name(self) -> str:
        names = dict.fromkeys(filter(None, (self.team.name, self.team.short_name)))
        return " – ".join(names)

    def _last_update(self) -> str:
        profile = self.profile
        days: list[datetime] = [d for d in (profile.changed_at, profile.confirmed_at) if d] if profile else []
        return date_format(timezone.localdate(max(days), ZoneInfo("UTC"))) if days else ""

    def _having(self, field: str, but: str = "") -> list[Contact]:
        return [contact for contact in self.contacts if getattr(contact, field) and contact.role != but]


def zone_in_words(zone: str) -> str:
    """With its difference to UTC in January and in July: America/Santiago (UTC-03:00, UTC-04:00)."""
    if not zone:
        return ""
    offsets = dict.fromkeys(datetime(2026, month, 1, tzinfo=ZoneInfo(zone)).isoformat()[-6:] for month in (1, 7))
    return f"{zone} ({', '.join(f'UTC{offset}' for offset in offsets)})"


def _lines(contacts: Iterable[Contact], field: str) -> str:
    return "\n".join(_line(contact, getattr(contact, field)) for contact in contacts)


def _line(contact: Contact, value: str) -> str:
    about = [contact.get_role_display(), contact.hours]
    return f"{value} ({', '.join(filter(None, about))})"


def _key(key: TeamKey) -> str:
    return "\n".join((key.spaced, *key.user_ids, key_url(key)))


def key_url(key: Any) -> str:
    return settings.SITE_URL + reverse("team-key", args=[key.team.slug, key.fingerprint])
