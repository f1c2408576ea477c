"""Invitations that somebody sent and nobody has taken up (notices/duties.py)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.days import day_of
from common.scope import reach_of
from csirt_network.rules.people import represented_by
from invitations import powers
from invitations.models import Invitation
from member_states.models import Liaison
from notices.duties import MOST, Duty, duty_kind


def register() -> None:
    duty_kind(
        "invitation",
        heading=gettext_lazy("Invitations of yours that nobody has accepted"),
        verb=pgettext_lazy("to do", "Send again or take back"),
        find=pending,
    )


def pending(person: Any) -> Iterable[Duty]:
    """Those whose time is over and that the person may still give: `invitations.keep_invitation`."""
    if not person.is_authenticated:
        return []
    over = Invitation.objects.visible_to(person).pending().exclude(pk__in=Invitation.objects.usable().values("pk"))
    mine = over.filter(_may_keep(person), invited_by=person).select_related("state", "team", "partner", "invited_by")
    return [_invitation(one) for one in mine.order_by("expires_at", "pk")[: MOST + 1]]


def _may_keep(person: Any) -> Q:
    """What powers.gives says, of all invitations at once."""
    reach = reach_of(person)
    of_state = Q(state__in=reach.states, role__in=powers.LIAISONS_GIVE)
    if reach.states:
        led = Liaison.objects.current().filter(person=person, kind=Liaison.Kind.LEAD).values("state")
        of_state |= Q(state__in=led, role__in=powers.LEADS_GIVE)
    of_team = Q(pk__in=())
    if reach.teams:
        of_team = Q(team__in=represented_by(person).values("pk"), role__in=powers.REPRESENTATIVES_GIVE)
    return Q(role__in=powers.gives(person)) | of_state | of_team


def _invitation(one: Invitation) -> Duty:
    note = _("%(role)s. The link no longer opens.") % {"role": one.what}
    return Duty(one.name, one.get_absolute_url(), one.state, since=day_of(one.expires_at), note=note)
