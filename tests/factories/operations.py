"""Joint operations as their officer makes them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from common.scope import Reach, scope
from common.tlp import Tlp
from csirt_network.models import TeamMember
from member_states.models import Liaison
from partnerships.actions.operation_parts import add_entry, add_exhibit
from partnerships.actions.operations import add_operation, name_person, relabel
from partnerships.models import Exhibit, LogEntry, Operation, PartnerContact

HASH = "ab" * 32


def make_operation(
    by: Any, *, partners: Any = (), states: Any = (), tlp: str = Tlp.AMBER, named: Any = (), **facts: Any
) -> Operation:
    """Led by the OAS, unless said otherwise; `named` besides whoever makes it."""
    facts = {"line": "analysis", "title_en": "Silent river", "officer": by, **facts}
    facts.setdefault("is_led_by_oas", facts.get("lead") is None)
    with scope(Reach(staff=True, person=by.pk)):
        lower = Tlp.STRICT if tlp == Tlp.RED else tlp
        operation = add_operation(operation=Operation(**facts), partners=partners, states=states, tlp=lower, by=by)
        for person in named:
            name_person(operation=operation, person=person, by=by, **named_for(person))
        if tlp == Tlp.RED:
            relabel(operation=operation, tlp=tlp, reason="", by=by)
        operation.refresh_from_db()
    return operation


def named_for(person: Any) -> dict[str, int]:
    """For the partner, the team or the state that somebody is of today; else for the programme."""
    if contact := PartnerContact.objects.current().filter(person=person).first():
        return {"partner": contact.partner_id}
    if member := TeamMember.objects.current().filter(person=person).select_related("team").first():
        return {"state": member.team.state_id, "team": member.team_id}
    liaison = Liaison.objects.current().filter(person=person).first()
    return {"state": liaison.state_id} if liaison else {}


def make_entry(operation: Operation, by: Any, text: str = "We began", tlp: str = "") -> LogEntry:
    when = timezone.now() - timedelta(hours=1)
    with scope(Reach(staff=True, person=by.pk)):
        return add_entry(operation=operation, tlp=tlp or operation.tlp, happened_at=when, text=text, by=by)


def make_exhibit(operation: Operation, by: Any, title: str = "A disk", tlp: str = "", upload: Any = None) -> Exhibit:
    exhibit = Exhibit(title=title, taken_on=timezone.now().date(), tlp=tlp or operation.tlp)
    if upload is None:
        exhibit.sha256 = HASH
    with scope(Reach(staff=True, person=by.pk)):
        return add_exhibit(
            operation=operation, exhibit=exhibit, upload=upload, from_whom="A bank", held_by="A laboratory", by=by
        )
