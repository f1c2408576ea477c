"""Recommendations: written by the programme, reported on by the state, confirmed by the programme."""

from collections.abc import Callable
from datetime import date
from operator import attrgetter
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from action_plan.actions.missions import MEANWHILE, RELEASED, Refused, liaisons_of
from action_plan.models import Mission, Recommendation, RecommendationChange, RecommendationReport
from notices.outbox import post

REPORTED, CONFIRMED, SENT_BACK = "recommendation reported", "report confirmed", "report sent back"
KEPT = ("text", "factor", "institution", "liaison", "due_on", "priority")
Decision = RecommendationReport.Decision


@transaction.atomic
def add_recommendation(*, mission: Mission, recommendation: Recommendation, by: Any) -> Recommendation:
    """With the next number. One that is added after the release is the state's at once, and it is told."""
    held = Mission.objects.select_for_update().get(pk=mission.pk)
    last = held.recommendations.aggregate(last=Max("number"))["last"] or 0
    recommendation.mission, recommendation.state_id, recommendation.number = held, held.state_id, last + 1
    recommendation.is_released = held.is_released
    recommendation.save(force_insert=True)
    if held.is_released:
        threshold = f"recommendation {recommendation.number}"
        post(kind=RELEASED, object_id=held.pk, people=liaisons_of(held.state_id), threshold=threshold)
    return recommendation


@transaction.atomic
def change_recommendation(*, recommendation: Recommendation, edited: int, by: Any) -> None:
    """`recommendation` carries the new words. What the state has read already is kept beside them."""
    held = (
        Recommendation.objects.select_for_update(of=("self",))
        .select_related("factor", "liaison")
        .get(pk=recommendation.pk)
    )
    if held.edited != edited:
        raise Refused(MEANWHILE)
    changed = [name for name in KEPT if getattr(held, name) != getattr(recommendation, name)]
    if held.is_released:
        RecommendationChange.objects.bulk_create(
            RecommendationChange(
                recommendation=held,
                state_id=held.state_id,
                column=name,
                before=in_words(held, name),
                after=in_words(recommendation, name),
                by=by,
            )
            for name in changed
        )
    facts = {name: getattr(recommendation, name) for name in changed}
    Recommendation.objects.filter(pk=held.pk).update(**facts, edited=F("edited") + 1)


def in_words(recommendation: Recommendation, column: str) -> str:
    value = getattr(recommendation, column)
    if value is None:
        return ""
    words: dict[str, Callable[[Any], str]] = {
        "due_on": date.isoformat,
        "factor": attrgetter("code"),
        "liaison": attrgetter("name"),
    }
    return words.get(column, str)(value)


@transaction.atomic
def remove_recommendation(*, recommendation: Recommendation, by: Any) -> None:
    """Only before the state has read it."""
    Recommendation.objects.filter(pk=recommendation.pk, is_released=False).delete()


@transaction.atomic
def report(*, recommendation: Recommendation, report: RecommendationReport, by: Any) -> None:
    """What a liaison says has become of it; in the liaison's own scope. One report waits at a time."""
    report.recommendation, report.state_id, report.by = recommendation, recommendation.state_id, by
    try:
        with transaction.atomic():
            report.save(force_insert=True)
    except IntegrityError as error:
        if "waits_once" not in str(error):
            raise
        raise Refused(
            _("A report on this recommendation waits for the programme already. Report again once it is answered.")
        ) from error
    officer = recommendation.of.officer
    if officer is not None:
        post(kind=REPORTED, object_id=report.pk, people=[officer])


@transaction.atomic
def decide(*, report: RecommendationReport, decision: str, comment: str, by: Any) -> None:
    """Confirmed, it is the recommendation's status; sent back, the state reads why. Raises Refused the second time."""
    facts = {"decision": decision, "comment": comment, "decided_by": by, "decided_at": timezone.now()}
    if not RecommendationReport.objects.filter(pk=report.pk, decision="").update(**facts):
        raise Refused(_("Somebody else has decided on this report meanwhile. What they decided stands below."))
    if decision == Decision.CONFIRMED:
        Recommendation.objects.filter(pk=report.recommendation_id).update(status=report.status)
    kind = CONFIRMED if decision == Decision.CONFIRMED else SENT_BACK
    post(kind=kind, object_id=report.pk, people=[report.by])
