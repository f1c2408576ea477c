"""Files of reports, certificates by their number, single submissions and SIM3 profiles, as their pages give them."""

import hashlib

import pytest
from django.core.files.base import ContentFile

from accounts.models import AuditEntry
from action_plan.api import certificates
from action_plan.models import Certificate
from common.days import today
from common.scope import PROGRAMME, scope
from reporting.models import RunFile
from tests.factories.capability import make_accepted, make_submitted
from tests.factories.csirt_network import make_sim3_profile
from tests.factories.reporting import make_run
from tests.factories.training import choose, make_course, make_nomination

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF-1.4 a brief\n%%EOF\n"


@pytest.fixture
def file(chile):
    run = make_run(chile, status="done")
    with scope(PROGRAMME):
        facts = {"size": len(CONTENT), "sha256": hashlib.sha256(CONTENT).hexdigest()}
        made = RunFile(run=run, state=chile, language="es", format="pdf", **facts)
        made.content.save("report.pdf", ContentFile(CONTENT), save=False)
        made.save()
    return made


def test_a_program_fetches_the_file_of_a_report_as_people_do(program_of, lead_chl, lead_jam, file):
    program = program_of(lead_chl)
    (named,) = program.get("reports/").json()["results"][0]["files"]
    answer = program.get(named["content"].partition("/api/v1/")[2])

    assert (named["language"], named["format"], named["size"]) == ("es", "pdf", len(CONTENT))
    assert hashlib.sha256(b"".join(answer.streaming_content)).hexdigest() == named["sha256"]
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith('attachment; filename="country-brief-chile-')
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store, private"
    assert program_of(lead_jam).get(f"reports/files/{file.pk}/").status_code == 404


def test_who_fetches_a_file_of_a_report_stands_in_the_trail(program_of, lead_chl, file):
    answer = program_of(lead_chl).get(f"reports/files/{file.pk}/")
    assert b"".join(answer.streaming_content)

    with scope(PROGRAMME):
        read = AuditEntry.objects.filter(verb=AuditEntry.Verb.READ, model="reporting.runfile", object_id=file.pk)
        assert list(read.values_list("by_id", flat=True)) == [lead_chl.pk]


@pytest.fixture
def certificate(chile, lead_chl, officer):
    course = make_course(chile)
    who = choose(make_nomination(course, chile, by=lead_chl, name="Nora Example"), by=officer)
    day = today()
    with scope(PROGRAMME):
        return Certificate.objects.create(
            number="0123456789ABCDEFGHJK", nomination=who, course=course, state=chile, name="Nora Example",
            title="Incident handling", language="es", starts_on=day, ends_on=day, issued_on=day, hours=3,
            issued_by=officer,
        )  # fmt: skip


def test_anybody_with_the_number_is_told_whether_a_certificate_holds(program_of, outsider, certificate):
    program = program_of(outsider)

    for number in (certificate.number, certificate.number.lower(), certificate.spelled):
        told = program.get(f"certificates/{number}/").json()
        assert (told["name"], told["is_valid"], told["revoked_on"]) == ("Nora Example", True, None)
    absent, malformed = program.get(f"certificates/{'0' * 20}/"), program.get("certificates/none-at-all/")
    assert absent.status_code == malformed.status_code == 404
    assert absent.content == malformed.content


def test_numbers_of_certificates_are_not_guessed(program_of, outsider, certificate, monkeypatch):
    monkeypatch.setattr(certificates, "MOST_LOOKS", 2)
    program = program_of(outsider)
    answers = [program.get(f"certificates/{number}/") for number in ("one", "two", certificate.number)]

    assert [answer.status_code for answer in answers] == [404, 404, 429]
    assert answers[-1]["Retry-After"] == "60"


def test_each_time_an_update_was_sent_is_read_by_itself(program_of, update_chl, lead_chl, lead_jam, officer):
    make_submitted(update_chl, by=lead_chl, text="At first")
    make_submitted(update_chl, by=lead_chl, text="At last", number=2)
    path = "updates/chile/2026-2/submissions/"

    for person in (lead_chl, officer):
        for number, words in ((1, "At first"), (2, "At last")):
            sent = program_of(person).get(f"{path}{number}/").json()
            assert (sent["number"], {answer["text"] for answer in sent["answers"]} - {""}) == (number, {words})
    assert program_of(officer).get(f"{path}3/").status_code == 404
    assert program_of(lead_jam).get(f"{path}1/").status_code == 404


def test_staff_who_read_a_submission_stand_in_the_trail(program_of, update_chl, lead_chl, officer):
    make_accepted(update_chl, by=lead_chl)
    program_of(officer).get("updates/chile/2026-2/submissions/1/")

    with scope(PROGRAMME):
        read = AuditEntry.objects.filter(verb=AuditEntry.Verb.READ, model="capability.submission")
        assert list(read.values_list("by_id", flat=True)) == [officer.pk]


def test_the_network_reads_the_profiles_of_sim3(program_of, rep_chl, lead_jam, outsider, manager):
    make_sim3_profile("Basic", {"O-1": 3, "H-1": 2}, manager)

    (listed,) = program_of(rep_chl).get("network/profiles/?is_offered=true").json()["results"]

    assert listed["levels"] == [{"code": "H-1", "level": 2}, {"code": "O-1", "level": 3}]
    assert program_of(rep_chl).get("network/profiles/basic/").json() == listed
    assert program_of(outsider).get("network/profiles/").json()["results"] == []
