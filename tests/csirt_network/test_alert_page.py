"""One alert, and the list of them, as they are read."""

import csv
from io import StringIO
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from common.scope import PROGRAMME, reach_of, scope
from common.tlp import SHARING, Tlp
from csirt_network.actions.publishing import change, keep_version, snapshot_of
from csirt_network.models import Alert, AlertVersion, Comment, Correction, Indicator, Sighting
from notices.models import Mail
from notices.sending import write
from tests.csirt_network.alerts import send_out
from tests.csirt_network.test_alert_answers import path
from tests.factories.alerts import make_alert, to_person, to_team
from tests.signing_in import sign_in_from_inside

pytestmark = pytest.mark.django_db
KEY = "00000000-0000-0000-0000-00000000000"


@pytest.fixture
def alert(manager, csirt_chl, csirt_jam):
    """Under TLP:AMBER from the programme to both national teams, with two indicators."""
    made = make_alert(Tlp.AMBER, to_team(csirt_chl), to_team(csirt_jam), by=manager, title_es="Cuentas robadas")
    with scope(reach_of(manager)):
        for position, (kind, value) in enumerate([("domain", "bad.example"), ("url", "https://bad.example/x")]):
            Indicator.objects.create(alert=made, kind=kind, value=value, position=position)
    return made


def page_of(client, alert, query=""):
    return client.get(path(alert) + query).content.decode()


# The page ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tlp", [Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER, Tlp.STRICT, Tlp.RED])
def test_the_label_stands_twice_with_whom_it_may_be_shared(sign_in, csirt_chl, rep_chl, manager, tlp):
    alert = make_alert(tlp, to_team(csirt_chl), to_person(rep_chl), by=manager)
    page = page_of(sign_in(rep_chl), alert)

    document = page[page.index("<article") : page.index("</article>")]
    assert document.count(f">TLP:{tlp.value}</span>") == 2
    assert str(SHARING[tlp]) in document
    assert "PAP:AMBER" in document


def test_indicators_are_harmless_on_the_screen_and_clean_when_taken_away(sign_in, alert, rep_chl):
    client = sign_in(rep_chl)
    page = page_of(client, alert)

    assert "bad[.]example" in page
    assert ">bad.example<" not in page
    assert 'data-clean="bad.example"' in page
    text = client.get(path(alert, "indicators.txt")[:-1]).content.decode()
    assert text.splitlines() == [f"# TLP:AMBER PAP:AMBER {alert.code}", "bad.example", "https://bad.example/x"]
    table = b"".join(client.get(path(alert, "indicators.csv")[:-1]).streaming_content).decode("utf-8-sig")
    assert [row[4] for row in csv.reader(StringIO(table))] == ["Value", "bad.example", "https://bad.example/x"]


def test_it_is_read_in_its_languages(sign_in, alert, rep_chl):
    client = sign_in(rep_chl)

    assert 'lang="es">Cuentas robadas</h1>' in page_of(client, alert, "?in=es")
    assert 'lang="en">Stolen accounts</h1>' in page_of(client, alert, "?in=fr")


def test_everybody_reads_what_is_clear_and_nothing_that_was_said_of_it(client, sign_in, csirt_chl, rep_chl, manager):
    alert = make_alert(Tlp.CLEAR, by=manager)
    comment_on(sign_in(rep_chl), alert, "among ourselves")
    client.logout()
    page = page_of(client, alert)

    assert "Messages promise a refund." in page
    assert "among ourselves" not in page
    assert "Acknowledge" not in page


def test_readers_see_which_alerts_it_quotes_of_those_they_may_read(
    sign_in, alert, csirt_chl, csirt_banks, rep_banks, manager
):
    """A label that fell since leaves what it quotes where it was."""
    known = make_alert(Tlp.GREEN, by=manager, title_en="Known to the community")
    closer = make_alert(Tlp.STRICT, to_team(csirt_chl), by=manager, title_en="Known to one team")
    quoting = make_alert(Tlp.GREEN, by=manager)
    with scope(reach_of(manager)):
        quoting.quotes.set([known, closer])

    page = page_of(sign_in(rep_banks), quoting)
    assert f'<a href="{known.get_absolute_url()}">{known}</a>' in page
    assert "Known to one team" not in page
    assert "Alerts it quotes" not in page_of(sign_in(rep_banks), known)


