"""An acceptance is withdrawn only with a reason, and leaves the profile as it was before."""

import uuid

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from capability.actions.accepting import accept_update
from capability.actions.reviewing import accept_unchanged, decide
from capability.actions.sharing import set_sharing
from capability.actions.withdrawing import withdraw_acceptance
from capability.models import (
    Answer,
    AnswerDecision,
    CsirtStatus,
    StrategyStatus,
    Submission,
    SupportRequest,
    ThreatClass,
    ThreatLevel,
    Update,
    UpdateMove,
)
from common.scope import PROGRAMME, reach_of, scope
from notices.models import Mail
from notices.sending import write
from review.actions import Refused
from tests.factories.capability import four, make_round, make_update

PAGE = "/states/chile/updates/2026-2/review/withdraw/"
WHY = "The law was not yet published."


def facts(number):
    return {
        "csirt": {"status": "operational", "name": f"CSIRT {number}"},
        "strategy": {"step": "drafting", "title": f"Strategy {number}"},
        "threats": {"fraud": {"level": "high" if number > 1 else "low"}},
        "requests": {"2": f"Course {number}"},
    }


def send(update, by, number, without=()):
    with scope(PROGRAMME):
        sent = Submission.objects.create(
            update_sent=update, state_id=update.state_id, key=uuid.uuid4(), number=1, submitted_by=by, authors=[by.pk]
        )
        said = {question: given for question, given in facts(number).items() if question not in without}
        for question in facts(number):
            Answer.objects.create(
                submission=sent,
                update=update,
                state_id=update.state_id,
                question=question,
                facts=said.get(question, {}),
            )
        for indicator in update.edition.dimensions.first().factors.all():
            Answer.objects.create(
                submission=sent,
                update=update,
                state_id=update.state_id,
                question=indicator.code,
                indicator=indicator.indicators.get(),
                stage=number,
            )
        Update.objects.filter(pk=update.pk).update(status="submitted")
    return sent


def accept(update, by):
    with scope(reach_of(by)):
        for answer in Answer.objects.filter(update=update).select_related("submission", "update"):
            decide(answer=answer, verdict="accept", comment="", by=by, version=0)
        accept_update(update=update, by=by)


def withdraw(update, by, reason=WHY):
    with scope(reach_of(by)):
        return withdraw_acceptance(update=update, reason=reason, by=by)


def profile():
    """Everything that says what the state is: answers and facts with who sees them."""
    with scope(PROGRAMME):
        answers = Answer.objects.order_by("pk").filter(is_current=True)
        kinds = (CsirtStatus, StrategyStatus, ThreatLevel, SupportRequest)
        return (
            list(answers.values_list("pk", "is_accepted", "audience")),
            [list(kind.objects.current().order_by("pk").values()) for kind in kinds],
        )


@pytest.fixture
def fraud(db):
    return ThreatClass.objects.create(code="fraud", position=1, **four("name", "Fraud"), **four("help", "Fraud"))


@pytest.fixture
def before(edition, manager, chile):
    return make_update(make_round(edition, by=manager, number=1, closed=True), chile)


@pytest.mark.parametrize("without", [(), ("csirt", "threats")])
def test_the_profile_is_what_it_was_before(officer, manager, lead_chl, before, update_chl, fraud, without):
    send(before, lead_chl, 1)
    accept(before, officer)
    send(update_chl, lead_chl, 3, without)
    was = profile()
    accept(update_chl, officer)
    assert profile() != was

    withdraw(update_chl, manager)

    assert profile() == was
    with scope(PROGRAMME):
        update = Update.objects.get(pk=update_chl.pk)
        assert (update.status, update.accepted_at, update.audience) == ("submitted", None, "programme")
        assert not Answer.objects.filter(update=update_chl, is_accepted=True).exists()
        assert Answer.objects.filter(update=update_chl).count() == 4 + 4
        assert not AnswerDecision.objects.filter(answer__update=update_chl, is_released=True).exists()


def test_of_a_first_update_nothing_is_left_but_what_was_known(officer, manager, lead_chl, chile, update_chl, fraud):
    with scope(PROGRAMME):
        CsirtStatus.objects.create(state=chile, status="planned")
        StrategyStatus.objects.create(state=chile, step="initiation")
    was = profile()
    send(update_chl, lead_chl, 2)
    accept(update_chl, officer)

    withdraw(update_chl, manager)

    assert profile() == was


def test_it_can_be_accepted_again_and_each_time_the_state_is_told(
    officer, manager, lead_chl, before, update_chl, fraud
):
    send(before, lead_chl, 1)
    accept(before, officer)
    send(update_chl, lead_chl, 3)
    accept(update_chl, officer)
    withdraw(update_chl, manager)

    with scope(reach_of(officer)):
        accept_unchanged(update=update_chl, by=officer)
        accept_update(update=update_chl, by=officer)

    with scope(PROGRAMME):
        assert CsirtStatus.objects.current().get().name == "CSIRT 3"
        assert Mail.objects.filter(kind="update accepted", object_id=update_chl.pk, person=lead_chl).count() == 2
        assert Mail.objects.filter(kind="acceptance withdrawn", person=lead_chl).count() == 1


def test_a_fact_that_staff_wrote_since_stands(officer, manager, lead_chl, chile, before, update_chl, fraud):
    send(before, lead_chl, 1)
    accept(before, officer)
    send(update_chl, lead_chl, 3)
    accept(update_chl, officer)
    with scope(PROGRAMME):
        CsirtStatus.objects.update(is_current=False)
        newer = CsirtStatus.objects.create(state=chile, status="none")

    withdraw(update_chl, manager)

    with scope(PROGRAMME):
        assert CsirtStatus.objects.current().get() == newer


