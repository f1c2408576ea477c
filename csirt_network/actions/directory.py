"""Keeping a team's entry: its facts, its description in numbered versions, contacts, keys and memberships elsewhere."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from csirt_network import openpgp
from csirt_network.models import Affiliation, Contact, ProfileVersion, Team, TeamKey, TeamProfile
from review.actions import Refused

Texts = dict[str, dict[str, str]]


@transaction.atomic
def save_facts(*, team: Team, facts: dict[str, Any], by: Any) -> None:
    """Where it sits and whom it serves. Name and kind are the programme's: they decide who is admitted as what."""
    Team.objects.filter(pk=team.pk).update(**facts)


@transaction.atomic
def save_description(*, team: Team, number: int, texts: Texts, address: str | None = None, by: Any) -> TeamProfile:
    """Writes these sections over those of version `number`; refused when somebody has saved another one meanwhile.

    What changes nothing makes no version.
    """
    profile = _held(team)
    if profile.number != number:
        raise Refused(
            _("Somebody saved a newer version meanwhile. What you wrote is below: compare it, and save it again.")
        )
    content = {"texts": profile.texts | texts, "address": profile.address if address is None else address}
    if content == {"texts": profile.texts, "address": profile.address}:
        return profile
    profile.texts, profile.address = content["texts"], content["address"]
    profile.number, profile.changed_at = number + 1, timezone.now()
    profile.save(update_fields=["texts", "address", "number", "changed_at"])
    ProfileVersion.objects.create(team=team, state_id=team.state_id, number=profile.number, made_by=by, **content)
    return profile


@transaction.atomic
def publish(*, team: Team, is_published: bool, by: Any) -> TeamProfile:
    profile = _held(team)
    if is_published and not profile.number:
        raise Refused(_("Write the description first: there is nothing to publish yet."))
    profile.is_published = is_published
    profile.save(update_fields=["is_published"])
    return profile


@transaction.atomic
def save_contact(*, team: Team, contact: Contact, by: Any) -> Contact:
    contact.team, contact.state_id = team, team.state_id
    contact.save()
    return contact


@transaction.atomic
def remove(*, thing: Contact | TeamKey | Affiliation, by: Any) -> None:
    thing.delete()


@transaction.atomic
def add_key(*, team: Team, text: str, by: Any) -> TeamKey:
    """Keeps the public parts alone; the same key once more, such as with a later end, takes the place of what was."""
    read = openpgp.parse(text)
    if openpgp.state_of(read, timezone.now().date()) == openpgp.State.ENDED:
        raise ValidationError(_("This key has ended. Give it a later end, export it anew and add it then."))
    facts = {
        "user_ids": [user_id[:500] for user_id in read.user_ids],
        "algorithm": read.algorithm,
        "created": read.created,
        "expires": read.expires,
        "is_revoked": read.is_revoked,
        "armoured": read.armoured,
        "added_by": by,
    }
    key, _made = TeamKey.objects.update_or_create(
        team=team, fingerprint=read.fingerprint, defaults=facts, create_defaults=facts | {"state_id": team.state_id}
    )
    return key


@transaction.atomic
def save_affiliation(*, team: Team, body: str, facts: dict[str, Any], by: Any) -> Affiliation:
    """What the team says itself takes the place of what a source said."""
    given = facts | {"source": None}
    held, _made = Affiliation.objects.update_or_create(
        team=team, body=body, defaults=given, create_defaults=given | {"state_id": team.state_id}
    )
    return held


def _held(team: Team) -> TeamProfile:
    """The profile, locked: who saves at the same moment waits, and is told."""
    TeamProfile.objects.get_or_create(team=team, defaults={"state_id": team.state_id})
    return TeamProfile.objects.select_for_update(of=("self",)).get(team=team)
