"""Updates at every point of their life, written in the scopes that may write them."""

import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from capability.models import (
    Answer,
    Dimension,
    DraftAnswer,
    Edition,
    Factor,
    Indicator,
    Round,
    StageSentence,
    Submission,
    Update,
)
from common.scope import PROGRAMME, Reach, scope
from member_states.models import MemberState

DIMENSIONS = (
    ("policy-and-strategy", 4),
    ("culture-and-society", 5),
    ("knowledge-and-capabilities", 4),
    ("legal-and-regulatory", 4),
    ("standards-and-technologies", 6),
)


def four(prefix: str, text: str) -> dict[str, str]:
    return {f"{prefix}_{suffix}": f"{text} {suffix}" for suffix in ("en", "es", "fr", "pt_br")}


def make_edition(year: int = 2021) -> Edition:
    edition = Edition.objects.create(year=year, is_rated_by_states=year == 2021, **four("name", f"Edition {year}"))
    dimensions = Dimension.objects.bulk_create(
        Dimension(
            edition=edition,
            code=f"D{d}",
            slug=slug if year == 2021 else f"{slug}-{year}",
            position=d,
            **four("name", slug),
            **four("short", slug),
        )
        for d, (slug, _) in enumerate(DIMENSIONS, start=1)
    )
    factors = Factor.objects.bulk_create(
        Factor(
            dimension=dimension,
            code=f"{dimension.code}.{f}",
            position=f,
            **four("name", f"Factor {dimension.code}.{f}"),
            **four("short", f"{dimension.code}.{f}"),
            **four("question", f"How is {dimension.code}.{f}?"),
        )
        for dimension, (_, count) in zip(dimensions, DIMENSIONS, strict=True)
        for f in range(1, count + 1)
    )
    indicators = Indicator.objects.bulk_create(
        Indicator(factor=factor, number=n, code=factor.code, **four("name", factor.name_en[:-3]))
        for n, factor in enumerate(factors, start=1)
    )
    StageSentence.objects.bulk_create(
        StageSentence(indicator=indicator, stage=stage, **four("text", f"{indicator.code} at stage {stage}"))
        for indicator in indicators
        for stage in range(1, 6)
    )
    return edition


def make_round(edition: Edition, *, by: User, year: int = 2026, number: int = 2, closed: bool = False) -> Round:
    today, now = timezone.localdate(), timezone.now()
    closing = {"closed_by": by, "closed_at": now} if closed else {}
    return Round.objects.create(
        year=year,
        number=number,
        slug=f"{year}-{number}",
        edition=edition,
        period_from=today - timedelta(days=150),
        period_to=today,
        due_on=today + timedelta(days=9),
        opened_by=by,
        opened_at=now - timedelta(days=20),
        **closing,
    )


def make_update(round: Round, state: MemberState, **facts: Any) -> Update:
    with scope(PROGRAMME):
        return Update.objects.create(round=round, state=state, edition=round.edition, **facts)


def make_draft(update: Update, question: str, *, by: User, stage: int | None = 2, **facts: Any) -> DraftAnswer:
    with scope(Reach(states=(update.state_id,), person=by.pk)):
        indicator = Indicator.objects.filter(code=question, factor__dimension__edition=update.edition).first()
        return DraftAnswer.objects.create(
            update=update,
            state_id=update.state_id,
            question=question,
            indicator=indicator,
            stage=stage if indicator else None,
            saved_by=by,
            authors=[by.pk],
            is_complete=True,
            **facts,
        )


def make_submitted(
    update: Update, *, by: User, stage: int = 2, text: str = "", number: int = 1, facts: dict[str, Any] | None = None
) -> Submission:
    """`update` as sent by `by`: every indicator at `stage`; `facts` of the four other sections, else empty."""
    with scope(PROGRAMME):
        submission = Submission.objects.create(
            update_sent=update,
            state_id=update.state_id,
            key=uuid.uuid4(),
            number=number,
            submitted_by=by,
            authors=[by.pk],
        )
        indicators = Indicator.objects.filter(factor__dimension__edition=update.edition)
        rated = [(i.code, i, stage, text or f"{update.state.slug} {i.code}") for i in indicators]
        others = [(question, None, None, "") for question in ("csirt", "strategy", "threats", "requests")]
        Answer.objects.bulk_create(
            Answer(
                submission=submission,
                update=update,
                state_id=update.state_id,
                question=question,
                indicator=indicator,
                stage=given,
                text=words,
                facts=(facts or {}).get(question, {}),
            )
            for question, indicator, given, words in [*rated, *others]
        )
        Update.objects.filter(pk=update.pk).update(status="submitted", answered=27)
    update.status = "submitted"
    return submission


def make_accepted(
    update: Update,
    *,
    by: User,
    stage: int = 2,
    audience: str = "programme",
    facts: dict[str, Any] | None = None,
    number: int = 1,
) -> Submission:
    """`update` as accepted: its answers are the state's profile."""
    submission = make_submitted(update, by=by, stage=stage, facts=facts, number=number)
    with scope(PROGRAMME):
        Answer.objects.filter(state_id=update.state_id, is_current=True).update(is_current=False)
        submission.answers.update(is_accepted=True, is_current=True, audience=audience)
        Update.objects.filter(pk=update.pk).update(
            status="accepted", accepted_at=timezone.now(), audience=audience, answered=27
        )
    update.status = "accepted"
    return submission
