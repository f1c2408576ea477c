"""A team applies to the network, by the procedure that CSIRTAmericas publishes."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import AuditEntry, User
from common.days import today
from common.scope import PROGRAMME, Reach, reach_of, scope
from csirt_network.actions.admission import open_application, sign
from csirt_network.admission import letters
from csirt_network.admission.clock import clock_of
from csirt_network.admission.reminders import remind
from csirt_network.admission.steps import WAYS, Stand, Step, Verdict, next_stand
from csirt_network.models import Application, Approval, ClosedDay, NetworkMembership, Team, TeamMember
from csirt_network.working_days import add_working_days
from invitations.models import Invitation
from notices.models import Mail
from review.actions import Refused
from tests.documents import corpus
from tests.factories.accounts import make_person
from tests.factories.admission import make_application
from tests.factories.member_states import make_liaison
from tests.signing_in import sign_in_from_inside

pytestmark = pytest.mark.django_db
HEAD = "helga@example.org"


@pytest.fixture
def contact_chl(chile):
    return make_liaison("Carla Contacto", chile, "contact point")


@pytest.fixture
def head(db):
    return make_person("Helga Head", email=HEAD)


@pytest.fixture
def page():
    """What somebody is answered, each with a browser of their own."""

    def ask(person, path, data=None):
        client = sign_in_from_inside(Client(), person) if person else Client()
        return client.get(path) if data is None else client.post(path, data)

    return ask


def at(application):
    with scope(PROGRAMME):
        return Application.objects.whole().get(pk=application.pk)


def steps(application):
    with scope(PROGRAMME):
        return list(Approval.objects.filter(application=application).values_list("step", "verdict"))


def url(application, end=""):
    return f"/network/applications/{application.pk}/{end}"


YES = {"verdict": "yes", "statement": "Fine."}
PAPER = {"signatory": "The ambassador", "signed_on": "2026-01-15"}
CHECKED = {"checked": ["founding", "host", "mandate", "head", "approvals"]}


def test_a_sectoral_team_goes_all_the_way(
    page, chile, lead_chl, contact_chl, head, csirt_chl, rep_chl, officer, manager
):
    opened = page(lead_chl, "/network/applications/open/", {
        "key": str(uuid.uuid4()), "state": chile.pk, "team": "", "name": "CSIRT of the ports", "short_name": "Port",
        "kind": "sector", "host": "The ports", "head_name": "Helga Head", "head_email": HEAD.upper(), "language": "es",
    })  # fmt: skip
    assert opened.status_code == 302, opened.content.decode()
    with scope(PROGRAMME):
        application = Application.objects.get()
    filled = page(head, url(application, "fill/"), {
        "version": "0", "name": "CSIRT of the ports", "kind": "sector", "head_name": "Helga Head", "language": "es",
        "constituency": "All ports", "is_right": "on", "do": "send",
        "file": SimpleUploadedFile("decree.pdf", corpus.pdf(), "application/pdf"),
    })  # fmt: skip
    assert filled.status_code == 302, filled.content.decode()
    assert at(application).stands == Stand.CONTACT_POINT
    assert page(contact_chl, url(application, "sign/contact-point/"), YES).status_code == 302
    assert at(application).consent_of == csirt_chl
    assert page(rep_chl, url(application, "sign/consent/"), YES).status_code == 302
    assert page(officer, url(application, "sign/documents/"), YES | CHECKED).status_code == 302
    assert page(manager, url(application, "sign/decision/"), YES).status_code == 302
    planned = str(today() + timedelta(days=3))
    assert page(officer, url(application, "meeting/"), {"do": "plan", "on": planned}).status_code == 302
    assert page(officer, url(application, "meeting/"), {"do": "held", "on": str(today())}).status_code == 302

    assert [step for step, _ in steps(application)] == [
        "sent", "contact point", "consent", "documents", "decision", "meeting",
    ]  # fmt: skip
    with scope(PROGRAMME):
        team = Team.objects.get(name="CSIRT of the ports")
        assert NetworkMembership.objects.get(team=team).constituent_of == csirt_chl
        assert TeamMember.objects.current().get(team=team).person == head
        assert team in Team.objects.connected()
    assert reach_of(User.objects.get(pk=head.pk)).teams == (team.pk,)


def test_a_national_team_needs_nobodys_consent(chile, contact_chl, lead_chl):
    application = make_application(chile, lead_chl, stands="contact point", kind="national")
    with scope(reach_of(contact_chl)):
        sign(application=application, step=Step.CONTACT_POINT, verdict=Verdict.YES, by=contact_chl)

    assert at(application).stands == Stand.DOCUMENTS


# Every step, wherever the application stands: {(stand, step, verdict): where it leads}
LEADS = {
    ("draft", "sent", "yes"): "contact point",
    ("returned", "sent", "yes"): "documents",
    ("contact point", "contact point", "yes"): "consent",
    ("contact point", "contact point", "no"): "decision",
    ("consent", "consent", "yes"): "documents",
    ("consent", "consent", "no"): "decision",
    ("documents", "documents", "yes"): "decision",
    ("documents", "documents", "more"): "returned",
    ("decision", "decision", "yes"): "meeting",
    ("decision", "decision", "no"): "declined",
    ("meeting", "meeting", "yes"): "member",
} | {(stand, "withdrawn", "yes"): "withdrawn" for stand in
     ("draft", "contact point", "consent", "documents", "returned", "decision")}  # fmt: skip


@pytest.mark.parametrize("stand", Stand.values)
def test_every_step_from_everywhere(stand, chile, lead_chl, manager):
    """What the table does not name is refused, and changes nothing."""
    for step in Step:
        for verdict in Verdict:
            application = make_application(chile, lead_chl, stands=stand, sent_at=timezone.now())
            Approval.objects.none()
            with scope(Reach(staff=True, person=manager.pk)), transaction.atomic():
                try:
                    sign(application=application, step=step, verdict=verdict, by=manager, statement="Because.")
                    came_to = at(application).stands
                except Refused:
                    came_to = None
                transaction.set_rollback(True)
            assert came_to == LEADS.get((stand, step.value, verdict.value)), (step, verdict)


def test_the_table_and_the_ways_name_the_same():
    named = {
        (stand.value, step.value, verdict.value)
        for step, way in WAYS.items()
        for stand in way.start
        for verdict in way.leads
    }

    assert named == set(LEADS)
    for (stand, step, verdict), end in LEADS.items():
        assert next_stand(Step(step), Verdict(verdict), before=Stand(stand), is_national=False) == end


@pytest.mark.parametrize("step", ["contact-point", "consent", "documents", "decision"])
def test_who_may_not_take_a_step_is_told_so(
    page, step, chile, lead_chl, head, observer, csirt_chl, rep_chl, analyst_chl
):
    stands = step.replace("-", " ")
    consent_of = csirt_chl if stands != "contact point" else None
    application = make_application(chile, lead_chl, stands=stands, consent_of=consent_of)
    body = YES | PAPER | CHECKED

    for person in (lead_chl, head, observer):
        assert page(person, url(application, f"sign/{step}/"), body).status_code == 403, person
    assert page(analyst_chl, url(application, f"sign/{step}/"), body).status_code == 404
    assert at(application).stands == stands


def test_an_officer_records_what_came_on_paper_and_says_who_signed(page, chile, lead_chl, officer):
    application = make_application(chile, lead_chl, stands="contact point")

    refused = page(officer, url(application, "sign/contact-point/"), YES)
    assert refused.status_code == 422
    page(officer, url(application, "sign/contact-point/"), YES | PAPER)

    with scope(PROGRAMME):
        approval = Approval.objects.get(application=application, step="contact point")
    assert (approval.by, approval.signatory, approval.signed_on) == (officer, "The ambassador", date(2026, 1, 15))


def test_two_approvals_at_once_are_one(transactional_db, chile, lead_chl, contact_chl):
    application = make_application(chile, lead_chl, stands="contact point")

    def approve(_number):
        try:
            with scope(reach_of(User.objects.get(pk=contact_chl.pk))):
                sign(application=application, step=Step.CONTACT_POINT, verdict=Verdict.YES, by=contact_chl)
            return "signed"
        except Refused:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        said = sorted(pool.map(approve, range(4)))

    assert said == ["refused", "refused", "refused", "signed"]
    assert steps(application).count(("contact point", "yes")) == 1


def test_the_same_key_opens_one_application(chile, lead_chl):
    facts = {"name": "A", "head_name": "H", "head_email": HEAD, "language": "en", "state": chile, "team": None}
    key = uuid.uuid4()
    with scope(reach_of(lead_chl)):
        first = open_application(key=key, by=lead_chl, **facts)
        again = open_application(key=key, by=lead_chl, **facts)
        with pytest.raises(Refused):
            open_application(key=uuid.uuid4(), by=lead_chl, **facts | {"name": "a"})

    assert first == again


def test_a_member_does_not_apply_again(chile, lead_chl, csirt_chl):
    with scope(reach_of(lead_chl)), pytest.raises(Refused):
        open_application(
            key=uuid.uuid4(), by=lead_chl, state=chile, team=csirt_chl, head_name="H", head_email=HEAD, language="en"
        )


def test_nothing_is_sent_without_its_founding_document(page, chile, lead_chl):
    with scope(reach_of(lead_chl)):
        application = open_application(
            key=uuid.uuid4(), by=lead_chl, state=chile, team=None, name="A", kind="national", head_name="H",
            head_email=HEAD, language="en",
        )  # fmt: skip
    body = {"version": "0", "name": "A", "kind": "national", "head_name": "H", "language": "en", "is_right": "on"}
    refused = page(lead_chl, url(application, "fill/"), body | {"constituency": "All", "do": "send"})

    assert refused.status_code == 422
    assert "founding document" in refused.content.decode()
    assert at(application).stands == Stand.DRAFT
    assert at(application).constituency == "All"


def test_two_who_fill_it_in_at_once(page, chile, lead_chl, head):
    application = make_application(chile, lead_chl)
    body = {"version": "0", "name": "A", "kind": "sector", "head_name": "H", "language": "en", "do": "save"}

    assert page(lead_chl, url(application, "fill/"), body | {"constituency": "First"}).status_code == 302
    second = page(head, url(application, "fill/"), body | {"constituency": "Second"})

    assert second.status_code == 422
    assert "Second" in second.content.decode()
    assert at(application).constituency == "First"


def test_who_sees_an_application(
    chile, jamaica, lead_chl, lead_jam, head, csirt_chl, rep_chl, rep_banks, rep_jam, outsider
):
    asked = make_application(chile, lead_chl, stands="consent", consent_of=csirt_chl)
    unasked = make_application(chile, lead_chl, stands="contact point", head_email="other@example.org")
    seen = {}
    for person in (lead_chl, lead_jam, head, rep_chl, rep_banks, rep_jam, outsider):
        person = User.objects.get(pk=person.pk)
        with scope(reach_of(person)):
            seen[person.name.split()[0]] = set(Application.objects.visible_to(person))
            assert set(Application.objects.all()) == set(Application.objects.visible_to(person))

    assert seen == {
        "Camila": {asked, unasked}, "Marcus": set(), "Helga": {asked}, "Tomas": {asked}, "Sonia": set(), "Fay": set(),
        "Otto": set(),
    }  # fmt: skip


def test_every_side_opens_the_founding_document_and_nobody_else(
    page, chile, lead_chl, head, csirt_chl, rep_chl, rep_jam, observer
):
    application = make_application(chile, lead_chl, stands="consent", consent_of=csirt_chl)
    with scope(PROGRAMME):
        path = url(application, f"documents/{application.documents.get().pk}/")

    for person in (lead_chl, head, rep_chl, observer):
        answer = page(person, path)
        assert b"".join(answer.streaming_content) == corpus.pdf(), person
    assert page(rep_jam, path).status_code == 404
    with scope(PROGRAMME):
        assert AuditEntry.objects.filter(verb="R", model="csirt_network.applicationdocument").count() == 4


# The clock ---------------------------------------------------------------------------------------------------------


def sent(application, day):
    """Sent on that day, as is all that came after."""
    moment = timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 18))
    with scope(PROGRAMME):
        Application.objects.filter(pk=application.pk).update(sent_at=moment, stood_since=moment)
    return moment


@pytest.fixture
def waiting(chile, lead_chl, monkeypatch):
    """Sent on Friday, 6 March 2026."""

    def make(stands="contact point", steps=(("sent", "yes", date(2026, 3, 6)),)):
        application = make_application(chile, lead_chl, sent_at=timezone.now(), head_email="nobody@example.org")
        with scope(Reach(staff=True, person=lead_chl.pk)):
            Application.objects.filter(pk=application.pk).update(stands=stands)
            turns = {}
            for step, verdict, day in steps:
                turns[step] = turns.get(step, 0) + 1
                moment = timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 18))
                monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
                Approval.objects.create(
                    application=application, state=chile, step=step, turn=turns[step], verdict=verdict, by=lead_chl
                )
        monkeypatch.undo()
        sent(application, steps[0][2])
        return application

    return make


@pytest.fixture
def on(monkeypatch):
    def _on(day):
        for module in ("csirt_network.admission.clock", "csirt_network.admission.reminders"):
            monkeypatch.setattr(f"{module}.today", lambda: day)

    return _on


def clock(application):
    with scope(PROGRAMME):
        return clock_of(at(application))


def test_twenty_working_days_by_the_calendar_of_the_state(waiting, on):
    """Chile: Good Friday, 3 April 2026, does not count."""
    application = waiting()
    on(date(2026, 4, 6))

    assert clock(application).due_on == add_working_days(date(2026, 3, 6), 20, "CHL") == date(2026, 4, 6)
    assert (clock(application).used, clock(application).is_overdue) == (20, False)
    on(date(2026, 4, 7))
    assert (clock(application).used, clock(application).is_overdue) == (21, True)


def test_a_closed_day_of_the_state_does_not_count(waiting, on, chile):
    application = waiting()
    with scope(PROGRAMME):
        ClosedDay.objects.create(state=chile, day=date(2026, 3, 10), name="Census")
    on(date(2026, 3, 11))

    assert clock(application).used == 2
    assert clock(application).due_on == date(2026, 4, 7)


def test_the_table_of_closed_days_leads_to_where_they_stand(client, chile):
    with scope(PROGRAMME):
        kept = ClosedDay.objects.create(state=chile, day=date(2026, 3, 10), name="Census")
    rows = b"".join(client.get("/network/closed-days/chile.csv")).decode().splitlines()[1:]
    address = f"{settings.SITE_URL}/network/closed-days/chile/"

    assert f"2026-03-10,Census,Closed day,{kept.pk},{address}" in rows
    assert all(row.endswith(f",{address}") for row in rows)


def test_the_clock_stands_still_while_the_applicant_has_the_move(waiting, on):
    steps = [("sent", "yes", date(2026, 3, 6)), ("documents", "more", date(2026, 3, 11))]
    application = waiting("returned", steps)
    on(date(2026, 3, 27))
    assert (clock(application).used, clock(application).due_on, clock(application).is_paused) == (3, None, True)

    again = waiting("documents", [*steps, ("sent", "yes", date(2026, 3, 27))])
    on(date(2026, 3, 30))
    assert clock(again).used == 4
    assert clock(again).due_on == add_working_days(date(2026, 3, 27), 17, "CHL")


def test_the_clock_ends_with_the_answer(waiting, on):
    application = waiting("declined", [("sent", "yes", date(2026, 3, 6)), ("decision", "no", date(2026, 3, 9))])
    on(date(2026, 12, 1))

    assert (clock(application).used, clock(application).answered_on) == (1, date(2026, 3, 9))
    assert not clock(application).is_overdue


# Mail --------------------------------------------------------------------------------------------------------------


def posted(application, kind="admission move"):
    with scope(PROGRAMME):
        rows = Mail.objects.filter(kind=kind, object_id=application.pk).select_related("person")
        return sorted((row.person.name, row.threshold) for row in rows)


def test_who_has_the_next_move_is_reminded_every_five_working_days(
    waiting, on, contact_chl, lead_chl, officer, manager
):
    application = waiting()
    for day, names in ((date(2026, 3, 12), 0), (date(2026, 3, 13), 1), (date(2026, 3, 19), 1), (date(2026, 3, 20), 2)):
        on(day)
        remind()
        remind()
        assert [name for name, _ in posted(application)] == ["Carla Contacto"] * names, day


def test_staff_hear_of_what_is_late(waiting, on, officer, manager, observer):
    application = waiting()
    on(date(2026, 4, 6))
    remind()
    assert posted(application, "admission late") == []
    on(date(2026, 4, 7))
    remind()
    remind()
    assert [name for name, _ in posted(application, "admission late")] == ["Ana Ejemplo", "Marta Gestora"]


def test_the_head_is_invited_and_told_in_one_way(page, chile, lead_chl):
    application = make_application(chile, lead_chl)
    assert page(lead_chl, url(application, "write/"), {}).status_code == 302

    with scope(PROGRAMME):
        invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role, invitation.state) == (HEAD, "applicant", chile)


def test_with_an_account_the_head_is_reminded_once_a_day(page, chile, lead_chl, head):
    application = make_application(chile, lead_chl)
    for _ in range(2):
        page(lead_chl, url(application, "write/"), {})

    assert [name for name, _ in posted(application)] == ["Helga Head"]
    with scope(PROGRAMME):
        assert not Invitation.objects.exists()


# Letters -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt-br"])
def test_letters_in_four_languages_are_the_same_bytes_each_time(language, chile, lead_chl, csirt_chl):
    application = at(make_application(chile, lead_chl, stands="meeting", consent_of=csirt_chl))
    with scope(PROGRAMME):
        names = [letter.name for letter in letters.letters_of(application)]
        made = {letter.name: letters.pdf(letter, application, language) for letter in letters.letters_of(application)}
        again = letters.pdf(letters.letter_of(application, "receipt"), application, language)

    assert names == ["receipt", "approval-request", "consent-request", "admission"]
    assert made["receipt"] == again
    for name, content in made.items():
        text = " ".join(PdfReader(BytesIO(content)).pages[0].extract_text().split())
        assert application.name in text, name


def test_a_letter_says_what_was_known_when_it_fell_due(chile, lead_chl):
    application = at(make_application(chile, lead_chl, stands="documents", said="Said later"))
    with scope(PROGRAMME):
        receipt = letters.pdf(letters.letter_of(application, "receipt"), application, "en")

    assert "Approval by the national contact point" not in PdfReader(BytesIO(receipt)).pages[0].extract_text()


# The network page --------------------------------------------------------------------------------------------------


def test_everybody_sees_who_is_a_member_and_its_sides_who_applies(page, chile, jamaica, csirt_chl, lead_chl, lead_jam):
    make_application(jamaica, lead_jam, stands="documents", name="Secret Team")

    assert "Secret Team" not in page(None, "/network/").content.decode()
    assert "Secret Team" not in page(lead_chl, "/network/").content.decode()
    assert "Secret Team" in page(lead_jam, "/network/").content.decode()
    assert "CSIRT of Chile" in page(None, "/network/").content.decode()


def test_a_list_that_is_late_says_so(page, waiting, manager, monkeypatch):
    waiting()
    answer = page(manager, "/network/applications/")

    assert "1 application should have been answered by now." in answer.content.decode()
    assert page(manager, "/network/applications.csv").status_code == 200
