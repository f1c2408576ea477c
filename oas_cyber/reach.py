"""What a person may reach: the one function that reads memberships across the house (settings.REACH)."""

from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, CharField, Exists, F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import StaffRole
from common.days import today
from common.scope import NOTHING, Reach
from csirt_network.models import NetworkMembership, TeamMember
from member_states.models import Liaison
from partnerships.models import PartnerContact

TEAM, PARTNER = "team", "partner"
WRITING = (Liaison.Kind.LEAD, Liaison.Kind.DEPUTY)
NO_ROLES = {TEAM, PARTNER, *Liaison.Kind.values}
ANYONE = -1  # stands for the person in the question as it is kept


def of(user: Any) -> Reach:
    """Roles and memberships of today in one query; the roles stay with `user` for the rest of the request."""
    if not user.is_authenticated or not user.is_active:
        return NOTHING
    held = _held(user)
    user.staff_roles = frozenset(what for what, _of, _patron in held if what not in NO_ROLES)
    teams = sorted({of for what, of, _patron in held if what == TEAM})
    return Reach(
        states=tuple(sorted({of for what, of, _patron in held if what in Liaison.Kind})),
        spoken_for=tuple(sorted({of for what, of, _patron in held if what in WRITING})),
        teams=tuple(teams),
        partners=tuple(sorted({of for what, of, _patron in held if what == PARTNER})),
        patrons=tuple(sorted({patron for what, _of, patron in held if what == TEAM and patron})),
        community=bool(teams),
        person=user.pk,
        staff=user.is_programme_staff,
    )


def _held(user: Any) -> list[tuple[str, int, int]]:
    sql, given = _question(timezone.now().date(), today())
    with connection.cursor() as cursor:
        cursor.execute(sql, [user.pk if one == ANYONE else one for one in given])
        return cursor.fetchall()


@lru_cache(maxsize=2)
def _question(day: date, last_day: date) -> tuple[str, tuple[Any, ...]]:
    """As SQL, for the two days that `held_now` asks for: every request asks it, and making it costs more than that."""
    asked = _roles(ANYONE).union(_liaisons(ANYONE), _teams(ANYONE), _partners(ANYONE))
    sql, given = asked.query.sql_with_params()
    return sql, tuple(given)


def _roles(person: int) -> Any:
    held = StaffRole.objects.current().filter(person=person).order_by()
    return held.annotate(what=F("role"), of=_number(0), patron=_number(0)).values_list("what", "of", "patron")


def _liaisons(person: int) -> Any:
    held = Liaison.objects.current().filter(person=person).order_by()
    held = held.annotate(what=F("kind"), of=F("state_id"), patron=_number(0))
    return held.values_list("what", "of", "patron")


def _partners(person: int) -> Any:
    held = PartnerContact.objects.current().filter(person=person).order_by()
    held = held.annotate(what=_word(PARTNER), of=F("partner_id"), patron=_number(0))
    return held.values_list("what", "of", "patron")


def _teams(person: int) -> Any:
    """Of teams that are members of the network today; a patron that has left it passes nothing on."""
    network = NetworkMembership.objects.current()
    mine = network.filter(team=OuterRef("team"))
    patron = mine.filter(Exists(network.filter(team=OuterRef("constituent_of")))).values("constituent_of")[:1]
    held = TeamMember.objects.current().filter(Exists(mine), person=person).order_by()
    held = held.annotate(
        what=_word(TEAM), of=F("team_id"), patron=Coalesce(Subquery(patron, output_field=BigIntegerField()), _number(0))
    )
    return held.values_list("what", "of", "patron")


def _word(text: str) -> Value:
    return Value(text, output_field=CharField())


def _number(number: int) -> Value:
    return Value(number, output_field=BigIntegerField())
