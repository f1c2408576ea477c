"""What the mails about plans are of, asked in the reach of whoever gets them. Texts: templates/emails."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from action_plan.models import CountryPlan, PlanMove, PlanVersion
from action_plan.plan_page import PlanPage, plans_for
from action_plan.states import STATE, Proposal
from member_states.rules import is_lead_of
from notices.kinds import mail_kind

WRITE = "action_plan.draft_plan"


def register() -> None:
    mail_kind("plan offered", find=offered_version, template="emails/plan_offered", link=signing_of)
    mail_kind("plan answered", find=answered_version, template="emails/plan_answered", link=plan_of)
    mail_kind("plan touched", find=touched_plan, template="emails/plan_touched", link=lambda found: page_of(found.plan))


def _versions(person: Any) -> Any:
    return PlanVersion.objects.visible_to(person).select_related("plan__state", "offered_by")


def offered_version(person: Any, object_id: int) -> PlanVersion | None:
    """While it waits, for the lead liaison."""
    found: PlanVersion | None = _versions(person).filter(pk=object_id, plan__proposal=Proposal.OFFERED).first()
    is_newest = found is not None and not found.plan.versions.filter(number__gt=found.number).exists()
    return found if found and is_newest and is_lead_of(person, found.plan.state) else None


def answered_version(person: Any, object_id: int) -> PlanMove | None:
    """For whoever is responsible, as long as they write plans of that state; what came on paper for its lead too."""
    answers = PlanMove.objects.visible_to(person).filter(version=object_id, verb__in=STATE)
    found = answers.select_related("plan__state", "version").first()
    if found is None:
        return None
    writes = found.plan.owner_id == person.pk and person.has_perm(WRITE, found.plan)
    return found if writes or (found.paper and is_lead_of(person, found.plan.state)) else None


@dataclass(frozen=True)
class Touched:
    plan: CountryPlan
    number: int


def touched_plan(person: Any, object_id: int) -> Touched | None:
    """While something stands otherwise than the plan in force says, for whoever is responsible for it."""
    plan = plans_for(person).in_force().filter(pk=object_id, owner=person).first()
    if plan is None or not person.has_perm(WRITE, plan):
        return None
    number = len(PlanPage(person, plan).touches)
    return Touched(plan, number) if number else None


def signing_of(version: PlanVersion) -> str:
    return reverse("plan-sign", args=[version.plan.state.slug, version.plan_id, version.number])


def plan_of(answer: PlanMove) -> str:
    return page_of(answer.plan)


def page_of(plan: CountryPlan) -> str:
    return plan.get_absolute_url()
