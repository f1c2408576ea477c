"""Who has the next move with an application: the people who are written to, and reminded."""

from collections.abc import Callable, Mapping
from typing import Any

from accounts.models import User
from csirt_network.admission.steps import Stand
from csirt_network.models import Application, TeamMember
from member_states.models import Liaison

People = list[User]


def movers_of(application: Application) -> People:
    """Nobody once it is over. Where nobody of a side is in the portal, the programme records what comes on paper."""
    found = MOVERS.get(Stand(application.stands))
    return (found(application) or officers(application)) if found else []


def sides_of(application: Application) -> People:
    """Those who apply: the head of the team, and the liaisons of its state."""
    return _once([*_heads(application), *_liaisons(application)])


def officers(_application: Application | None = None) -> People:
    return list(User.objects.with_staff_role("officer", "manager"))


def managers(_application: Application) -> People:
    return list(User.objects.with_staff_role("manager"))


def contact_points(application: Application) -> People:
    return _liaisons(application, kind=Liaison.Kind.CONTACT_POINT)


def representatives(application: Application) -> People:
    held = TeamMember.objects.current().filter(team=application.consent_of_id, kind=TeamMember.Kind.REPRESENTATIVE)
    return _once([one.person for one in held.select_related("person")])


def _heads(application: Application) -> People:
    return list(User.objects.filter(is_active=True, email=application.head_email))


def _liaisons(application: Application, **kind: Any) -> People:
    held = Liaison.objects.current().filter(state=application.state_id, person__is_active=True, **kind)
    return _once([one.person for one in held.select_related("person")])


def _once(people: People) -> People:
    return list({person.pk: person for person in people}.values())


MOVERS: Mapping[Stand, Callable[[Application], People]] = {
    Stand.DRAFT: sides_of,
    Stand.RETURNED: sides_of,
    Stand.CONTACT_POINT: contact_points,
    Stand.CONSENT: representatives,
    Stand.DOCUMENTS: officers,
    Stand.DECISION: managers,
    Stand.MEETING: officers,
}
