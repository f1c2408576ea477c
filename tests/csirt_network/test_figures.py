"""Figures count what their reader may read, and the public hears of nothing below five."""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from common.scope import PROGRAMME, Reach, reach_of, scope
from common.tlp import Tlp
from csirt_network.actions.audiences import make_audience, settle
from csirt_network.figures import Figures, months_before
from csirt_network.models import Acknowledgement, Alert, Recipient, Team

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 16, 40, tzinfo=UTC)


@pytest.fixture
def publish(manager):
    numbers = iter(range(1, 99))

    def made(tlp=Tlp.GREEN, origin=None, by=None, rsit=("phishing",), **facts):
        by = by or manager
        is_staff = origin is None or "from_team" in facts
        with scope(Reach(teams=(origin.pk,) if origin else (), person=by.pk, staff=is_staff)):
            audience = make_audience(origin=origin, chosen=[Recipient(kind="network")], by=by)
            settle(audience, tlp=tlp, author=by)
            number = next(numbers)
            whole = {"published_at": NOW, "kind": "warning", "from_team": origin, "with_programme": origin is None}
            return Alert.objects.create(
                tlp=tlp, audience=audience, author=by, year=2026, number=number, rsit=list(rsit), **(whole | facts)
            )

    return made


def seen_by(person):
    person = person if person.pk is None else User.objects.get(pk=person.pk)
    with scope(reach_of(person)):
        figures = Figures(person, NOW)
        charts = {chart.key: {line.label: line.number for line in chart.lines} for chart in figures.charts}
        return figures.total, charts


def test_each_counts_what_they_may_read(publish, manager, rep_jam, rep_chl, csirt_chl, lead_chl):
    publish(Tlp.GREEN)
    publish(Tlp.STRICT, origin=csirt_chl, by=rep_chl, with_programme=False)

    assert seen_by(rep_jam)[0] == 2
    assert seen_by(manager)[0] == 1  # TLP binds the programme too
    assert seen_by(lead_chl)[0] == 0


def test_the_public_hears_of_nothing_below_five(publish):
    for _ in range(5):
        publish(Tlp.CLEAR)
    publish(Tlp.CLEAR, rsit=["ddos"])
    publish(Tlp.GREEN)

    total, charts = seen_by(AnonymousUser())

    assert total == 6
    assert (charts["class"]["Fraud"], charts["class"]["Availability"], charts["class"]["Other"]) == (5, None, 0)
    assert charts["country"] == {"The programme": 6}


def test_an_alert_of_two_classes_counts_once_in_each(publish, rep_jam):
    publish(rsit=["phishing", "masquerade", "ddos"])
    publish(rsit=["test"])
    publish(is_exercise=True)

    total, charts = seen_by(rep_jam)

    assert (total, charts["class"]["Fraud"], charts["class"]["Availability"]) == (1, 1, 1)


def tables_of(person):
    person = person if person.pk is None else User.objects.get(pk=person.pk)
    with scope(reach_of(person)):
        return {
            table.key: {row.label: dict(zip(table.columns, row.numbers, strict=True)) for row in table.rows}
            for table in Figures(person, NOW).tables
        }


def test_classes_by_month_country_and_sector(publish, rep_chl, rep_jam, csirt_chl):
    with scope(PROGRAMME):
        Team.objects.filter(pk=csirt_chl.pk).update(sectors=["energy", "water"])
    publish(Tlp.GREEN, origin=csirt_chl, by=rep_chl, rsit=["phishing", "ddos"])
    publish(Tlp.GREEN, published_at=datetime(2026, 10, 31, 23, tzinfo=UTC))
    publish(Tlp.GREEN, is_exercise=True)

    found = tables_of(rep_jam)

    assert {label: sum(row.values()) for label, row in found["class-month"].items()} == {"Availability": 1, "Fraud": 2}
    assert (found["class-month"]["Fraud"]["Oct 2026"], found["class-month"]["Fraud"]["Nov 2026"]) == (1, 1)
    assert found["class-country"]["Fraud"] == {"Chile": 1, "The programme": 1}
    assert found["class-country"]["Availability"] == {"Chile": 1, "The programme": 0}
    assert found["class-sector"]["Availability"] == {"Energy": 1, "Water": 1}