def test_an_earlier_version_is_read_as_it_went_out(sign_in, csirt_chl, rep_chl, officer):
    named = [("domain", "bad.example")]
    alert = send_out(csirt_chl, by=officer, tlp="AMBER+STRICT", title_en="First words", indicators=named)
    with scope(reach_of(officer)):
        held = Alert.objects.get(pk=alert.pk)
        change(held, title_en="Second words", version=2)
        keep_version(held, by=officer, what_changed="The title")
    client = sign_in(rep_chl)
    page = page_of(client, alert)

    assert 'href="?version=1#version"' in page
    assert "First words" not in page
    earlier = page_of(client, alert, "?version=1")
    assert "Second words</h1>" in earlier
    assert "First words</h3>" in earlier
    assert "bad[.]example" in earlier[earlier.index('id="version"') :]
    for query in ("?version=2", "?version=9", "?version=x", "?version=-1", "?version=" + "9" * 40):
        assert 'id="version"' not in page_of(client, alert, query), query


def test_an_earlier_version_is_for_who_could_read_it_then(sign_in, csirt_chl, rep_chl, rep_jam, manager):
    strict = make_alert(Tlp.STRICT, to_team(csirt_chl), by=manager, title_en="For one team")
    alert = make_alert(Tlp.GREEN, by=manager, version=2)
    with scope(reach_of(manager)):
        facts = {"alert": alert, "number": 1, "tlp": Tlp.STRICT, "audience": strict.audience, "at": timezone.now()}
        AlertVersion.objects.create(snapshot=snapshot_of(strict), **facts)

    assert "For one team</h3>" in page_of(sign_in(rep_chl), alert, "?version=1")
    assert "For one team" not in page_of(sign_in(rep_jam), alert, "?version=1")


def test_whoever_reads_what_is_closed_reads_how_it_ended(sign_in, csirt_chl, rep_chl, manager):
    alert = make_alert(Tlp.GREEN, by=manager, closed_at=timezone.now(), closing="The pages are gone.")

    assert "The pages are gone." in page_of(sign_in(rep_chl), alert)


def test_hostile_words_are_words(sign_in, csirt_chl, rep_chl, manager):
    words = "<script>alert(1)</script>{{ x }}"
    alert = make_alert(Tlp.AMBER, to_team(csirt_chl), by=manager, title_en=words, happening_en=words, to_do_en=words)
    with scope(reach_of(manager)):
        Indicator.objects.create(alert=alert, kind="file", value='x" onmouseover="alert(1)', note=words)
    page = page_of(sign_in(rep_chl), alert)

    assert "<script>alert" not in page
    assert 'onmouseover="alert' not in page


# The list ---------------------------------------------------------------------------------------------------------


def test_what_is_due_first_stands_first(sign_in, csirt_chl, rep_chl, manager):
    later, sooner = (
        make_alert(Tlp.AMBER, to_team(csirt_chl), by=manager, title_en=title, answer_by=timezone.now() + wait)
        for title, wait in (("Later", timezone.timedelta(days=5)), ("Sooner", timezone.timedelta(days=1)))
    )
    page = sign_in(rep_chl).get("/alerts/").content.decode()

    open_part = page[: page.index('id="all"')]
    assert open_part.index("Sooner") < open_part.index("Later")
    assert "Waiting for our answer" in open_part
    assert later.code != sooner.code


def test_with_nothing_open_it_names_the_last_one(sign_in, csirt_chl, rep_chl, manager):
    alert = make_alert(Tlp.AMBER, to_team(csirt_chl), by=manager, closed_at=timezone.now())

    page = sign_in(rep_chl).get("/alerts/").content.decode()
    assert "No open alerts" in page
    assert f"The last one you may read is {alert.code}" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?tlp=GREEN", 1),
        ("?tlp=AMBER", 1),
        ("?kind=advisory", 0),
        ("?rsit=fraud", 1),
        ("?rsit=availability", 0),
        ("?year=2026", 2),
        ("?year=1", 2),
        ("?q=refund", 2),
        ("?q=robádas", 1),
        ("?q=CVE-2024-3400", 1),
        ("?origin=programme", 2),
        ("?origin=nobody", 2),
        ("?q=%00", 2),
        ("?before=nonsense", 2),
    ],
)
def test_filters_narrow_and_never_break(sign_in, csirt_chl, rep_chl, manager, query, found):
    make_alert(Tlp.GREEN, by=manager, rsit=["phishing"], cves=["CVE-2024-3400"])
    make_alert(Tlp.AMBER, to_team(csirt_chl), by=manager, title_es="Cuentas robadas")

    client = sign_in(rep_chl)
    response = client.get(f"/alerts/{query}")
    assert response.status_code == 200
    assert len(response.context["alerts"]) == found
    lines = list(csv.reader(StringIO(b"".join(client.get(f"/alerts.csv{query}").streaming_content).decode())))
    assert len(lines) == found + 1


