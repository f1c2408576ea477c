"""A state writes what it says; that it is accepted, and who sees it, the programme alone writes."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from capability.models import Answer, Update
from common.scope import Reach, scope
from tests.factories.capability import make_submitted

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "facts", [{"is_accepted": True}, {"is_accepted": True, "is_current": True}, {"audience": "public"}]
)
def test_no_state_accepts_or_shares_its_own_answers(update_chl: Any, lead_chl: Any, facts: dict[str, Any]) -> None:
    make_submitted(update_chl, by=lead_chl)

    with scope(Reach(states=(update_chl.state_id,), person=lead_chl.pk)):
        answers = Answer.objects.filter(update=update_chl)
        assert answers.exists()
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            answers.update(**facts)


@pytest.mark.parametrize("facts", [{"status": "accepted", "accepted_at": "2026-01-01T00:00Z"}, {"audience": "public"}])
def test_no_state_accepts_its_own_update(update_chl: Any, lead_chl: Any, facts: dict[str, Any]) -> None:
    make_submitted(update_chl, by=lead_chl)

    ours = Reach(states=(update_chl.state_id,), person=lead_chl.pk)
    with pytest.raises(DatabaseError, match="row-level security"), scope(ours):
        Update.objects.filter(pk=update_chl.pk).update(**facts)
