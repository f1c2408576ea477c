"""Region at a glance: it holds what every member state may read, in each language, and is made once a quarter."""

import re
from datetime import UTC, datetime, time
from io import BytesIO

import pytest
import time_machine
from django.core import mail as outbox
from django.db import IntegrityError, transaction
from django.utils import translation
from openpyxl import load_workbook

from accounts.models import User
from capability.models import Update
from common.scope import PROGRAMME, reach_of, scope
from common.tlp import Tlp
from notices.models import Mail
from notices.work import work
from reporting.due import queue_due
from reporting.glance.facts import facts_of
from reporting.glance.pdf import pdf, told
from reporting.glance.worded import worded
from reporting.glance.xlsx import xlsx
from reporting.models import Delivery, Run, RunFile
from tests.factories.alerts import make_alert
from tests.factories.capability import make_accepted, make_update
from tests.factories.reporting import make_schedule
from tests.reporting.conftest import LANGUAGES, text_of
from tests.reporting.region_world import (
    KIND,
    SLOT,
    fill_agreements,
    fill_alerts,
    fill_caribbean,
    fill_secrets,
    fill_work,
    make_region_run,
    report_of,
    rows_of,
    tell_state,
)

pytestmark = pytest.mark.django_db
QUARTERLY = {"kind": KIND, "every": "quarter", "day": 5, "weekday": None, "at": time(8), "to_liaisons": False}


@pytest.fixture(autouse=True)
def _october():
    with time_machine.travel(SLOT, tick=False):
        yield


@pytest.fixture
def shared(edition, manager, officer):
    states = fill_caribbean(edition, manager)
    fill_work(*states)
    fill_agreements(officer)
    fill_alerts(manager)
    return states


# What it holds --------------------------------------------------------------------------------------------------------


def test_nothing_that_one_state_may_not_read_of_another_reaches_it(shared, edition, chile, lead_chl, manager):
    before = report_of(make_region_run())
    fill_secrets(edition, chile, lead_chl, manager)

    after = report_of(make_region_run())

    assert after.tables == before.tables
    assert after.lead == before.lead
    for language in LANGUAGES:
        report = report_of(make_region_run(), language)
        book = load_workbook(BytesIO(xlsx(report)))
        said = text_of(pdf(report)) + str([list(sheet.iter_rows(values_only=True)) for sheet in book])
        for secret in ("CANARY", "7777", "XCD", "777 777", "777,777"):
            assert secret not in said


def test_a_state_that_shares_with_the_programme_alone_is_not_known_on_the_map(shared, chile):
    with scope(PROGRAMME):
        tell_state(chile, "programme")
    report = report_of(make_region_run())

    states = {row[0]: row[2:4] for row in rows_of(report, "States")}
    assert states["Chile"] == ("Not known", "Not known")
    assert states["Island-0"] == ("Operational, as reported", "Adopted, as reported")
    assert {section.map.fills["chile"] for section in report.sections if section.map} == {"none"}


def test_of_fewer_than_five_states_no_median_is_told(shared):
    with scope(PROGRAMME):
        for state in shared[:2]:
            Update.objects.filter(state=state).update(status="returned", accepted_at=None)
    report = report_of(make_region_run())

    assert {cell for row in rows_of(report, "Maturity") for cell in row[2:]} == {"Withheld"}


def test_what_an_open_round_brought_in_comes_with_the_report_after_it(shared, open_round, chile, lead_chl):
    before = report_of(make_region_run())
    for state in shared:
        make_accepted(make_update(open_round, state), by=lead_chl, stage=1, audience="states")

    assert rows_of(report_of(make_region_run()), "Maturity") == rows_of(before, "Maturity")


@pytest.mark.parametrize(("number", "said"), [(4, "Withheld"), (5, 5)])
def test_alerts_are_counted_from_five_up_and_under_clear_alone(edition, manager, number, said):
    fill_alerts(manager, number)
    for tlp in (Tlp.GREEN, Tlp.AMBER):
        make_alert(tlp, by=manager, published_at=datetime(2026, 8, 1, tzinfo=UTC))
    report = report_of(make_region_run())

    assert {row[0]: row[1] for row in rows_of(report, "Alerts by month")}["August 2026"] == said
    assert {row[0]: row[2] for row in rows_of(report, "What moved")}["Alerts under TLP:CLEAR in the quarter"] == said


# Languages ------------------------------------------------------------------------------------------------------------


def marked(message, *_rest):
    return f"⟦{message}⟧" if message.strip() else message


def leaves(given):
    if isinstance(given, dict):
        for value in given.values():
            yield from leaves(value)
    elif isinstance(given, list | tuple):
        for value in given:
            yield from leaves(value)
    elif isinstance(given, str):
        yield given


