"""More time, taking back, own words in the invitation, and who was on time: the life of a round beyond its spine."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from accounts.models import AuditEntry
from capability.actions.extending import extend
from capability.actions.reviewing import decide, return_update
from capability.actions.rounds import close_round
from capability.actions.sending import submit_update
from capability.actions.taking_back import take_back
from capability.drafts import Content
from capability.models import Answer, AnswerDecision, Extension, Round, Submission, Update
from common.days import today
from common.scope import PROGRAMME, reach_of, scope
from notices.models import Mail
from notices.sending import write
from review.actions import Refused
from tests.capability.filling import answer, fill, make_threat_classes, url
from tests.factories.capability import make_accepted, make_round, make_submitted, make_update
from tests.factories.member_states import make_state

LATER = {"reason": "A new minister takes office."}


def in_days(days):
    return today() + timedelta(days=days)


def fresh(update, user):
    with scope(reach_of(user)):
        return Update.objects.select_related("round", "state").get(pk=update.pk)


@pytest.fixture
def filled(update_chl, lead_chl):
    make_threat_classes()
    fill(update_chl, by=lead_chl)
    return update_chl


def send(update, by):
    with scope(reach_of(by)):
        return submit_update(update=Update.objects.get(pk=update.pk), key=uuid.uuid4(), by=by)


def close(round, by):
    with scope(reach_of(by)):
        close_round(round=round, by=by)


def give_time(update, by, days, reason="Elections"):
    with scope(reach_of(by)):
        return extend(update=update, due_on=in_days(days), reason=reason, by=by)


def kinds_for(person):
    with scope(PROGRAMME):
        return list(Mail.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


# More time ------------------------------------------------------------


def test_a_state_gets_more_time_and_reads_why(sign_in, manager, lead_chl, deputy_chl, update_chl, update_jam):
    day = in_days(30)

    response = sign_in(manager).post(url(update_chl, "extend"), {"due_on": day, **LATER})

    assert response["Location"] == "/rounds/2026-2/"
    assert fresh(update_chl, lead_chl).due_on == day
    assert fresh(update_jam, manager).due_on == update_jam.round.due_on
    with scope(PROGRAMME):
        extension = Extension.objects.get()
        assert (extension.by, extension.reason, extension.state) == (manager, LATER["reason"], update_chl.state)
        assert AuditEntry.objects.of(extension).exists()
    assert kinds_for(deputy_chl) == kinds_for(lead_chl) == ["update extended"]
    lead_chl.language = "en"
    assert LATER["reason"] in write(Mail(kind="update extended", object_id=extension.pk, person=lead_chl)).body


def test_more_time_is_shown_on_every_page_that_names_the_date(sign_in, manager, lead_chl, update_chl, officer):
    give_time(update_chl, manager, 40)
    lead_chl.language = "en"
    lead_chl.save()
    client = sign_in(lead_chl)
    shown = f"{in_days(40):%-d %B %Y}"
    assert shown in client.get("/home/").content.decode()
    tasks = client.get(url(update_chl)).content.decode()
    assert shown in tasks
    assert "You were given more time" in tasks

    client = sign_in(officer)
    assert "extended" in client.get("/rounds/2026-2/").content.decode()
    assert "extended" in client.get("/updates/?status=not-started").content.decode()


def test_the_day_must_be_later_than_the_one_it_has(sign_in, manager, update_chl):
    client = sign_in(manager)
    for day in (in_days(0), in_days(9), in_days(3)):
        page = client.post(url(update_chl, "extend"), {"due_on": day, **LATER})
        assert page.status_code == 422
    assert client.post(url(update_chl, "extend"), {"due_on": in_days(20)}).status_code == 422
    with scope(PROGRAMME):
        assert not Extension.objects.exists()


def test_pressed_twice_it_is_given_once(manager, update_chl, lead_chl):
    assert give_time(update_chl, manager, 20) == give_time(update_chl, manager, 20)
    assert kinds_for(lead_chl) == ["update extended"]


def test_what_was_sent_needs_no_time(manager, update_chl, lead_chl):
    make_submitted(update_chl, by=lead_chl)
    with pytest.raises(Refused, match="was sent"):
        give_time(update_chl, manager, 20)


def test_a_closed_round_opens_for_one_state_alone(manager, open_round, filled, update_jam, lead_chl, lead_jam):
    close(open_round, manager)
    with pytest.raises(Refused, match="closed"):
        send(filled, lead_chl)

    give_time(filled, manager, 5)

    answer(filled, "D1.1", Content(stage=3, text="A decree since May."), by=lead_chl)
    assert send(filled, lead_chl).number == 1
    assert not fresh(update_jam, lead_jam).is_open


def test_more_time_ends_with_its_last_day(manager, open_round, filled, lead_chl):
    close(open_round, manager)
    give_time(filled, manager, 5)
    with time_machine.travel(timezone.now() + timedelta(days=5)):
        assert fresh(filled, lead_chl).is_to_fill
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        assert not fresh(filled, lead_chl).is_open
        with pytest.raises(Refused, match="closed"):
            answer(filled, "D1.1", Content(stage=3), by=lead_chl)
        with scope(reach_of(lead_chl)):
            assert not Update.objects.still_open().exists()


def test_what_is_returned_is_mended_after_the_round_is_closed(manager, officer, open_round, filled, lead_chl):
    submission = send(filled, lead_chl)
    close(open_round, manager)
    with scope(reach_of(officer)):
        for given in submission.answers.select_related("update"):
            verdict = "return" if given.question == "D1.1" else "accept"
            decide(answer=given, verdict=verdict, comment="Since when?", by=officer, version=0)
        return_update(update=filled, by=officer)

    answer(filled, "D1.1", Content(stage=3, text="Since May 2025."), by=lead_chl)

    assert send(filled, lead_chl).number == 2


def test_a_states_extension_is_not_its_neighbours_business(manager, update_chl, lead_chl, lead_jam):
    extension = give_time(update_chl, manager, 20)
    with scope(reach_of(lead_jam)):
        assert not Extension.objects.exists()
        assert not Extension.objects.visible_to(lead_jam).exists()
    assert write(Mail(kind="update extended", object_id=extension.pk, person=lead_jam)) is None


# Two rounds at once ------------------------------------------------------------


@pytest.fixture
def second_round(edition, manager, update_chl):
    round = make_round(edition, by=manager, year=2027, number=1)
    Round.objects.filter(pk=round.pk).update(due_on=in_days(100))
    round.refresh_from_db()
    return round


def test_two_open_rounds_stand_on_the_home_page_and_at_the_choice(sign_in, lead_chl, chile, second_round):
    make_update(second_round, chile)
    client = sign_in(lead_chl)

    home = client.get("/home/")
    assert home.context["update"].round.slug == "2026-2"
    assert [other.round.slug for other in home.context["others"]] == ["2027-1"]
    assert home.context["past"] == []
    choice = client.get("/update/")
    assert [update.round.slug for update in choice.context["updates"]] == ["2026-2", "2027-1"]


def test_with_one_of_two_to_fill_the_way_leads_there(sign_in, lead_chl, chile, second_round, update_chl):
    make_update(second_round, chile)
    make_accepted(update_chl, by=lead_chl)

    assert sign_in(lead_chl).get("/update/")["Location"] == "/states/chile/updates/2027-1/"


def test_the_region_shows_the_round_that_is_due_first(sign_in, officer, second_round):
    page = sign_in(officer).get("/region/").content.decode()
    assert "Second update of 2026" in page


# Taking back ------------------------------------------------------------


def test_the_lead_takes_back_what_nobody_has_begun_to_review(sign_in, filled, lead_chl, officer):
    submission = send(filled, lead_chl)
    client = sign_in(lead_chl)
    assert "take-back" in client.get(url(filled, "sent")).content.decode()
    assert client.get(url(filled, "take-back")).status_code == 200
    assert fresh(filled, lead_chl).status == "submitted"

    client.post(url(filled, "take-back"))

    assert fresh(filled, lead_chl).status == "draft"
    assert client.get(url(filled, "sent")).status_code == 302
    assert kinds_for(officer) == ["update waiting", "update taken back"]
    assert write(Mail(kind="update waiting", object_id=filled.pk, person=officer)) is None
    assert "taken back" in write(Mail(kind="update taken back", object_id=submission.pk, person=officer)).subject
    with scope(PROGRAMME):
        assert Submission.objects.with_withdrawal().get().is_withdrawn
        assert submission.answers.count() == 27

    answer(filled, "D1.1", Content(stage=4, text="Better words."), by=lead_chl)
    again = send(filled, lead_chl)
    with scope(PROGRAMME):
        assert (again.number, again.answers.get(question="D1.1").stage) == (2, 4)
        assert [s.is_withdrawn for s in Submission.objects.with_withdrawal().order_by("number")] == [True, False]


def test_a_decision_keeps_it(sign_in, filled, lead_chl, officer):
    submission = send(filled, lead_chl)
    with scope(reach_of(officer)):
        decide(answer=submission.answers.first(), verdict="accept", comment="", by=officer, version=0)

    client = sign_in(lead_chl)
    assert "/take-back/" not in client.get(url(filled, "sent")).content.decode()
    with pytest.raises(Refused, match="review has begun"), scope(reach_of(lead_chl)):
        take_back(update=filled, by=lead_chl)


def test_a_deputy_does_not_take_back(sign_in, filled, lead_chl, deputy_chl):
    send(filled, lead_chl)
    assert sign_in(deputy_chl).post(url(filled, "take-back")).status_code == 403


def test_after_the_round_is_closed_it_stays(filled, open_round, manager, lead_chl):
    send(filled, lead_chl)
    close(open_round, manager)
    with pytest.raises(Refused, match="could not be sent again"), scope(reach_of(lead_chl)):
        take_back(update=filled, by=lead_chl)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("race", range(5))
def test_taken_back_or_decided_never_both(race, update_chl, lead_chl, officer):
    submission = make_submitted(update_chl, by=lead_chl)
    with scope(PROGRAMME):
        given = Answer.objects.select_related("update").filter(submission=submission).first()
    start = Barrier(2)

    def run(person, do):
        start.wait()
        try:
            with scope(reach_of(person)):
                do()
            return True
        except Refused:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        back = pool.submit(run, lead_chl, lambda: take_back(update=update_chl, by=lead_chl))
        told = pool.submit(
            run, officer, lambda: decide(answer=given, verdict="accept", comment="", by=officer, version=0)
        )
    with scope(PROGRAMME):
        is_decided = AnswerDecision.objects.exists()
    assert back.result() is not told.result()
    assert is_decided is told.result()
    assert (fresh(update_chl, officer).status == "draft") is back.result()


# On time, late, missing ------------------------------------------------------------


def sent_at(update, by, moment):
    with time_machine.travel(moment, tick=False):
        return make_submitted(update, by=by)


def test_the_same_words_everywhere(sign_in, officer, open_round, update_chl, update_jam, lead_chl, lead_jam, manager):
    missing = make_update(open_round, make_state("cuba"))
    due = open_round.due_on
    Round.objects.filter(pk=open_round.pk).update(due_on=due - timedelta(days=30))
    sent_at(update_chl, lead_chl, timezone.now())
    sent_at(update_jam, lead_jam, timezone.now() - timedelta(days=40))

    with scope(reach_of(officer)):
        updates = Update.objects.visible_to(officer)
        assert list(updates.late()) == [fresh(update_chl, officer)]
        assert list(updates.on_time()) == [fresh(update_jam, officer)]
        assert list(updates.missing()) == [fresh(missing, officer)]
    client = sign_in(officer)
    page = client.get("/rounds/2026-2/")
    assert [page.context[name] for name in ("on_time", "late", "missing")] == [1, 1, 1]
    table = client.get("/rounds/timeliness/")
    (bar,) = table.context["bars"]
    assert [bar.counts[kind] for kind in ("on_time", "late", "missing", "not_due")] == [1, 1, 1, 0]
    assert "1 on time, 1 late, 1 missing, 0 not due yet." in table.content.decode()
    lines = b"".join(client.get("/rounds/timeliness.csv").streaming_content).decode().splitlines()
    assert [line.split(",")[6] for line in lines] == ["Timeliness", "Late", "Missing", "On time"]


def test_earlier_rounds_stand_on_further_pages(sign_in, officer, manager, edition, chile):
    for year in range(2014, 2021):
        make_update(make_round(edition, by=manager, year=year, number=1, closed=True), chile)
    client = sign_in(officer)

    first, second = (client.get(f"/rounds/timeliness/?page={page}") for page in (1, 2))

    assert [bar.round.year for bar in first.context["bars"]] == [2020, 2019, 2018, 2017, 2016, 2015]
    assert [bar.round.year for bar in second.context["bars"]] == [2014]
    assert [len(line.updates) for line in second.context["lines"]] == [1]
    assert 'rel="next" href="?page=2"' in first.content.decode()
    assert 'rel="prev" href="?page=1"' in second.content.decode()


def test_more_time_makes_late_on_time(officer, update_chl, lead_chl, manager, open_round):
    Round.objects.filter(pk=open_round.pk).update(due_on=in_days(-5))
    give_time(update_chl, manager, 3)
    make_submitted(update_chl, by=lead_chl)
    with scope(reach_of(officer)):
        assert Update.objects.on_time().exists()


@pytest.mark.parametrize(("hours", "wanted"), [(9, "on_time"), (11, "late")])
def test_the_due_date_lasts_until_it_is_over_everywhere(officer, open_round, update_chl, lead_chl, hours, wanted):
    after = open_round.due_on + timedelta(days=1)
    sent_at(update_chl, lead_chl, datetime(after.year, after.month, after.day, hours, tzinfo=UTC))
    with scope(reach_of(officer)), timezone.override("Asia/Tokyo"):
        assert Update.objects.with_timeliness().get().timeliness == wanted


def test_what_was_taken_back_is_missing_until_it_is_sent_again(officer, filled, lead_chl):
    send(filled, lead_chl)
    with scope(reach_of(lead_chl)):
        take_back(update=filled, by=lead_chl)
    with scope(reach_of(officer)):
        assert Update.objects.missing().exists()
    send(filled, lead_chl)
    with scope(reach_of(officer)):
        assert not Update.objects.missing().exists()


# Own words in the invitation ------------------------------------------------------------


def opening(edition, *states, **more):
    return {
        "year": 2027,
        "number": 1,
        "period_from": in_days(-180),
        "period_to": in_days(0),
        "due_on": in_days(30),
        "edition": edition.pk,
        "states": [state.pk for state in states],
        **more,
    }


def test_each_language_says_its_own_words_or_the_standard_ones(sign_in, speaks, manager, edition, chile, lead_chl):
    words = {"invitation_es": "Estimados colegas:\n<b>¡bienvenidos!</b>", "invitation_en": "Dear all, welcome."}
    client = sign_in(manager)
    speaks(lead_chl, "es")

    page = client.post("/rounds/new/", opening(edition, chile, step="preview", **words))
    mails = {name: mail.body for name, mail in page.context["mails"]}
    assert len(mails) == 4
    assert "Dear all, welcome." in mails["English"]
    bodies = list(mails.values())
    assert sum("¡bienvenidos!" in body for body in bodies) == 1
    assert sum("Dear all, welcome." in body for body in bodies) == 1
    assert not Round.objects.exists()
    assert "<b>¡bienvenidos" not in page.content.decode()

    client.post("/rounds/new/", opening(edition, chile, step="confirm", **words))
    with scope(PROGRAMME):
        update = Update.objects.get()
    message = write(Mail(kind="round opened", object_id=update.pk, person=lead_chl))  # she reads Spanish
    assert "¡bienvenidos!" in message.body
    assert "&lt;b&gt;" in message.alternatives[0][0]
    assert "2027-1" in message.body


def test_the_preview_is_the_mail_that_is_sent(sign_in, manager, edition, chile):
    page = sign_in(manager).post("/rounds/new/", opening(edition, chile, step="preview"))
    shown = dict(page.context["mails"])["English"]

    sign_in(manager).post("/rounds/new/", opening(edition, chile, step="confirm"))
    with scope(PROGRAMME):
        update = Update.objects.get()
    sent = write(Mail(kind="round opened", object_id=update.pk, person=manager))

    assert (shown.subject, shown.body) == (sent.subject, sent.body)