def test_pages_follow_one_another_and_lose_nothing(sign_in, csirt_chl, rep_chl, manager, monkeypatch):
    monkeypatch.setattr("csirt_network.views.alert_list.PAGE", 2)
    made = [make_alert(Tlp.GREEN, by=manager).code for _time in range(5)]
    client, url, seen = sign_in(rep_chl), "/alerts/", []
    while url:
        context = client.get(url).context
        seen += [alert.code for alert in context["alerts"]]
        url = f"/alerts/{context['next_url']}" if context["next_url"] else ""

    assert seen == made[::-1]


def test_many_are_asked_for_like_few(sign_in, csirt_chl, csirt_jam, rep_chl, rep_jam, manager):
    """The list, the page of one with all that hangs on it, and the board."""
    alert = make_alert(Tlp.AMBER, to_team(csirt_chl), to_team(csirt_jam), by=manager)
    clients = {person: sign_in_from_inside(Client(), person) for person in (rep_chl, manager)}
    pages = [(rep_chl, "/alerts/"), (rep_chl, path(alert)), (manager, path(alert)), (manager, path(alert, "answers"))]

    def asked():
        counts = []
        for person, url in pages:
            with CaptureQueriesContext(connection) as queries:
                assert clients[person].get(url).status_code == 200
            counts.append(len(queries))
        return counts

    grow(alert, 1, csirt_chl, rep_chl, manager)
    asked()
    few = asked()
    grow(alert, 12, csirt_chl, rep_chl, manager)
    assert asked() == few


def grow(alert, count, team, person, manager):
    for _time in range(count):
        make_alert(Tlp.AMBER, to_team(team), by=manager, rsit=["phishing"])
        with scope(reach_of(manager)):
            Indicator.objects.create(alert=alert, kind="file", value=str(uuid4()))
        with scope(reach_of(User.objects.get(pk=person.pk))):
            by = {"alert": alert, "team": team, "by": person}
            Comment.objects.create(text="x", key=uuid4(), **by)
            Sighting.objects.create(kind="seen", seen_on=timezone.localdate(), key=uuid4(), **by)
            Correction.objects.create(version=1, field="title_en", after="x", reason="x", key=uuid4(), **by)


# Sightings --------------------------------------------------------------------------------------------------------


def sight(client, alert, key=1, **more):
    given = {"kind": "seen", "count": "3", "seen_on": "2026-11-01", "key": f"{KEY}{key}"}
    return client.post(path(alert, "sightings"), given | more)


def test_readers_see_how_many_teams_saw_it_and_not_which(sign_in, alert, rep_chl, rep_jam, manager):
    with scope(PROGRAMME):
        domain = Indicator.objects.get(kind="domain")
    for key in (1, 1, 2):
        assert sight(sign_in(rep_chl), alert, key, indicator=domain.pk).status_code == 302
    sight(sign_in(rep_chl), alert, 3, count="0", note="our mail gateway")

    page = page_of(sign_in(rep_jam), alert)
    assert "seen by 1 team (6×)" in page
    assert "CSIRT of Chile" not in page
    assert "our mail gateway" not in page
    assert "our mail gateway" in page_of(sign_in(manager), alert)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"kind": "x"}, "Choose one of the three."),
        ({"count": "-1"}, "Write 0 or more."),
        ({"count": "many"}, "Write a whole number."),
        ({"count": "9" * 30}, "at most 1,000,000"),
        ({"seen_on": "2999-01-01"}, "Write a day that has come."),
        ({"seen_on": "yesterday"}, "Write the day like"),
        ({"kind": "expired"}, "Say which indicator"),
        ({"indicator": "987654"}, "Choose an indicator of this alert."),
    ],
)
def test_a_wrong_sighting_gets_a_sentence(sign_in, alert, rep_chl, given, sentence):
    response = sight(sign_in(rep_chl), alert, **given)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    with scope(reach_of(User.objects.get(pk=rep_chl.pk))):
        assert not Sighting.objects.exists()


# Discussion -------------------------------------------------------------------------------------------------------


def comment_on(client, alert, text="We saw it too", key=1):
    return client.post(path(alert, "comments"), {"text": text, "key": f"{KEY}{key}"})


