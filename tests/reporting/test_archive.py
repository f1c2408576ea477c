"""What was sent to whom: for staff all of it, for a liaison what she was sent about her state."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from accounts.models import User
from common.scope import PROGRAMME, reach_of, scope
from member_states.models import Liaison
from notices.models import Mail
from notices.preferences import choose
from notices.sending import ACCOUNT_CLOSED, NO_CONCERN, UNWANTED
from notices.work import work
from reporting.models import Delivery, Run
from tests.factories.member_states import make_state
from tests.factories.reporting import make_run, make_schedule
from tests.reporting.queries import questions_of
from tests.reporting.test_progress import make_progress_run

ARCHIVE, TABLE = reverse("run-archive"), reverse("run-archive-table")


def tell(run, *people, days_ago=0):
    at = timezone.now() - timedelta(days=days_ago)
    with scope(PROGRAMME):
        Delivery.objects.bulk_create(
            Delivery(run=run, state_id=run.state_id, person=who, name=who.name, language=who.language, at=at)
            for who in people
        )


@pytest.fixture
def sent(told_chl, manager, officer, chile, lead_chl, deputy_chl):
    """Chile's brief, made for its liaisons and Ana; the mails are on their way."""
    run = make_run(chile, schedule=make_schedule(manager, chile, people=[officer]))
    work(Run, run.pk)
    return run


def send_all():
    with scope(PROGRAMME):
        waiting = list(Mail.objects.filter(status="queued").values_list("pk", flat=True))
    for pk in waiting:
        work(Mail, pk)


def names(response):
    return [one.delivery.name for one in response.context["told"]]


def standing(response):
    return {one.delivery.name: one.look for one in response.context["told"]}


def test_a_finished_run_leaves_a_delivery_for_each_reader(sent, officer, lead_chl, deputy_chl):
    with scope(PROGRAMME):
        told = set(Delivery.objects.filter(run=sent).values_list("person_id", "name", "language", "state_id"))

    assert told == {(who.pk, who.name, who.language, sent.state_id) for who in (officer, lead_chl, deputy_chl)}


def test_a_reminder_of_the_same_report_is_not_its_delivery(sent, manager, sign_in, officer):
    with scope(PROGRAMME):
        told = Mail.objects.get(person=officer)
        facts = {"kind": told.kind, "object_id": told.object_id, "person": officer}
        for other in ({"threshold": "3 days"}, {"kind": "greeting"}, {"object_id": told.object_id + 1000}):
            Mail.objects.create(status="failed", reason="Another mail.", **(facts | other))

    assert standing(sign_in(manager).get(ARCHIVE))[officer.name] == "queued"


def test_the_archive_says_what_came_of_each_mail(sent, manager, sign_in, officer, lead_chl, deputy_chl):
    client = sign_in(manager)
    assert set(standing(client.get(ARCHIVE)).values()) == {"queued"}

    User.objects.filter(pk=deputy_chl.pk).update(is_active=False)
    send_all()
    with scope(PROGRAMME):
        Mail.objects.filter(person=officer).update(status="failed", sent_at=None, reason="The mail server is away.")

    response = client.get(ARCHIVE)
    assert standing(response) == {officer.name: "failed", lead_chl.name: "sent", deputy_chl.name: "none"}
    assert "The mail server is away." in response.content.decode()
    assert "account is closed" in response.content.decode()


def test_what_came_in_a_digest_was_sent_with_it(sent, manager, sign_in, lead_chl):
    with scope(PROGRAMME):
        digest = Mail.objects.create(kind="mail digest", object_id=1, person=lead_chl)
        mails = Mail.objects.filter(person=lead_chl, kind="brief ready")
        mails.update(status="done", sent_at=None, reason="Sent together with others.", digest=digest)
    client = sign_in(manager)
    assert standing(client.get(ARCHIVE))[lead_chl.name] == "queued"

    with scope(PROGRAMME):
        Mail.objects.filter(pk=digest.pk).update(status="done", sent_at=timezone.now())

    assert standing(client.get(ARCHIVE))[lead_chl.name] == "sent"


@pytest.mark.parametrize("left_out", ["not wanted", "no longer read"])
def test_what_a_digest_left_out_was_not_sent(left_out, sent, manager, sign_in, lead_chl):
    with scope(reach_of(lead_chl)):
        choose(person=lead_chl, paces={"reports": "daily"})
    send_all()
    if left_out == "not wanted":
        with scope(reach_of(lead_chl)):
            choose(person=lead_chl, paces={"reports": "never"})
    else:
        Liaison.objects.filter(person=lead_chl).delete()
    with scope(PROGRAMME):
        digest = Mail.objects.get(kind="mail digest", person=lead_chl)
        Mail.objects.filter(pk=digest.pk).update(not_before=timezone.now() - timedelta(minutes=1))

    work(Mail, digest.pk)

    with scope(PROGRAMME):
        mail = Mail.objects.get(kind="brief ready", person=lead_chl)
    assert mail.digest is None
    assert mail.reason == (UNWANTED if left_out == "not wanted" else NO_CONCERN)
    page = sign_in(manager).get(ARCHIVE)
    assert standing(page)[lead_chl.name] == "none"
    assert escape(mail.why) in page.text


def test_what_hangs_on_a_digest_that_was_not_sent_says_why(sent, manager, sign_in, lead_chl):
    with scope(PROGRAMME):
        digest = Mail.objects.create(
            kind="mail digest", object_id=1, person=lead_chl, status="done", reason=ACCOUNT_CLOSED
        )
        mails = Mail.objects.filter(person=lead_chl, kind="brief ready")
        mails.update(status="done", reason="It comes together with others.", digest=digest)

    (told,) = [one for one in sign_in(manager).get(ARCHIVE).context["told"] if one.delivery.person == lead_chl]

    assert (told.look, told.why) == ("none", ACCOUNT_CLOSED)


