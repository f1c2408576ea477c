"""Deployments of CSIRTs: started by the programme, and what each has reached."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from action_plan.models import Activity, ActivityState, Audience, Deployment, Kind, Milestone
from common.mandate import Point
from common.translated import suffix
from csirt_network.models import Team
from member_states.models import MemberState
from review.actions import Refused


@transaction.atomic
def start(*, state: MemberState, activity: Activity | None, team: Team | None, by: Any) -> Deployment:
    """On the activity given or a new one. Raises Refused where the state has a deployment already."""
    MemberState.objects.select_for_update(no_key=True).get(pk=state.pk)
    if Deployment.objects.filter(state=state).exists():
        raise Refused(_("This state’s deployment is recorded already."))
    return Deployment.objects.create(activity=activity or _made(state, by), state=state, team=team, started_by=by)


def _made(state: MemberState, by: Any) -> Activity:
    titles = {}
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            titles[f"title_{suffix(code)}"] = _("CSIRT deployment: %(state)s") % {"state": state.name}
    slug = slugify(f"csirt-deployment-{state.slug}")
    taken = Activity.objects.filter(slug__startswith=slug).count()
    activity = Activity.objects.create(
        slug=f"{slug}-{taken + 1}" if taken else slug,
        kind=Kind.DEPLOYMENT,
        point=Point.CSIRT,
        audience=Audience.PARTICIPANTS,
        officer=by,
        **titles,
    )
    ActivityState.objects.create(activity=activity, state=state, audience=activity.audience)
    return activity


def set_team(*, deployment: Deployment, team: Team | None, by: Any) -> None:
    Deployment.objects.filter(pk=deployment.pk).update(team=team)


@transaction.atomic
def record(*, deployment: Deployment, step: str, reached: str, evidence: str, link: str, by: Any) -> None:
    """With no date, it is not reached after all."""
    if not reached:
        Milestone.objects.filter(deployment=deployment, step=step).delete()
        return
    said = {"state_id": deployment.state_id, "reached": reached, "evidence": evidence, "link": link, "by": by}
    Milestone.objects.update_or_create(deployment=deployment, step=step, defaults=said)
