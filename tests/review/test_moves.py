"""A status changes by a way of the table, once, and what moved is written down."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from capability.models import Update, UpdateMove
from common.scope import PROGRAMME, scope
from review.actions import Refused, move
from review.states import ACCEPT, SUBMIT, WITHDRAW_ACCEPTANCE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _programme() -> Any:
    with scope(PROGRAMME):
        yield


def statuses() -> dict[int, tuple[str, int]]:
    return {row.pk: (row.status, row.version) for row in Update.objects.all()}


def test_one_moves_and_the_others_stay(update_chl: Any, update_jam: Any, lead_chl: Any) -> None:
    before = statuses()
    together = {"answered": 3}

    step = move(update_chl, SUBMIT, moves=UpdateMove, by=lead_chl, state_id=update_chl.state_id, together=together)

    assert (step.subject, step.by, step.reason) == (update_chl, lead_chl, "")
    assert (step.status_before, step.status_after) == ("draft", "submitted")
    assert update_chl.status == "submitted"
    assert statuses() == before | {update_chl.pk: ("submitted", before[update_chl.pk][1] + 1)}
    assert Update.objects.get(pk=update_chl.pk).answered == 3


def test_from_elsewhere_it_is_refused_whatever_the_asker_believes(update_chl: Any, officer: Any) -> None:
    update_chl.status = "submitted"  # as a page that is an hour old says

    with pytest.raises(Refused, match="not waiting for review any more"):
        move(update_chl, ACCEPT, moves=UpdateMove, by=officer, state_id=update_chl.state_id)

    assert statuses() == {update_chl.pk: ("draft", update_chl.version)}
    assert not UpdateMove.objects.exists()


@pytest.mark.parametrize("reason", ["", " \n"])
def test_what_wants_a_reason_is_refused_without_one(update_chl: Any, manager: Any, reason: str) -> None:
    Update.objects.filter(pk=update_chl.pk).update(status="accepted", accepted_at=timezone.now())

    with pytest.raises(Refused, match="Write why"):
        move(
            update_chl,
            WITHDRAW_ACCEPTANCE,
            moves=UpdateMove,
            by=manager,
            state_id=update_chl.state_id,
            reason=reason,
        )


def test_of_two_at_once_the_second_waits_for_the_first(update_chl: Any, lead_chl: Any) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        move(update_chl, SUBMIT, moves=UpdateMove, by=lead_chl, state_id=update_chl.state_id)

    reads = [one["sql"] for one in asked if one["sql"].startswith("SELECT")]
    assert reads[0].endswith("FOR UPDATE")