def test_the_archive_says_who_downloaded_it(sent, manager, sign_in, lead_chl, officer):
    b"".join(sign_in(lead_chl).get(reverse("run-file", args=[sent.pk, "en", "pdf"])).streaming_content)

    told = sign_in(manager).get(ARCHIVE).context["told"]

    assert {one.delivery.name for one in told if one.downloaded_at} == {lead_chl.name}


def test_it_is_narrowed_by_report_state_recipient_and_days(open_round, sign_in, officer, chile, jamaica, lead_jam):
    client = sign_in(officer)
    tell(make_run(chile, status="done"), officer, days_ago=40)
    tell(make_run(jamaica, status="done"), lead_jam)
    tell(make_progress_run(open_round, status="done"), officer)
    day = timezone.localdate() - timedelta(days=10)

    assert len(names(client.get(ARCHIVE))) == 3
    assert names(client.get(ARCHIVE, {"kind": "round-progress"})) == [officer.name]
    assert names(client.get(ARCHIVE, {"state": "jamaica"})) == [lead_jam.name]
    assert names(client.get(ARCHIVE, {"recipient": lead_jam.name[:4].upper()})) == [lead_jam.name]
    assert names(client.get(ARCHIVE, {"last": str(day)})) == [officer.name]
    assert len(names(client.get(ARCHIVE, {"first": str(day)}))) == 2
    assert names(client.get(ARCHIVE, {"kind": "round-progress", "state": "chile"})) == []


@pytest.mark.parametrize("bad", ["kind=x", "state=atlantis", "first=yesterday", "before=x", "recipient=%00"])
def test_a_filter_that_cannot_be_is_no_error(sign_in, officer, chile, bad):
    tell(make_run(chile, status="done"), officer)

    assert sign_in(officer).get(f"{ARCHIVE}?{bad}").status_code == 200
    assert sign_in(officer).get(f"{TABLE}?{bad}").status_code == 200


def test_the_archive_is_read_page_by_page_without_losing_any(sign_in, officer, manager, chile):
    for _ in range(60):
        tell(make_run(chile, status="done"), officer)
    client = sign_in(manager)

    first = client.get(ARCHIVE, {"state": "chile"})
    second = client.get(ARCHIVE + first.context["next_url"])

    shown = [one.delivery.pk for page in (first, second) for one in page.context["told"]]
    assert len(set(shown)) == len(shown) == 60
    assert "state=chile" in first.context["next_url"]
    assert second.context["next_url"] == ""


@pytest.mark.parametrize("url", [ARCHIVE, TABLE])
@pytest.mark.parametrize("role", ["manager", "observer"])
def test_it_asks_the_same_for_one_row_and_for_thirty(request, role, url, sign_in, officer, chile, open_round):
    client = sign_in(request.getfixturevalue(role))
    tell(make_run(chile, status="done"), officer)
    few = len(questions_of(client, url))
    for number in range(30):
        tell(make_run(make_state(f"state-{number}"), status="done"), officer)
    tell(make_progress_run(open_round, status="done"), officer)

    assert len(questions_of(client, url)) == few <= 12


def test_the_table_holds_what_the_page_shows_and_no_formula(sign_in, officer, chile, lead_chl):
    User.objects.filter(pk=lead_chl.pk).update(name="=1+1")
    lead_chl.refresh_from_db()
    tell(make_run(chile, status="done"), officer, lead_chl)

    response = sign_in(officer).get(TABLE, {"kind": "country-brief"})

    lines = b"".join(response.streaming_content).decode().splitlines()
    assert lines[0].lstrip("\ufeff").startswith("Report,About,Recipient,Language,Told on,Status")
    assert len(lines) == 3
    assert "'=1+1" in "".join(lines)


def test_the_archive_is_the_staffs(sent, sign_in, lead_chl, admin, outsider, observer):
    for url in (ARCHIVE, TABLE):
        assert sign_in(observer).get(url).status_code == 200
        for person in (lead_chl, admin, outsider):
            assert sign_in(person).get(url).status_code == 403


# A liaison's own ------------------------------------------------------------------------------------------------------


def own(response):
    return [run.pk for run, _files in response.context["ready"]]


def test_a_liaison_finds_what_was_sent_to_her(sent, sign_in, lead_chl, lead_jam, chile, officer):
    tell(make_run(chile, status="done"), officer)

    page = sign_in(lead_chl).get(reverse("run-list"))

    assert own(page) == [sent.pk]
    assert f'href="{reverse("run-list")}"' in sign_in(lead_chl).get(reverse("home")).content.decode()
    assert reverse("run-file", args=[sent.pk, "en", "pdf"]) in page.content.decode()
    assert own(sign_in(lead_jam).get(reverse("run-list"))) == []


def test_who_does_not_speak_for_the_state_any_more_finds_nothing(sent, sign_in, lead_chl, jamaica):
    Liaison.objects.filter(person=lead_chl).update(ends_on=timezone.localdate() - timedelta(days=3))
    Liaison.objects.create(state=jamaica, person=lead_chl, kind="lead", starts_on=timezone.localdate())

    assert own(sign_in(lead_chl).get(reverse("run-list"))) == []


def test_her_list_asks_the_same_for_one_and_for_fifteen(sign_in, lead_chl, chile):
    client = sign_in(lead_chl)
    tell(make_run(chile, status="done"), lead_chl)
    few = len(questions_of(client, reverse("run-list")))
    for _ in range(15):
        tell(make_run(chile, status="done"), lead_chl)

    assert len(questions_of(client, reverse("run-list"))) == few <= 10
