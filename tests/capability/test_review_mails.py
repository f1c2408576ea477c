"""The mails about rounds and updates: one for each, in the language of the reader, and only while they concern them."""

import pytest

from capability.models import Update
from common.scope import PROGRAMME, scope
from notices.models import Mail
from notices.sending import write
from tests.factories.capability import make_accepted, make_submitted


def mail_to(person, kind, object_id):
    with scope(PROGRAMME):
        return Mail(kind=kind, object_id=object_id, person=person)


def returned(submission):
    with scope(PROGRAMME):
        Update.objects.filter(pk=submission.update_sent_id).update(status="returned")
    return submission


def test_round_opened(update_chl, lead_chl):
    message = write(mail_to(lead_chl, "round opened", update_chl.pk))

    assert message.subject.startswith("Chile: ")
    assert "/states/chile/updates/2026-2/" in message.body


def test_update_waiting(update_chl, lead_chl, officer):
    make_submitted(update_chl, by=lead_chl)

    message = write(mail_to(officer, "update waiting", update_chl.pk))

    assert message.subject == "Chile: update waiting for review, Second update of 2026"
    assert "/states/chile/updates/2026-2/review/" in message.body


def test_update_returned(update_jam, lead_jam):
    submission = returned(make_submitted(update_jam, by=lead_jam))

    message = write(mail_to(lead_jam, "update returned", submission.pk))

    assert message.subject == "Jamaica: answers returned, Second update of 2026"
    assert "/states/jamaica/updates/2026-2/" in message.body


def test_update_accepted(update_jam, lead_jam):
    make_accepted(update_jam, by=lead_jam)

    message = write(mail_to(lead_jam, "update accepted", update_jam.pk))

    assert message.subject == "Jamaica: update accepted, Second update of 2026"


@pytest.mark.parametrize("kind", ["round opened", "update waiting", "update accepted"])
def test_no_mail_about_another_states_update(update_chl, lead_chl, lead_jam, kind):
    make_accepted(update_chl, by=lead_chl, audience="public")

    assert write(mail_to(lead_jam, kind, update_chl.pk)) is None


def test_no_mail_once_it_is_over(update_chl, update_jam, lead_chl, lead_jam, officer, observer):
    make_accepted(update_chl, by=lead_chl)
    submission = make_submitted(update_jam, by=lead_jam)

    assert write(mail_to(officer, "update waiting", update_chl.pk)) is None
    assert write(mail_to(observer, "update waiting", update_jam.pk)) is None
    assert write(mail_to(lead_jam, "update returned", submission.pk)) is None
