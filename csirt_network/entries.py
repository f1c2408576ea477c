"""The directory as one reader sees it: teams with the contacts and keys that this reader may know."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from common.downloads import each, where, whereabouts
from common.scope import reach_of
from csirt_network.contact_roles import ContactRole
from csirt_network.models import Contact, Team, TeamKey
from csirt_network.openpgp import State
from csirt_network.querysets.directory import reads_all
from csirt_network.querysets.teams import TeamQuerySet
from csirt_network.sectors import LANGUAGE_NAMES

ORDER = {role: position for position, role in enumerate(ContactRole.values)}
GOOD = (State.CURRENT, State.ENDS_SOON)


def teams_for(user: Any) -> TeamQuerySet:
    """With what an entry shows, in a fixed number of queries."""
    return (
        Team.objects.visible_to(user)
        .with_activity()
        .select_related("state")
        .prefetch_related(
            Prefetch("contacts", Contact.objects.visible_to(user), to_attr="shown_contacts"),
            Prefetch("teamkeys", TeamKey.objects.visible_to(user).select_related("team"), to_attr="shown_keys"),
        )
    )


@dataclass(frozen=True)
class Entry:
    """A team as `teams_for(user)` gave it."""

    team: Any
    user: Any

    @cached_property
    def contacts(self) -> list[Contact]:
        """Whom to call now stands first."""
        return sorted(self.team.shown_contacts, key=lambda one: (not one.is_24x7, ORDER.get(one.role, 99), one.pk))

    @property
    def phone(self) -> Contact | None:
        return next((one for one in self.contacts if one.phone and one.role != ContactRole.FAX), None)

    @property
    def mailbox(self) -> Contact | None:
        held = [one for one in self.contacts if one.email]
        return next((one for one in held if one.role == ContactRole.MAILBOX), held[0] if held else None)

    @property
    def key(self) -> TeamKey | None:
        return next((key for key in self.team.shown_keys if key.standing in GOOD), None)

    @property
    def is_own(self) -> bool:
        return self.team.pk in reach_of(self.user).teams

    @property
    def sees_inside(self) -> bool:
        """Knows all of its contacts, so that what is not there is missing."""
        return reads_all(self.user) or self.team.state_id in reach_of(self.user).states

    @property
    def place(self) -> str:
        """Chile, Spanish"""
        return ", ".join([self.team.state.name, *self.languages])

    @property
    def languages(self) -> list[str]:
        return [str(LANGUAGE_NAMES[code]) for code in self.team.languages if code in LANGUAGE_NAMES]

    @property
    def missing(self) -> list[str]:
        """What keeps it from being active, for those who know of all its contacts."""
        return list(self._missing()) if self.sees_inside else []

    def _missing(self) -> Iterator[str]:
        if not self.team.is_connected:
            yield _("It is not a member of the network.")
        if not self.team.is_on_call:
            yield _("It names no contact that answers day and night.")


def team_rows(user: Any, teams: Any) -> Iterator[list[Any]]:
    """One to a row, known contacts or not; of contacts the one to call and the one to write to."""
    yield [
        _("Team"),
        _("Kind"),
        _("State"),
        _("Languages"),
        _("Host organisation"),
        _("Website"),
        _("Telephone"),
        _("Day and night"),
        _("E-mail"),
        _("In the network"),
        _("Key"),
        *where(),
    ]
    yes, no = _("yes"), _("no")
    for team in each(teams):
        entry = Entry(team, user)
        phone, mailbox, key = entry.phone, entry.mailbox, entry.key
        yield [
            team.name,
            team.get_kind_display(),
            team.state.name,
            ", ".join(entry.languages),
            team.host,
            team.website,
            phone.phone if phone else "",
            (yes if phone.is_24x7 else no) if phone else "",
            mailbox.email if mailbox else "",
            yes if team.is_connected else no,
            key.fingerprint if key else "",
            *whereabouts(team),
        ]


def contact_rows(user: Any, teams: Any) -> Iterator[tuple[Any, ...]]:
    """Every contact of these teams that `user` may know, one to a row, in the reader's language."""
    yield (
        _("Team"),
        _("State"),
        _("Contact"),
        _("Name"),
        _("Telephone"),
        _("E-mail"),
        _("Another way"),
        _("Hours"),
        _("Day and night"),
        _("Key"),
        *where(),
    )
    for team in each(teams):
        entry = Entry(team, user)
        key = entry.key.fingerprint if entry.key else ""
        for one in entry.contacts:
            day_and_night = _("yes") if one.is_24x7 else _("no")
            about = (one.get_role_display(), one.name, one.phone, one.email, one.other, one.hours)
            yield (team.name, team.state.name, *about, day_and_night, key, *whereabouts(team))
