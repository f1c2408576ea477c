"""Accepting an update as a whole: the one place where a state's profile changes."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from capability.actions.reviewing import Verdict, liaisons_of, settle, submission_to_review
from capability.models import (
    Answer,
    CsirtStatus,
    StrategyConsultation,
    StrategyStatus,
    StrategyStep,
    StrategyVersion,
    Submission,
    SupportRequest,
    ThreatClass,
    ThreatLevel,
    Update,
    UpdateMove,
)
from capability.signals import profile_changed
from member_states.models import MemberState
from notices.outbox import post
from review.actions import Refused, move
from review.states import ACCEPT


@transaction.atomic
def accept_update(*, update: Update, by: Any) -> None:
    """Makes the last submission the state's profile, seen by whom the state shares with.

    Raises Refused unless every answer is accepted, and when the update is not waiting for review. Two at once: one
    accepts, the other is refused.
    """
    submission = submission_to_review(update)
    if any(decision.verdict != Verdict.ACCEPT for decision in settle(submission, by=by)):
        raise Refused(_("An answer is to be returned, so the update cannot be accepted as a whole."))
    # Locked against a change of sharing at the same moment: both write the audience.
    audience = MemberState.objects.select_for_update(no_key=True).get(pk=update.state_id).sharing
    dated = {"accepted_at": timezone.now(), "audience": audience}
    step = move(update, ACCEPT, moves=UpdateMove, by=by, together=dated, state_id=update.state_id)
    _make_profile(submission, audience)
    _write_facts(submission, audience)
    profile_changed.send(sender=Update, state=update.state)
    # Each acceptance is told: one that was withdrawn may follow another.
    post(kind="update accepted", object_id=update.pk, people=liaisons_of(update), threshold=str(step.pk))


def same_questions(answers: QuerySet[Answer]) -> Q:
    """All answers to the questions of `answers`: by indicator, and the four other sections by name."""
    sections = answers.filter(indicator=None).values("question")
    return Q(indicator__in=answers.values("indicator")) | Q(indicator=None, question__in=sections)


def _make_profile(submission: Submission, audience: str) -> None:
    """The answers of `submission` take the place of those to the same questions."""
    answers = submission.answers.all()
    profile = Answer.objects.filter(state_id=submission.state_id, is_current=True)
    profile.filter(same_questions(answers)).update(is_current=False)
    answers.update(is_accepted=True, is_current=True, audience=audience)


def _write_facts(submission: Submission, audience: str) -> None:
    """Questions left without facts leave what is known as it stands; asking for nothing is an answer."""
    row = {
        "state_id": submission.state_id,
        "update_id": submission.update_sent_id,
        "audience": audience,
        "as_of": f"{timezone.localtime(submission.submitted_at):%Y-%m-%d}",
    }
    for question, facts in submission.answers.filter(question__in=WRITERS).values_list("question", "facts"):
        if facts or question == "requests":
            WRITERS[question](facts, row)


def _write_csirt(facts: dict[str, Any], row: dict[str, Any]) -> None:
    CsirtStatus.objects.current().filter(state_id=row["state_id"], is_national=True).update(is_current=False)
    CsirtStatus.objects.create(
        status=facts["status"],
        **{key: facts.get(key) or "" for key in ("name", "short_name", "host", "website", "constituency")},
        established=int(facts["established"]) if facts.get("established") else None,
        answers_day_and_night=facts.get("answers_day_and_night"),
        **row,
    )


def _write_strategy(facts: dict[str, Any], row: dict[str, Any]) -> None:
    StrategyStatus.objects.current().filter(state_id=row["state_id"]).update(is_current=False)
    StrategyStatus.objects.create(
        step=facts["step"],
        in_force=bool(facts.get("in_force")),
        **{key: facts.get(key) or "" for key in ("title", "adopted", "later_versions", "link")},
        **row,
    )
    for model, said in _strategy_in_rows(facts):
        model.objects.current().filter(state_id=row["state_id"]).update(is_current=False)
        model.objects.bulk_create(model(**given, **row) for given in said)


def _strategy_in_rows(facts: dict[str, Any]) -> Iterator[tuple[Any, list[dict[str, Any]]]]:
    """When each stage was reached, the other versions, and who was consulted."""
    yield StrategyStep, [{"step": step, "reached": when} for step, when in facts.get("stages", {}).items()]
    yield StrategyVersion, facts.get("versions", [])
    yield StrategyConsultation, facts.get("consultations", [])


def _write_threats(facts: dict[str, Any], row: dict[str, Any]) -> None:
    classes = ThreatClass.objects.in_bulk(field_name="code")
    ThreatLevel.objects.current().filter(state_id=row["state_id"]).update(is_current=False)
    ThreatLevel.objects.bulk_create(
        ThreatLevel(
            threat=classes[code],
            level=said["level"],
            trend=said.get("trend") or "",
            source_note=said.get("source") or facts.get("source") or "",
            **row,
        )
        for code, said in facts.items()
        if code in classes and said.get("level")
    )


def _write_requests(facts: dict[str, Any], row: dict[str, Any]) -> None:
    """A need that is asked for again in the same words keeps the answer it had."""
    before = SupportRequest.objects.current().filter(state_id=row["state_id"])
    answers = {(request.point, request.need): request.answer for request in before}
    before.update(is_current=False)
    new = SupportRequest.Answer.NEW
    SupportRequest.objects.bulk_create(
        SupportRequest(point=int(point), need=need, answer=answers.get((int(point), need), new), **row)
        for point, need in facts.items()
        if need
    )


WRITERS: dict[str, Callable[[dict[str, Any], dict[str, Any]], None]] = {
    "csirt": _write_csirt,
    "strategy": _write_strategy,
    "threats": _write_threats,
    "requests": _write_requests,
}