def test_a_comment_sent_twice_is_one_and_its_author_may_withdraw_it(sign_in, alert, rep_chl, rep_jam):
    for _time in range(2):
        comment_on(sign_in(rep_chl), alert)
    assert page_of(sign_in(rep_jam), alert).count("We saw it too") == 1
    with scope(reach_of(User.objects.get(pk=rep_chl.pk))):
        number = Comment.objects.get().pk
    withdraw = path(alert, "comments", str(number), "withdraw")

    assert sign_in(rep_jam).post(withdraw).status_code == 403
    assert sign_in(rep_chl).post(withdraw).status_code == 302
    page = page_of(sign_in(rep_jam), alert)
    assert "We saw it too" not in page
    assert "Withdrawn by whoever wrote it" in page


@pytest.mark.parametrize(("tlp", "goes_along"), [(Tlp.GREEN, True), (Tlp.AMBER, False), (Tlp.STRICT, False)])
def test_mails_hold_a_comment_up_to_green(sign_in, csirt_chl, rep_chl, analyst_chl, manager, tlp, goes_along):
    alert = make_alert(tlp, to_team(csirt_chl), by=manager)
    comment_on(sign_in(analyst_chl), alert, "first", 1)
    comment_on(sign_in(rep_chl), alert, "the words of it", 2)

    with scope(PROGRAMME):
        mails = list(Mail.objects.filter(kind="alert commented").select_related("person").order_by("pk"))
    assert {mail.person for mail in mails} == {manager, analyst_chl}
    message = write(next(mail for mail in mails if mail.person == analyst_chl))
    assert message.subject.startswith(f"TLP:{tlp.value} Alert {alert.code}")
    assert ("the words of it" in message.body) == goes_along
    assert f"TLP:{tlp.value}" in message.body
    assert "Stolen accounts" not in message.body


# Corrections ------------------------------------------------------------------------------------------------------


def propose(client, alert, field="happening_en", after="Messages promise a tax refund.", key=1):
    given = {"after": after, "reason": "More exact.", "key": f"{KEY}{key}"}
    return client.post(path(alert, "corrections", "propose") + f"?field={field}", given)


def correction(person):
    with scope(reach_of(User.objects.get(pk=person.pk))):
        return Correction.objects.get()


def decide(client, alert, one, **given):
    return client.post(path(alert, "corrections", str(one.pk)), given)


def test_a_correction_is_refused_with_a_reason(sign_in, alert, rep_chl, rep_jam, officer):
    for _time in range(2):
        propose(sign_in(rep_chl), alert)
    one = correction(rep_chl)

    assert sign_in(rep_jam).get(path(alert, "corrections", str(one.pk))).status_code == 404
    assert decide(sign_in(rep_chl), alert, one, verdict="refuse", answer="x").status_code == 403
    assert decide(sign_in(officer), alert, one, verdict="refuse").status_code == 422
    decide(sign_in(officer), alert, one, verdict="refuse", answer="It was no tax.")
    page = sign_in(rep_chl).get(path(alert, "corrections", str(one.pk))).content.decode()
    assert "It was no tax." in page
    assert "<ins>tax</ins>" in page


def test_an_accepted_correction_is_a_new_version(sign_in, alert, rep_chl, officer):
    propose(sign_in(rep_chl), alert)
    one = correction(rep_chl)
    for _time in range(2):
        decide(sign_in(officer), alert, one, verdict="accept")

    with scope(PROGRAMME):
        now = Alert.objects.get(pk=alert.pk)
    assert (now.happening_en, now.version) == ("Messages promise a tax refund.", 2)
    assert "version 2" in page_of(sign_in(rep_chl), alert)
    assert correction(rep_chl).is_accepted


def test_the_team_it_comes_from_decides(sign_in, csirt_chl, csirt_jam, rep_chl, rep_jam, officer):
    alert = make_alert(Tlp.GREEN, by=rep_jam, origin=csirt_jam)
    propose(sign_in(rep_chl), alert)
    one = correction(rep_chl)

    assert sign_in(officer).get(path(alert, "corrections", str(one.pk))).status_code == 404
    assert decide(sign_in(rep_jam), alert, one, verdict="accept").status_code == 302
    assert correction(rep_chl).is_accepted


@pytest.mark.parametrize("field", ["tlp", "author", "happening_fr", "password", ""])
def test_only_words_of_the_alert_are_corrected(sign_in, alert, rep_chl, field):
    response = propose(sign_in(rep_chl), alert, field)

    assert response.status_code == (302 if field == "" else 404)


def test_the_same_words_are_no_correction(sign_in, alert, rep_chl):
    response = propose(sign_in(rep_chl), alert, after="Messages promise a refund.")

    assert response.status_code == 422
    assert "These are the words of the alert" in response.content.decode()
