"""Files of reports are kept for so many days; then the content goes, and every page and program says so."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from common.scope import PROGRAMME, scope
from reporting.expiry import expire
from reporting.models import Delivery, RunFile
from tests.conftest import as_owner
from tests.factories.reporting import make_run

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF-1.4 a brief\n%%EOF\n"
SENTENCE = "The files of this report expired on"
AGAIN, NEW = "Make it again", "Make a new one"


def make_file(run, *, days=731.0, name="brief.pdf", **facts):
    with scope(PROGRAMME):
        file = RunFile(run=run, state=run.state, **{"language": "en", "format": "pdf", **facts})
        file.size, file.sha256 = len(CONTENT), "5" * 64
        file.content.save(name, ContentFile(CONTENT), save=False)
        file.save()
        RunFile.objects.filter(pk=file.pk).update(made_at=timezone.now() - timedelta(days=days))
    return file


def fresh(file):
    with scope(PROGRAMME):
        return RunFile.objects.get(pk=file.pk)


def is_kept(file):
    row = fresh(file)
    assert default_storage.exists(row.content.name) == (row.expired_at is None)
    return row.expired_at is None


@pytest.fixture
def run(chile, officer, lead_chl):
    run = make_run(chile, status="done", finished_at=timezone.now() - timedelta(days=731))
    with scope(PROGRAMME):
        for person in (officer, lead_chl):
            Delivery.objects.create(run=run, state=chile, person=person, name=person.name, language="en")
    return run


# When -----------------------------------------------------------------------------------------------------------------

SECOND = 1 / 86400


@pytest.mark.parametrize(
    ("kept_for", "days", "stays"),
    [
        (730, 730 - SECOND * 60, True),
        (730, 730, False),
        (730, 4000, False),
        (30, 30 - SECOND * 60, True),
        (30, 30, False),
        (0, 4000, True),
    ],
)
def test_a_file_goes_when_its_days_are_over(settings, run, kept_for, days, stays):
    settings.REPORT_DAYS = kept_for
    file = make_file(run, days=days)

    assert expire() == (not stays)
    assert is_kept(file) == stays


def test_what_it_was_stays_in_its_row_and_is_noted_once(settings, run):
    file = make_file(run)
    before = fresh(file)

    assert (expire(), expire()) == (1, 0)

    after = fresh(file)
    for name in ("run_id", "state_id", "language", "format", "size", "sha256", "made_at", "content"):
        assert getattr(after, name) == getattr(before, name), name
    assert timezone.now() - after.expired_at < timedelta(minutes=1)


def test_more_than_are_taken_at_once_all_go(monkeypatch, run):
    monkeypatch.setattr("reporting.expiry.AT_ONCE", 2)
    files = [make_file(run, language=code) for code in ("en", "es", "fr", "pt-br")] + [make_file(run, format="xlsx")]

    assert expire() == 5
    assert not any(is_kept(file) for file in files)


def test_content_that_a_younger_report_has_as_well_stays_for_it(run, jamaica):
    old, young = make_file(run), make_file(make_run(jamaica, status="done"), days=1)
    with scope(PROGRAMME):
        RunFile.objects.filter(pk=young.pk).update(content=fresh(old).content.name)

    assert expire() == 1
    assert fresh(old).expired_at
    assert is_kept(young)

    with scope(PROGRAMME):
        RunFile.objects.filter(pk=young.pk).update(made_at=timezone.now() - timedelta(days=731))
    assert expire() == 1
    assert not is_kept(young)


def test_what_the_disk_does_not_let_go_is_tried_again(monkeypatch, run):
    file = make_file(run)
    with monkeypatch.context() as broken:
        broken.setattr(default_storage._wrapped, "delete", _broken)
        assert expire() == 0
        assert is_kept(file)

    assert expire() == 1
    assert not is_kept(file)


def _broken(name):
    raise OSError("The disk is read-only.")


@pytest.mark.django_db(transaction=True)
def test_files_and_rows_agree_afterwards_and_what_is_left_over_is_found(run, capsys):
    file = make_file(run)
    expire()
    with as_owner():
        call_command("check_files")
    assert "1 files" in capsys.readouterr().out

    default_storage.save(fresh(file).content.name, ContentFile(CONTENT))
    with as_owner(), pytest.raises(Exception, match="0 rows and 1 files"):
        call_command("check_files")


# What is said of it ---------------------------------------------------------------------------------------------------


@pytest.fixture
def expired(run):
    make_file(run)
    make_file(run, format="xlsx")
    expire()
    return run


def test_its_page_and_its_address_say_so_and_offer_another_to_whom_may_make_one(
    expired, sign_in, officer, observer, lead_chl, lead_jam
):
    page, file = expired.get_absolute_url(), reverse("run-file", args=[expired.pk, "en", "pdf"])
    for person, may_make in ((officer, True), (observer, False), (lead_chl, False)):
        client = sign_in(person)
        for address, status in ((page, 200), (file, 410)):
            response = client.get(address)
            assert response.status_code == status
            assert SENTENCE in response.text
            assert (AGAIN in response.text) == may_make, (person, address)
        assert file not in client.get(page).text
    assert sign_in(lead_jam).get(file).status_code == 404


def test_lists_say_so_and_offer_no_file(expired, sign_in, officer, lead_chl):
    for person in (officer, lead_chl):
        words = sign_in(person).get(reverse("run-list")).text
        assert "Its files expired on" in words
        assert "en.pdf" not in words
        assert "kept for 730 days" in words


def test_lists_say_that_files_stay_where_they_do(settings, expired, sign_in, officer, lead_chl):
    settings.REPORT_DAYS = 0

    assert "and stay here" in sign_in(officer).get(reverse("run-list")).text
    assert "They stay here" in sign_in(lead_chl).get(reverse("run-list")).text


def test_the_archive_says_so_in_its_table_too(expired, chile, sign_in, officer, observer):
    day = timezone.localdate(timezone=ZoneInfo(officer.time_zone)).isoformat()

    for person, may_make in ((officer, True), (observer, False)):
        words = sign_in(person).get(reverse("run-archive")).text
        assert "Its files expired on" in words
        assert (AGAIN in words) == may_make
    head, *lines = sign_in(officer).get(reverse("run-archive-table")).getvalue().decode().splitlines()
    at = head.split(",").index("Expired on")
    assert all(line.split(",")[at].startswith(day) for line in lines)


def test_while_one_file_is_kept_it_is_offered(run, sign_in, officer):
    make_file(run)
    kept = make_file(run, language="es", days=1)
    expire()
    client = sign_in(officer)

    words = client.get(run.get_absolute_url()).text
    assert SENTENCE in words
    assert kept.get_absolute_url() in words
    assert "Its files expired on" not in client.get(reverse("run-archive")).text
    assert kept.get_absolute_url() in client.get(reverse("run-list")).text


def test_made_again_it_is_about_the_same(expired, chile, jamaica, sign_in, officer, observer):
    address = f"{reverse('run-make')}?again={expired.pk}"
    form = sign_in(officer).get(address).context["form"]

    assert [box.state for boxes in form.boxes().values() for box in boxes if box.is_chosen] == [chile]
    assert form["languages"].value() == ["en"]
    assert sign_in(observer).get(address).status_code == 403


@pytest.mark.parametrize("bad", ["x", "", "0", "9" * 30, "-1", "\0"])
def test_what_is_no_report_is_not_made_again(bad, chile, sign_in, officer):
    assert sign_in(officer).get(reverse("run-make"), {"again": bad}).status_code == 200


def test_programs_are_told_as_people_are(expired, program_of, officer, lead_chl, lead_jam):
    program = program_of(lead_chl)
    (one, _other) = program.get("reports/").json()["results"][0]["files"]
    answer = program.get(f"reports/files/{one['id']}/")

    assert one["expired_at"]
    assert (answer.status_code, answer["Content-Type"]) == (410, "application/problem+json")
    assert answer.json()["detail"].startswith(SENTENCE)
    assert program_of(lead_jam).get(f"reports/files/{one['id']}/").status_code == 404
    assert all(told["expired_at"] for told in program_of(officer).get("reports/sent/").json()["results"])


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"kind": "network bulletin"}, NEW),
        ({"kind": "region at a glance"}, NEW),
        ({"kind": "activities calendar", "first_on": date(2024, 1, 1), "last_on": date(2024, 3, 31)}, NEW),
        ({"kind": "country brief"}, AGAIN),
    ],
)
def test_of_a_month_long_gone_a_new_one_is_offered_not_the_same(facts, words, chile, officer, sign_in):
    about = chile if facts["kind"] == "country brief" else None
    run = make_run(about, status="done", finished_at=timezone.now(), **facts)
    make_file(run)
    with scope(PROGRAMME):
        Delivery.objects.create(run=run, state=about, person=officer, name=officer.name, language="en")
    expire()

    for page in (run.get_absolute_url(), reverse("run-archive")):
        shown = sign_in(officer).get(page).text
        assert [one for one in (NEW, AGAIN) if one in shown] == [words]