def test_of_classes_the_public_hears_of_nothing_below_five_either(publish):
    for _ in range(5):
        publish(Tlp.CLEAR)
    publish(Tlp.CLEAR, rsit=["ddos"])
    publish(Tlp.GREEN, rsit=["ddos", "phishing"])

    found = tables_of(AnonymousUser())

    assert {label: row["The programme"] for label, row in found["class-country"].items()} == {
        "Availability": None,
        "Fraud": 5,
    }


def test_by_country_as_readers_are_told(publish, manager, rep_chl, rep_jam, csirt_chl):
    publish(Tlp.GREEN, origin=csirt_chl, by=rep_chl)
    publish(Tlp.GREEN, origin=csirt_chl, by=rep_chl, from_team=None, with_programme=True)  # with the source hidden

    assert seen_by(manager)[1]["country"] == seen_by(rep_jam)[1]["country"] == {"Chile": 1, "The programme": 1}


def test_answer_times_and_exchange_of_each_team(publish, manager, rep_chl, rep_jam, csirt_chl, csirt_jam):
    alert = publish(Tlp.GREEN)
    publish(Tlp.GREEN, origin=csirt_chl, by=rep_chl)
    with scope(Reach(teams=(csirt_jam.pk,), person=rep_jam.pk, community=True)):
        facts = {"alert": alert, "version": 1, "team": csirt_jam, "by": rep_jam}
        Acknowledgement.objects.create(answer="checking", replaced_at=NOW, **facts)
        Acknowledgement.objects.create(answer="affected", **facts)

    def told(person):
        person = User.objects.get(pk=person.pk)
        with scope(reach_of(person)):
            figures = Figures(person, NOW)
            return figures.answers and figures.answers.count, {
                line.team.pk: (line.received, line.answered, line.sent) for line in figures.balance
            }

    assert told(rep_jam) == (1, {csirt_jam.pk: (2, 1, 0)})
    assert told(rep_chl) == (None, {csirt_chl.pk: (2, 0, 1)})
    assert told(manager) == (1, {csirt_jam.pk: (2, 1, 0), csirt_chl.pk: (2, 0, 1)})


def test_by_sector_of_the_sending_team(publish, rep_chl, rep_jam, csirt_chl):
    with scope(PROGRAMME):
        Team.objects.filter(pk=csirt_chl.pk).update(sectors=["energy", "water"])
    publish(Tlp.GREEN, origin=csirt_chl, by=rep_chl)

    assert seen_by(rep_jam)[1]["sector"] == {"Energy": 1, "Water": 1}


def test_twelve_months_the_current_one_last(publish, rep_jam):
    publish()

    months = list(seen_by(rep_jam)[1]["month"].items())

    assert (len(months), months[-1], months[0]) == (12, ("November 2026", 1), ("December 2025", 0))
    assert months_before(datetime(2026, 1, 1, tzinfo=UTC))[-1] == datetime(2026, 1, 1, tzinfo=UTC)


def test_the_page_and_its_tables(publish, client):
    publish(Tlp.CLEAR)

    assert "Fewer than five alerts" in client.get("/network/figures/").text
    table = b"".join(client.get("/network/figures.csv")).decode()
    where = f"network-figures,{settings.SITE_URL}/network/figures/"
    assert f"Incident classes by country,The programme,withheld,Fraud,{where}" in table
    assert client.get("/network/figures/").text.count("withheld") == 5  # in three charts and two tables
    assert client.get("/network/figures.xlsx").getvalue().startswith(b"PK")
