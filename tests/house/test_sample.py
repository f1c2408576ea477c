"""The sample of the trial, and the commands that begin a portal."""

from collections import Counter
from io import StringIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

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
    loaded = [load_sample()]
    make_person("Somebody Added")  # in the administration of the trial
    loaded.append(load_sample())

    last, now = Round.objects.order_by("opened_at")
    with scope(PROGRAMME, read_only=True):
        before = Counter(Update.objects.filter(round=last).values_list("status", flat=True))
        under_way = Counter(update.display_status for update in Update.objects.filter(round=now))
        waiting = Mail.objects.exclude(status="done").count()
        profiles = Answer.objects.current().filter(indicator__factor__dimension__edition__year=2021)
        crowd = profiles.values("state").distinct().count()
        comments = AnswerDecision.objects.filter(verdict="return", is_released=True).count()

    assert loaded == [True, False]
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


def test_sample_refuses_a_database_with_real_people(trial: None) -> None:
    make_person("Real Person")

    with pytest.raises(SampleRefused, match="real people"):
        load_sample()


def test_sample_refuses_what_is_no_trial(trial: None, settings: Any) -> None:
    settings.TRIAL = False

    with pytest.raises(SampleRefused, match="OAS_TRIAL=1"):
        load_sample()


def said(*command: str) -> str:
    words = StringIO()
    call_command(*command, stdout=words)
    return words.getvalue()


def test_prepare_loads_once_and_is_quick_after(db: None) -> None:
    first, second = said("prepare", "--empty"), said("prepare", "--empty")

    assert "Published data: 2608 rows, 2608 added, 0 changed" in first
    assert second == ""


def test_sign_in_link_opens_the_trial_once(lead_jam: Any, client: Client, settings: Any) -> None:
    settings.TRIAL = True
    path = urlsplit(said("sign_in", "liaison", "jamaica").splitlines()[-1]).path

    shown, used, again = client.get(path), client.post(path), Client().get(path)

    assert (shown.status_code, used.status_code, again.status_code) == (200, 302, 404)
    assert client.session["_auth_user_id"] == str(lead_jam.pk)


def test_sign_in_links_belong_to_the_trial(db: None, settings: Any) -> None:
    settings.TRIAL = False

    with pytest.raises(CommandError, match="belong to the trial"):
        call_command("sign_in", "officer")


def test_first_manager_comes_in_by_an_invitation(db: None, client: Client) -> None:
    lost = urlsplit(said("invite", "Director@OAS.example", "Dora Director").splitlines()[-1]).path
    path = urlsplit(said("invite", "Director@OAS.example", "Dora Director").splitlines()[-1]).path
    phrase = "seven ripe mangoes fell"

    client.post(path, {"password1": phrase, "password2": phrase})

    person = User.objects.get()
    assert (person.email, person.staff_roles) == ("director@oas.example", frozenset({"manager"}))
    assert Client().get(lost).status_code == 404


def test_invite_is_for_the_first_manager_only(manager: Any) -> None:
    with pytest.raises(CommandError, match="already"):
        call_command("invite", "second@example.org", "Second")
