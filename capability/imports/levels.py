"""The 1,568 levels published in 2016, as each state's accepted baseline of that edition."""

from collections import defaultdict
from datetime import UTC, datetime

from capability.imports.framework import FOLDER, indicators_of
from capability.models import Answer, Edition, Update
from documents.loading import Change, rows_of
from member_states.imports import by_code
from member_states.models import MemberState, Sharing
from review.states import Status

PUBLISHED_AT = datetime(2016, 3, 14, 12, tzinfo=UTC)  # the report was presented that day (E-030/16)


def load_levels() -> Change:
    """Published levels never change, so only missing ones are added."""
    states, levels = by_code(), _levels()
    baselines = _baselines([states[code] for code in levels])
    there = set(Answer.objects.filter(update__in=baselines.values()).values_list("state_id", "question"))
    indicators = indicators_of(2016)
    missing = [
        Answer(
            update=baselines[states[code].pk],
            state=states[code],
            question=question,
            indicator=indicators[question],
            stage=stage,
            is_changed=False,
            is_accepted=True,
            is_current=True,
            audience=Sharing.PUBLIC,
        )
        for code, answers in levels.items()
        for question, stage in answers.items()
        if (states[code].pk, question) not in there
    ]
    Answer.objects.bulk_create(missing)
    return Change(sum(map(len, levels.values())), len(missing), 0)


def _levels() -> dict[str, dict[str, int]]:
    levels: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows_of(FOLDER / "cmm_levels_2016.csv"):
        levels[row["iso_alpha3"]][f"16-{row['indicator_no']}"] = int(row["level"])
    return levels


def _baselines(states: list[MemberState]) -> dict[int, Update]:
    """By state; one without a round, which is what a baseline is."""
    edition = Edition.objects.get(year=2016)
    published = Update.objects.filter(edition=edition, round=None)
    there = set(published.values_list("state_id", flat=True))
    Update.objects.bulk_create(
        Update(
            state=state,
            edition=edition,
            status=Status.ACCEPTED,
            answered=49,
            accepted_at=PUBLISHED_AT,
            audience=Sharing.PUBLIC,
        )
        for state in states
        if state.pk not in there
    )
    return {update.state_id: update for update in published.all()}