def test_every_word_of_it_goes_through_the_translators(shared, monkeypatch):
    """Each text holds a message of the catalogue, or is a name that somebody entered, a number or a sign."""
    facts = facts_of(make_region_run())
    with translation.override("en"):
        monkeypatch.setattr(translation._trans, "gettext", marked)
        monkeypatch.setattr(translation._trans, "pgettext", lambda _context, message: marked(message))
        monkeypatch.setattr(translation._trans, "ngettext", lambda one, many, n: marked(one if n == 1 else many))
        report = worded(facts, "en")
        paper = told(report)
        for section in paper["sections"]:
            if section["map"]:
                assert "⟦Eastern Caribbean⟧" in section["map"].pop("svg")
                section["map"]["legend"] = [line["label"] for line in section["map"]["legend"]]
    names = re.compile(
        r"Island-\d|Team of Island-\d|A course|An earlier course|A coming exercise|Canada CTCBP|Government of Canada|"
        r"CAD( \d+)?|TLP:GREEN|en|policy-and-strategy en|culture-and-society en|knowledge-and-capabilities en|"
        r"legal-and-regulatory en|standards-and-technologies en|D\d\.\d Factor D\d\.\d en|"
        r"Fraud|Availability|[\W\d]*",
    )
    cells = [cell for table in report.tables for row in table.rows for cell in row if isinstance(cell, str)]
    bare = {text for text in (*leaves(paper), *cells) if "⟦" not in text and not names.fullmatch(text)}
    listed = {text for text in bare if not all(names.fullmatch(part) for part in text.split(", "))}
    assert listed == set()


# Schedules and readers ------------------------------------------------------------------------------------------------


def test_it_is_made_once_a_quarter_and_its_readers_are_told(shared, manager):
    schedule = make_schedule(manager, people=[manager], **QUARTERLY, since=datetime(2026, 9, 20, tzinfo=UTC))
    assert (queue_due(), queue_due()) == (1, 0)
    with scope(PROGRAMME):
        run = Run.objects.get(schedule=schedule)
    work(Run, run.pk)
    with scope(PROGRAMME):
        run.refresh_from_db()
        assert run.figures["csirts"] == 6
        assert RunFile.objects.filter(run=run).count() == 2
        assert list(Delivery.objects.values_list("person", flat=True)) == [manager.pk]
        mail = Mail.objects.get(kind="region ready", person=manager)
    work(Mail, mail.pk)

    assert outbox.outbox[-1].subject.endswith("Region at a glance, July 2026 to September 2026")
    assert "sent to the Permanent Council" in " ".join(outbox.outbox[-1].body.split())


def test_one_slot_has_one_report(manager):
    schedule = make_schedule(manager, people=[manager], **QUARTERLY)
    make_region_run(schedule=schedule)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_region_run(schedule=schedule)


@pytest.mark.parametrize("wrong", [{"every": "month"}, {"to_liaisons": True}])
def test_the_database_holds_it_to_a_quarter_and_the_staff(manager, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_schedule(manager, people=[manager], **QUARTERLY | wrong)


def test_staff_make_one_now_and_schedule_it(sign_in, manager):
    client = sign_in(manager)
    given = {
        "kind": "region-at-a-glance", "every": "quarter", "day": "5", "at": "08:00", "time_zone": "America/New_York",
        "languages": ["en"], "recipients": [manager.pk], "step": "save",
    }  # fmt: skip

    made = client.post("/reports/make/", {"kind": "region-at-a-glance", "languages": LANGUAGES})
    refused = client.post("/reports/schedules/new/", given | {"every": "week", "weekday": "1"})
    saved = client.post("/reports/schedules/new/", given)

    assert (made.status_code, refused.status_code, saved.status_code) == (302, 422, 302)
    with scope(PROGRAMME):
        assert Run.objects.get(kind=KIND).asked_by == manager
    assert "Region at a glance, of the quarter before, in English." in client.get("/reports/").text
    form = client.get("/reports/schedules/new/?kind=region-at-a-glance").text
    assert ("Every quarter" in form, "Every week" in form, "Day of the week" in form) == (True, False, False)


def test_staff_and_the_liaisons_of_every_state_read_it_once_it_is_made(
    shared, manager, observer, lead_chl, outsider, sign_in
):
    run = make_region_run(asked_by=manager)
    work(Run, run.pk)

    for person, reads in ((manager, True), (observer, True), (lead_chl, True), (outsider, False)):
        client, person = sign_in(person), User.objects.get(pk=person.pk)
        with scope(reach_of(person)):
            assert {model.objects.exists() for model in (Run, RunFile)} == {reads}
        status = 200 if reads else 404
        assert client.get(run.get_absolute_url()).status_code == status
        file = client.get(f"{run.get_absolute_url()}en.pdf")
        assert file.status_code == status
        if reads:
            assert "region-at-a-glance-2026-q3" in file["Content-Disposition"]
            assert b"".join(file.streaming_content).startswith(b"%PDF-")


def test_a_liaison_finds_it_among_the_own_reports_and_one_that_is_being_made_is_not_there(
    shared, manager, lead_chl, sign_in
):
    run = make_region_run(asked_by=manager)
    client = sign_in(lead_chl)
    assert client.get(run.get_absolute_url()).status_code == 404
    assert client.get("/reports/").context["regional"] == []

    work(Run, run.pk)

    ((found, files),) = client.get("/reports/").context["regional"]
    assert (found.pk, bool(files)) == (run.pk, True)
