"""Withdrawing an acceptance: the profile is again what it was before."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from capability.actions.accepting import same_questions
from capability.actions.reviewing import liaisons_of
from capability.models import (
    Answer,
    AnswerDecision,
    CsirtStatus,
    StrategyConsultation,
    StrategyStatus,
    StrategyStep,
    StrategyVersion,
    SupportRequest,
    ThreatLevel,
    Update,
    UpdateMove,
)
from capability.models.facts import Fact
from capability.signals import profile_changed
from member_states.models import MemberState, Sharing
from notices.outbox import post
from review.actions import Refused, move
from review.models import Move
from review.states import WITHDRAW_ACCEPTANCE

FACTS: dict[str, tuple[tuple[type[Fact], dict[str, Any]], ...]] = {
    "csirt": ((CsirtStatus, {"is_national": True}),),
    "strategy": ((StrategyStatus, {}), (StrategyStep, {}), (StrategyVersion, {}), (StrategyConsultation, {})),
    "threats": ((ThreatLevel, {}),),
    "requests": ((SupportRequest, {}),),
}


@transaction.atomic
def withdraw_acceptance(*, update: Update, reason: str, by: Any) -> Move:
    """The profile goes back to the answers and facts before `update`, which waits for review again.

    Its answers stay as they were sent, and its decisions are open again. Raises Refused when it is not accepted, when
    a later update of the state was, and without a reason.
    """
    # Locked in this order: a change of sharing holds the state first too, and writes the accepted updates then.
    if Update.objects.filter(pk=update.pk, status__in=WITHDRAW_ACCEPTANCE.start).exists():
        MemberState.objects.select_for_update(no_key=True).get(pk=update.state_id)
    if later := accepted_later(update):
        raise Refused(refusal_for(later))
    undated = {"accepted_at": None, "audience": Sharing.PROGRAMME}
    step = move(
        update,
        WITHDRAW_ACCEPTANCE,
        moves=UpdateMove,
        by=by,
        reason=reason.strip(),
        together=undated,
        state_id=update.state_id,
    )
    _take_back_answers(update)
    _take_back_facts(update)
    profile_changed.send(sender=Update, state=update.state)
    AnswerDecision.objects.filter(answer__submission__in=_last_submission(update)).update(is_released=False)
    post(kind="acceptance withdrawn", object_id=step.pk, people=liaisons_of(update))
    return step


def accepted_later(update: Update) -> Update | None:
    """The update of the same state whose answers stand on this one."""
    accepted = Update.objects.accepted().in_rounds().filter(state=update.state_id).exclude(pk=update.pk)
    since = Update.objects.filter(pk=update.pk).values("accepted_at")
    return accepted.filter(accepted_at__gte=since).select_related("round").order_by("accepted_at").first()


def refusal_for(later: Update) -> str:
    return _("A later update was accepted: %(round)s. Withdraw that acceptance first.") % {"round": later.round}


def _last_submission(update: Update) -> Any:
    return update.submissions.order_by("-number").values("pk")[:1]


def _take_back_answers(update: Update) -> None:
    """To each question the answer that was accepted last before is current again; it kept its audience."""
    own = Answer.objects.filter(update=update, is_accepted=True)
    others = Answer.objects.filter(state_id=update.state_id, is_accepted=True).exclude(update=update)
    same = others.filter(same_questions(own))
    newest = same.order_by("indicator_id", "question", "-update__accepted_at", "-pk").distinct(
        "indicator_id", "question"
    )
    before = list(newest.values_list("pk", flat=True))
    own.update(is_current=False, is_accepted=False, audience=Sharing.PROGRAMME)
    Answer.objects.filter(pk__in=before).update(is_current=True)


def _take_back_facts(update: Update) -> None:
    """What acceptance wrote goes, the trail keeps it; what it replaced is current, unless something newer is."""
    said = update.answers.filter(submission__in=_last_submission(update), question__in=FACTS).exclude(facts={})
    for question in said.values_list("question", flat=True):
        for model, only in FACTS[question]:
            facts = model.objects.filter(state_id=update.state_id, **only)
            facts.filter(update=update).delete()
            if not facts.current().exists():
                facts.filter(pk__in=_facts_before(facts, update, question)).update(is_current=True)


def _facts_before(facts: Any, update: Update, question: str) -> list[int]:
    """Those of the update whose answer to the question was accepted last, or what was known before any."""
    accepted = Answer.objects.filter(state_id=update.state_id, question=question, is_accepted=True)
    said = accepted.exclude(update=update).exclude(facts={}).order_by("-update__accepted_at")
    last = said.values_list("update", flat=True).first()
    if last:
        return list(facts.filter(update=last).values_list("pk", flat=True))
    return list(facts.filter(update=None).order_by("-pk").values_list("pk", flat=True)[:1])
