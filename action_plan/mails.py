"""The mails of missions: they name mission and number, and say nothing of what is found or advised."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from action_plan.actions.missions import RELEASED
from action_plan.actions.recommendations import CONFIRMED, REPORTED, SENT_BACK
from action_plan.models import Mission, Recommendation, RecommendationReport
from action_plan.reminders import DUE
from notices import kinds
from notices.kinds import Matter, mail_kind

CONFIRMATION = _("The programme has confirmed what you reported on a recommendation")
FOLLOW_UP = Matter("recommendations", CONFIRMATION, kinds.liaisons)
OF = ("state", "mission__activity", "exercise")


def mission_for(person: Any, pk: int) -> Mission | None:
    found = Mission.objects.visible_to(person).select_related("state", "activity")
    return found.filter(pk=pk, is_released=True).first()


def due_for(person: Any, pk: int) -> Recommendation | None:
    """None once it is settled, or the state has reported."""
    waiting: Any = Recommendation.objects.to_report()
    return waiting.visible_to(person).select_related(*OF).filter(pk=pk).first()


def report_for(person: Any, pk: int) -> RecommendationReport | None:
    found = RecommendationReport.objects.visible_to(person)
    return (
        found.select_related("state", "recommendation__mission__activity", "recommendation__exercise")
        .filter(pk=pk)
        .first()
    )


def waiting_report_for(person: Any, pk: int) -> RecommendationReport | None:
    """For whoever may decide on it, as long as nobody has."""
    found = report_for(person, pk)
    is_waiting = found is not None and not found.decision
    return found if is_waiting and person.has_perm("action_plan.decide_report", found) else None


def page_of_report(report: RecommendationReport) -> str:
    return report.recommendation.get_absolute_url()


def register() -> None:
    mail_kind(RELEASED, find=mission_for, template="emails/mission_released")
    mail_kind(DUE, find=due_for, template="emails/recommendation_due")
    mail_kind(REPORTED, find=waiting_report_for, template="emails/recommendation_reported", link=page_of_report)
    decided: dict[str, Any] = {"find": report_for, "template": "emails/recommendation_decided", "link": page_of_report}
    mail_kind(CONFIRMED, **decided, matter=FOLLOW_UP)
    mail_kind(SENT_BACK, **decided)
