"""Whose plans the newly accepted data of a state touches: found anew each time, told once for each acceptance."""

from django.db.models import F, OuterRef, Subquery

from action_plan.models import CountryPlan
from action_plan.plan_page import PlanPage
from capability.models import Update
from common.scope import PROGRAMME, scope
from notices.models import Mail
from notices.outbox import post

KIND = "plan touched"


def tell_owners() -> None:
    """A withdrawn acceptance that is given again counts as a new one."""
    with scope(PROGRAMME, page="reminders"):
        for plan in _with_news():
            threshold = f"{plan.last_update} {int(plan.last_accepted.timestamp())}"  # type: ignore[attr-defined]
            known = Mail.objects.filter(kind=KIND, object_id=plan.pk, person=plan.owner, threshold=threshold)
            if not known.exists() and _is_touched(plan):
                post(kind=KIND, object_id=plan.pk, people=[plan.owner], threshold=threshold)


def _is_touched(plan: CountryPlan) -> bool:
    """As whoever is responsible finds it; whoever writes no plans of that state any more is not told."""
    return plan.owner.has_perm("action_plan.draft_plan", plan) and bool(PlanPage(plan.owner, plan).touches)


def _with_news() -> list[CountryPlan]:
    """In force, with an update of the state that was accepted after the plan was first offered."""
    accepted = Update.objects.accepted().filter(state=OuterRef("state"), round__isnull=False).order_by("-accepted_at")
    plans = CountryPlan.objects.in_force().select_related("owner", "state")
    told = plans.annotate(
        last_update=Subquery(accepted.values("pk")[:1]), last_accepted=Subquery(accepted.values("accepted_at")[:1])
    )
    return list(told.filter(last_accepted__gt=F("first_offered_at"), owner__is_active=True))
