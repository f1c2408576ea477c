"""Keys that end: who acts for a team is told a month before, and once more when nothing is left that holds."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse

from common.scope import reach_of
from csirt_network.models import Team, TeamKey
from csirt_network.openpgp import State
from csirt_network.rules.people import represented_by
from notices.kinds import mail_kind

KEY_ENDS = "key ends"


def register() -> None:
    """Without a key nobody writes to the team in confidence: that mail always comes."""
    mail_kind(KEY_ENDS, find=key_to_renew, template="emails/key_ends", link=page_of_key)


def last_keys(keys: Iterable[TeamKey]) -> list[TeamKey]:
    """Of each team whose keys end soon or have ended, all of them, the one that holds longest."""
    held: dict[int, list[TeamKey]] = {}
    for key in keys:
        if key.standing != State.REVOKED:
            held.setdefault(key.team_id, []).append(key)
    return [max(own, key=_until) for own in held.values() if all(key.standing != State.CURRENT for key in own)]


def _until(key: TeamKey) -> Any:
    return key.expires  # one without an end is current


def keys_to_warn_of() -> Iterator[tuple[TeamKey, str]]:
    """(key, threshold) of the teams of the network: each threshold comes once."""
    keys = TeamKey.objects.filter(team__in=Team.objects.connected().values("pk")).select_related("team")
    for key in last_keys(keys):
        yield key, f"{key.expires:%y%m%d} {key.standing}"


def keys_to_renew(person: Any) -> list[TeamKey]:
    """Of the teams that `person` acts for; the one that ends first stands first."""
    if not reach_of(person).teams:
        return []
    held = TeamKey.objects.visible_to(person).filter(team__in=represented_by(person).values("pk"))
    return sorted(last_keys(held.select_related("team__state")), key=_until)


def key_to_renew(person: Any, pk: int) -> TeamKey | None:
    """While it is still the last of its team."""
    return next((key for key in keys_to_renew(person) if key.pk == pk), None)


def page_of_key(key: TeamKey) -> str:
    return reverse("team-edit", args=[key.team.slug])