def test_sharing_that_changed_since_holds(officer, manager, lead_chl, chile, before, update_chl, fraud):
    send(before, lead_chl, 1)
    accept(before, officer)
    send(update_chl, lead_chl, 3)
    accept(update_chl, officer)
    with scope(reach_of(lead_chl)):
        set_sharing(state=chile, sharing="public", by=lead_chl)

    withdraw(update_chl, manager)

    with scope(PROGRAMME):
        assert set(Answer.objects.current().values_list("audience", flat=True)) == {"public"}
        assert set(Answer.objects.filter(update=update_chl).values_list("audience", flat=True)) == {"programme"}


def test_not_under_a_later_acceptance(sign_in, officer, manager, lead_chl, before, update_chl, fraud):
    send(before, lead_chl, 1)
    accept(before, officer)
    send(update_chl, lead_chl, 3)
    accept(update_chl, officer)

    with pytest.raises(Refused, match="A later update was accepted: Second update of 2026"):
        withdraw(before, manager)
    client = sign_in(manager)
    page = PAGE.replace("2026-2", "2026-1")
    assert "A later update was accepted" in client.get(page).content.decode()
    assert client.post(page, {"reason": WHY}).status_code == 409
    withdraw(update_chl, manager)
    withdraw(before, manager)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_not_without_a_reason(sign_in, officer, manager, lead_chl, update_chl, fraud, reason):
    send(update_chl, lead_chl, 3)
    accept(update_chl, officer)

    with pytest.raises(Refused, match="Write why"):
        withdraw(update_chl, manager, reason)
    page = sign_in(manager).post(PAGE, {"reason": reason})

    assert page.status_code == 422
    assert "Write why the acceptance is withdrawn." in page.content.decode()


def test_not_twice_and_not_before(manager, officer, lead_chl, update_chl, fraud):
    send(update_chl, lead_chl, 3)
    with pytest.raises(Refused, match="is not accepted"):
        withdraw(update_chl, manager)
    accept(update_chl, officer)
    withdraw(update_chl, manager)
    with pytest.raises(Refused, match="is not accepted"):
        withdraw(update_chl, manager)


def test_the_page_says_what_will_happen_and_does_it(sign_in, officer, manager, lead_chl, before, update_chl, fraud):
    send(before, lead_chl, 1)
    accept(before, officer)
    send(update_chl, lead_chl, 3)
    accept(update_chl, officer)
    client = sign_in(manager)
    words = client.get(PAGE).content.decode()
    assert (
        "8 answers leave the profile of Chile. It shows again what was accepted before: First update of 2026." in words
    )

    page = client.post(PAGE, {"reason": WHY}, follow=True)

    assert WHY in page.content.decode()
    with scope(PROGRAMME):
        step = UpdateMove.objects.latest("pk")
        assert (step.status_before, step.status_after, step.by, step.reason) == ("accepted", "submitted", manager, WHY)


def test_a_liaison_is_told_and_reads_the_reason(sign_in, officer, manager, lead_chl, lead_jam, update_chl, fraud):
    send(update_chl, lead_chl, 3)
    accept(update_chl, officer)
    step = withdraw(update_chl, manager)

    with scope(PROGRAMME):
        mail = Mail.objects.get(kind="acceptance withdrawn")
        foreign = Mail(kind=mail.kind, object_id=step.pk, person=lead_jam)
    lead_chl.language = "en"
    lead_chl.save()
    mail.person = lead_chl
    message = write(mail)
    assert (mail.person_id, message.subject) == (
        lead_chl.pk,
        "Chile: acceptance withdrawn, Second update of 2026",
    )
    assert "/states/chile/updates/2026-2/submissions/1/" in message.body
    assert write(foreign) is None
    client = sign_in(lead_chl)
    for path in ("", "submissions/1/"):
        assert WHY in client.get(f"/states/chile/updates/2026-2/{path}").content.decode()


def test_the_trail_shows_it(sign_in, officer, manager, lead_chl, update_chl, fraud):
    send(update_chl, lead_chl, 3)
    accept(update_chl, officer)
    since = timezone.now()
    withdraw(update_chl, manager)

    with scope(reach_of(officer)):
        entry = AuditEntry.objects.of(update_chl).filter(at__gte=since).get()
        changes = {column: (old, new) for column, old, new in entry.changes}
        assert (entry.by_id, changes["status"]) == (manager.pk, ("accepted", "submitted"))
        removed = AuditEntry.objects.filter(verb="D", at__gte=since).values_list("model", flat=True)
        assert set(removed) == {
            "capability.csirtstatus",
            "capability.strategystatus",
            "capability.threatlevel",
            "capability.supportrequest",
        }
    assert "Accepted" in sign_in(officer).get("/states/chile/updates/2026-2/history/").content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [("officer", 403), ("observer", 403), ("lead_chl", 403), ("lead_jam", 404), ("admin", 404), ("outsider", 404)],
)
def test_only_managers(sign_in, request, officer, manager, lead_chl, update_chl, fraud, role, status):
    send(update_chl, lead_chl, 3)
    accept(update_chl, officer)
    client = sign_in(request.getfixturevalue(role))

    assert client.get(PAGE).status_code == status
    assert client.post(PAGE, {"reason": WHY}).status_code == status
