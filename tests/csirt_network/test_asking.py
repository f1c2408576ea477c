"""Mails that ask somebody of the network for something: who gets them, in which language, and until when."""

from datetime import UTC, datetime

import pytest

from accounts.models import User
from common.scope import PROGRAMME, reach_of, scope
from csirt_network.actions.maturity import answer_request, ask_for_review, close_review
from csirt_network.actions.publishing import ask_for_second, countersign
from csirt_network.actions.writing import Written, rewrite, write
from csirt_network.models import Recipient
from notices.models import Mail
from notices.sending import write as written_to
from review.actions import Refused
from tests.factories.csirt_network import make_assessment

pytestmark = pytest.mark.django_db
SENT = datetime(2026, 5, 4, 12, tzinfo=UTC)
LANGUAGES = ("en", "es", "fr", "pt-br")
FACTS = {"kind": "warning", "tlp": "AMBER", "rsit": ["fraud"], "language": "en", "title_en": "CANARY-title"}


def do(action, by, **given):
    """In the scope of whoever does it."""
    person = User.objects.get(pk=by.pk)
    with scope(reach_of(person)):
        return action(by=person, **given)


def told(kind):
    with scope(PROGRAMME):
        return {mail.person.pk: mail for mail in Mail.objects.filter(kind=kind).select_related("person")}


@pytest.fixture
def review(csirt_chl, csirt_jam, rep_chl, rep_jam):
    sent = make_assessment(csirt_chl, rep_chl, {"O-1": 2}, sent_at=SENT, evidence="CANARY-proof")
    return do(ask_for_review, rep_chl, assessment=sent, reviewer=csirt_jam, message="CANARY-message")


@pytest.fixture
def draft(csirt_chl, csirt_jam, rep_chl, analyst_chl):
    """Beyond the team's sub-region, and so wider than usual."""
    written = Written(columns=FACTS | {"happening_en": "x"}, recipients=[Recipient(kind="team", team=csirt_jam)])
    return do(write, rep_chl, written=written, origin=csirt_chl)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_asked_team_is_told_and_what_was_written_stays_inside(review, csirt_chl, rep_jam, speaks, language):
    speaks(rep_jam, language)
    mails = told("review asked")

    letter = written_to(mails[rep_jam.pk])

    assert set(mails) == {rep_jam.pk}
    assert csirt_chl.name in letter.subject
    assert f"/network/reviews/{review.pk}/" in letter.body
    assert "CANARY" not in letter.subject + letter.body


def test_once_somebody_answered_or_it_is_closed_nobody_is_asked(review, rep_chl, rep_jam):
    (mail,) = told("review asked").values()

    do(answer_request, rep_jam, review=review, is_accepted=True)

    assert written_to(mail) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("is_accepted", [True, False])
def test_the_asking_team_hears_the_answer(review, csirt_jam, rep_chl, rep_jam, speaks, language, is_accepted):
    speaks(rep_chl, language)
    do(answer_request, rep_jam, review=review, is_accepted=is_accepted)
    mails = told("review answered")

    letter = written_to(mails[rep_chl.pk])

    assert set(mails) == {rep_chl.pk}
    assert csirt_jam.name in letter.subject
    if language == "en":
        assert ("until you close" in letter.body, "ask another team" in letter.body) == (is_accepted, not is_accepted)


def test_the_answer_to_a_review_that_was_closed_is_no_news(review, rep_chl, rep_jam):
    do(answer_request, rep_jam, review=review, is_accepted=True)
    do(close_review, rep_chl, review=review)

    assert written_to(told("review answered")[rep_chl.pk]) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_may_countersign_is_asked_once_for_each_text(draft, rep_chl, analyst_chl, rep_jam, speaks, language):
    speaks(analyst_chl, language)
    assert do(ask_for_second, rep_chl, alert=draft) == 1
    do(ask_for_second, rep_chl, alert=draft)
    mails = told("second asked")

    letter = written_to(mails[analyst_chl.pk])

    assert set(mails) == {analyst_chl.pk}
    assert "TLP:AMBER" in letter.subject
    assert f"/alerts/{draft.pk}/preview/" in letter.body
    assert "CANARY" not in letter.subject + letter.body


def test_once_it_is_countersigned_nobody_is_asked(draft, rep_chl, analyst_chl):
    do(ask_for_second, rep_chl, alert=draft)
    mail = told("second asked")[analyst_chl.pk]
    assert written_to(mail)

    do(countersign, analyst_chl, alert=draft)

    assert written_to(mail) is None
    with pytest.raises(Refused, match="Nobody needs"):
        do(ask_for_second, rep_chl, alert=draft)


def test_who_changed_it_is_not_asked_any_more(draft, csirt_jam, rep_chl, analyst_chl):
    do(ask_for_second, rep_chl, alert=draft)
    again = Written(columns=FACTS | {"happening_en": "y"}, recipients=[Recipient(kind="team", team=csirt_jam)])

    do(rewrite, analyst_chl, alert=draft, written=again, edited=0)

    assert written_to(told("second asked")[analyst_chl.pk]) is None


def test_the_button_stands_on_the_preview(draft, rep_chl, analyst_chl, sign_in):
    browser = sign_in(rep_chl)

    assert "Ask colleagues to look at it" in browser.get(f"/alerts/{draft.pk}/preview/").content.decode()
    asked = browser.post(f"/alerts/{draft.pk}/ask/", follow=True)

    assert "1 person is asked by mail." in asked.content.decode()
