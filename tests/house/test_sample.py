"""The sample of the trial, and the commands that begin a portal."""

from collections import Counter
from typing import Any

import pytest

from accounts.models import User
from capability.imports import load_reference
from capability.models import Answer, AnswerDecision, DraftAnswer, Round, Update
from common.scope import PROGRAMME, Reach, scope
from member_states.models import Liaison
from notices.models import Mail
from oas_cyber.sample import SampleRefused, load_sample
from tests.factories.accounts import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def trial(db: None, settings: Any) -> None:
    settings.TRIAL = True
    load_reference()


def test_sample_shows_two_rounds_at_every_point_of_their_life(trial: None) -> None:
    load_sample()

    last, now = Round.objects.order_by("opened_at")
    with scope(PROGRAMME, read_only=True):
        before = Counter(Update.objects.filter(round=last).values_list("status", flat=True))
        under_way = Counter(update.display_status for update in Update.objects.filter(round=now))
        waiting = Mail.objects.exclude(status="done").count()
        profiles = Answer.objects.current().filter(indicator__factor__dimension__edition__year=2021)
        crowd = profiles.values("state").distinct().count()
        comments = AnswerDecision.objects.filter(verdict="return", is_released=True).count()

    assert (last.is_open, now.is_open) == (False, True)
    assert before == {"accepted": 26, "draft": 6}
    assert under_way == {"accepted": 9, "submitted": 6, "returned": 3, "draft": 5, "not_started": 9}
    assert (waiting, crowd) == (0, 26)
    assert comments >= 3 + 3


def test_drafts_of_the_sample_are_closed_to_staff(trial: None) -> None:
    load_sample()
    camila = User.objects.get(email="camila.muestra@example.org")
    chile = Liaison.objects.get(person=camila).state_id

    with scope(PROGRAMME, read_only=True):
        seen_by_staff = DraftAnswer.objects.count()
    with scope(Reach(states=(chile,), person=camila.pk), read_only=True):
        seen_by_chile = DraftAnswer.objects.filter(update__round__closed_at=None).count()

    assert (seen_by_staff, seen_by_chile) == (0, 14)


def test_sample_is_loaded_once(trial: None) -> None:
    assert [load_sample(), load_sample()] == [True, False]


def test_sample_refuses_a_database_with_real_people(trial: None) -> None:
    make_person("Real Person")

    with pytest.raises(SampleRefused, match="real people"):
        load_sample()


def test_sample_refuses_what_is_no_trial(trial: None, settings: Any) -> None:
    settings.TRIAL = False

    with pytest.raises(SampleRefused, match="OAS_TRIAL=1"):
        load_sample()
