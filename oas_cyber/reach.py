"""What a person may reach: the one function that reads memberships across the house (settings.REACH)."""

from typing import Any

from django.db.models import BigIntegerField, CharField, Exists, F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models import StaffRole
from common.scope import NOTHING, Reach
from csirt_network.models import NetworkMembership, TeamMember
from member_states.models import Liaison
from partnerships.models import PartnerContact

TEAM, PARTNER = "team", "partner"
WRITING = (Liaison.Kind.LEAD, Liaison.Kind.DEPUTY)
NO_ROLES = {TEAM, PARTNER, *Liaison.Kind.values}


def of(user: Any) -> Reach:
    """Roles and memberships of today in one query; the roles stay with `user` for the rest of the request."""
    if not user.is_authenticated or not user.is_active:
        return NOTHING
    held = list(_roles(user).union(_liaisons(user), _teams(user), _partners(user)))
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


def _roles(user: Any) -> Any:
    held = StaffRole.objects.current().filter(person=user).order_by()
    return held.annotate(what=F("role"), of=_number(0), patron=_number(0)).values_list("what", "of", "patron")


def _liaisons(user: Any) -> Any:
    held = Liaison.objects.current().filter(person=user).order_by()
    held = held.annotate(what=F("kind"), of=F("state_id"), patron=_number(0))
    return held.values_list("what", "of", "patron")


def _partners(user: Any) -> Any:
    held = PartnerContact.objects.current().filter(person=user).order_by()
    held = held.annotate(what=_word(PARTNER), of=F("partner_id"), patron=_number(0))
    return held.values_list("what", "of", "patron")


def _teams(user: Any) -> Any:
    """Of teams that are members of the network today; a patron that has left it passes nothing on."""
    network = NetworkMembership.objects.current()
    mine = network.filter(team=OuterRef("team"))
    patron = mine.filter(Exists(network.filter(team=OuterRef("constituent_of")))).values("constituent_of")[:1]
    held = TeamMember.objects.current().filter(Exists(mine), person=user).order_by()
    held = held.annotate(
        what=_word(TEAM), of=F("team_id"), patron=Coalesce(Subquery(patron, output_field=BigIntegerField()), _number(0))
    )
    return held.values_list("what", "of", "patron")


def _word(text: str) -> Value:
    return Value(text, output_field=CharField())


def _number(number: int) -> Value:
    return Value(number, output_field=BigIntegerField())
