"""Assessing, sending and reviewing by SIM3, and the profiles that staff keep."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from csirt_network.actions.files import keep
from csirt_network.freshness import representatives_of
from csirt_network.models import (
    Assessment,
    ParameterLevel,
    PeerRemark,
    PeerReview,
    ProfileLevel,
    ProofFile,
    ReviewAnswer,
    Sim3Profile,
    Team,
)
from notices.outbox import post

REVIEW_ASKED, REVIEW_ANSWERED = "review asked", "review answered"
SAID = ("level", "evidence", "link", "note")
KEPT = ("code", "name", "media_type", "size", "sha256", "content")
NO_UPLOADS: Mapping[str, Any] = {}


class ChangedMeanwhile(Exception):
    """Somebody else of the team saved in the meantime."""


class NothingAssessed(Exception):
    """An assessment without a single level says nothing."""


@transaction.atomic
def start_assessment(*, team: Team, by: Any) -> Assessment:
    """Begins with what the last one said; while a draft stands, that one comes back."""
    Team.objects.select_for_update(no_key=True).get(pk=team.pk)  # a button pressed twice waits here
    mine = Assessment.objects.visible_to(by).filter(team=team)
    if draft := mine.drafts().first():
        return draft
    last = mine.order_by("-version").first()
    number = mine.aggregate(last=Max("version"))["last"] or 0
    new = Assessment.objects.create(team=team, state_id=team.state_id, version=number + 1, started_by=by)
    told = last.levels.values("code", *SAID) if last else ()
    ParameterLevel.objects.bulk_create(ParameterLevel(assessment=new, **row) for row in told)
    proofs = last.proofs.values(*KEPT) if last else ()
    ProofFile.objects.bulk_create(ProofFile(assessment=new, by=by, **row) for row in proofs)
    return new


@transaction.atomic
def save_levels(
    *,
    assessment: Assessment,
    levels: Iterable[ParameterLevel],
    edited: int,
    by: Any,
    uploads: Mapping[str, Any] = NO_UPLOADS,
    taken_away: Collection[str] = (),
) -> None:
    """With files by parameter; a new one replaces the one before.

    Raises ChangedMeanwhile when the page was made of an older state, and documents' Refused for a file that cannot be
    kept; then nothing is saved.
    """
    mine = Assessment.objects.visible_to(by).drafts().filter(pk=assessment.pk, edited=edited)
    if not mine.update(edited=edited + 1):
        raise ChangedMeanwhile
    for level in levels:
        level.assessment = assessment
    ParameterLevel.objects.bulk_create(
        levels, update_conflicts=True, unique_fields=("assessment", "code"), update_fields=SAID
    )
    ProofFile.objects.filter(assessment=assessment, code__in={*uploads, *taken_away}).delete()
    for code, upload in uploads.items():
        keep(ProofFile(assessment=assessment, code=code, by=by), upload=upload)


@transaction.atomic
def send_assessment(*, assessment: Assessment, by: Any) -> None:
    """Sent twice it is sent once. Raises NothingAssessed."""
    draft = Assessment.objects.visible_to(by).drafts().select_for_update().filter(pk=assessment.pk).first()
    if draft is None:
        return
    if not draft.levels.filter(level__isnull=False).exists():
        raise NothingAssessed
    draft.sent_at, draft.sent_by = timezone.now(), by
    draft.save(update_fields=["sent_at", "sent_by"])


@transaction.atomic
def ask_for_review(*, assessment: Assessment, reviewer: Team, message: str, by: Any) -> PeerReview:
    """The same team asked twice while the review is open: the same review comes back."""
    held = Assessment.objects.visible_to(by).sent().get(pk=assessment.pk)
    facts = {"team_id": held.team_id, "state_id": held.state_id, "message": message, "asked_by": by}
    known = PeerReview.objects.visible_to(by).open()
    review, _is_new = known.get_or_create(assessment=held, reviewer=reviewer, closed_at=None, defaults=facts)
    post(kind=REVIEW_ASKED, object_id=review.pk, people=representatives_of(reviewer))
    return review


@transaction.atomic
def answer_request(*, review: PeerReview, is_accepted: bool, by: Any) -> ReviewAnswer:
    """Answered once; who comes second gets what was said first."""
    answer, _is_new = ReviewAnswer.objects.get_or_create(review=review, defaults={"is_accepted": is_accepted, "by": by})
    post(kind=REVIEW_ANSWERED, object_id=review.pk, people=representatives_of(review.team))
    return answer


@transaction.atomic
def save_remarks(*, review: PeerReview, remarks: Iterable[PeerRemark], by: Any) -> None:
    held = PeerReview.objects.visible_to(by).open().asked_of(by).get(pk=review.pk, answer__is_accepted=True)
    for remark in remarks:
        remark.review = held
    PeerRemark.objects.bulk_create(
        remarks, update_conflicts=True, unique_fields=("review", "code"), update_fields=("level", "remark")
    )


@transaction.atomic
def close_review(*, review: PeerReview, by: Any) -> None:
    mine = PeerReview.objects.visible_to(by).open().filter(pk=review.pk)
    mine.update(closed_at=timezone.now(), closed_by=by)


@transaction.atomic
def save_profile(*, profile: Sim3Profile, levels: dict[str, int], by: Any) -> Sim3Profile:
    """The levels as they are now; a parameter left out needs none."""
    if profile.pk is None:
        profile.made_by = by
    profile.save()
    profile.levels.exclude(code__in=levels).delete()
    rows = [ProfileLevel(profile=profile, code=code, level=level) for code, level in levels.items()]
    ProfileLevel.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=("profile", "code"), update_fields=("level",)
    )
    return profile
