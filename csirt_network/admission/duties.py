"""Applications whose next move is this person's: as `movers_of`, asked for all of them at once (notices/duties.py)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from accounts.rules import is_manager, is_officer
from common.days import day_of
from common.scope import reach_of
from csirt_network.admission.clock import clocks_of
from csirt_network.admission.steps import TO_DO, TO_FILL, Stand
from csirt_network.models import Application, TeamMember
from csirt_network.rules.people import represented_by
from member_states.models import Liaison
from notices.duties import MOST, Duty, duty_kind


def register() -> None:
    duty_kind(
        "application",
        heading=gettext_lazy("Applications to the network"),
        verb=pgettext_lazy("to do", "Take the next step"),
        find=next_moves,
        page="application-list",
        mails=("admission move", "admission late"),
    )


def next_moves(person: Any) -> Iterable[Duty]:
    mine = _of_programme(person) if reach_of(person).staff else _of_sides(person)
    found = list(Application.objects.visible_to(person).filter(mine).whole().order_by("stood_since")[: MOST + 1])
    clocks = clocks_of(found) if found else {}
    return [_move(one, clocks.get(one.pk)) for one in found]


def _move(application: Application, clock: Any) -> Duty:
    due_on = clock.due_on if clock and application.stands not in TO_FILL else None
    note = TO_DO[Stand(application.stands)]
    since = day_of(application.stood_since)
    return Duty(str(application), application.get_absolute_url(), application.state, due_on, since, note=note)


def _of_sides(person: Any) -> Q:
    reach = reach_of(person)
    applies = Q(stands__in=TO_FILL) & (Q(state__in=reach.states) | Q(head_email=person.email.lower()))
    if reach.states:
        points = _contact_points().filter(person=person).values("state")
        applies |= Q(stands=Stand.CONTACT_POINT, state__in=points)
    if reach.teams:
        applies |= Q(stands=Stand.CONSENT, consent_of__in=represented_by(person).values("pk"))
    return applies


def _of_programme(person: Any) -> Q:
    """Its own steps, and those of a side that has nobody in the portal; none of an application that is also theirs."""
    if not is_officer(person):
        return Q(pk__in=())
    stands = [Stand.DOCUMENTS, Stand.MEETING, *([Stand.DECISION] if is_manager(person) else [])]
    people = User.objects.filter(is_active=True, email=OuterRef("head_email"))
    nobody_applies = ~Exists(people) & ~Exists(_liaisons().filter(state=OuterRef("state")))
    acting = TeamMember.objects.current().filter(team=OuterRef("consent_of"), kind=TeamMember.Kind.REPRESENTATIVE)
    on_paper = (
        Q(Q(stands=Stand.CONTACT_POINT) & ~Exists(_contact_points().filter(state=OuterRef("state"))))
        | Q(Q(stands=Stand.CONSENT) & ~Exists(acting))
        | Q(Q(stands__in=TO_FILL) & nobody_applies)
    )
    mine = Q(state__in=reach_of(person).states) | Q(head_email=person.email.lower())
    return (Q(stands__in=stands) | on_paper) & ~mine


def _liaisons() -> Any:
    return Liaison.objects.current().filter(person__is_active=True)


def _contact_points() -> Any:
    return _liaisons().filter(kind=Liaison.Kind.CONTACT_POINT)
