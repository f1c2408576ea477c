"""Alerts as they stand once they are out, with whatever hangs on them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from common.scope import Reach, scope
from csirt_network.actions.audiences import make_audience, settle
from csirt_network.actions.publishing import next_number
from csirt_network.models import Alert, Recipient, Team

OUT_AT = timezone.now() - timedelta(days=20)


def make_alert(
    tlp: str, *chosen: Recipient, by: Any, origin: Team | None = None, is_hidden: bool = False, **facts: Any
) -> Alert:
    """As whoever it comes from publishes it; `is_hidden`: through the programme, which does not say whom it is from."""
    through = origin is None or is_hidden
    with scope(reach_of_origin(origin, by, is_staff=through)):
        audience = make_audience(origin=origin, chosen=chosen or [Recipient(kind="network")], by=by)
        found = settle(audience, tlp=tlp, author=by)
        texts = {
            "title_en": "Stolen accounts",
            "happening_en": "Messages promise a refund.",
            "to_do_en": "1. Block them",
        }
        life = {"year": 2026, "number": next_number(2026), "version": 1, "published_at": OUT_AT}
        return Alert.objects.create(
            tlp=tlp,
            audience=audience,
            from_team=None if through else origin,
            author=by,
            with_programme=through or found.with_programme,
            **{"kind": "warning", "answer_by": OUT_AT + timedelta(days=400)} | texts | life | facts,
        )


def reach_of_origin(origin: Team | None, by: Any, *, is_staff: bool) -> Reach:
    return Reach(teams=(origin.pk,) if origin else (), person=by.pk, staff=is_staff, community=origin is not None)


def to_team(team: Team) -> Recipient:
    return Recipient(kind="team", team=team)


def to_person(person: Any) -> Recipient:
    return Recipient(kind="person", person=person)


def to_programme() -> Recipient:
    return Recipient(kind="programme")
