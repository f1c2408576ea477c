"""Who was there gets a certificate: one, under a number that nobody can guess, and whoever has it may verify it."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Barrier

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from pypdf import PdfReader

from action_plan.actions.attendance import ask_for_evaluation, record
from action_plan.actions.certificates import ALPHABET, correct, issue, revoke
from action_plan.actions.selection import Decision, decide
from action_plan.certificate_paper import as_pdf, qr_of
from action_plan.models import Certificate, CourseLetter, CourseSession, Evaluation, Nomination, ParticipantCount
from action_plan.participants import verified
from common.scope import PROGRAMME, reach_of, scope
from notices.work import work
from review.actions import Refused
from tests.factories.training import choose, fresh, link_of, make_course, make_nomination, make_session
from tests.signing_in import sign_in_from_inside

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(chile, jamaica):
    return make_course(chile, jamaica, seats=10)


@pytest.fixture
def held(course, chile, lead_chl, officer):
    """Ana was at both sessions, Beto at one of two."""
    names = ("Ana Niño", "Beto Medio")
    people = [choose(make_nomination(course, chile, by=lead_chl, name=name), by=officer) for name in names]
    attend(course, officer, [{people[0].pk: True, people[1].pk: True}, {people[0].pk: True, people[1].pk: False}])
    return people


def attend(course, officer, sessions):
    with scope(reach_of(officer)):
        for session, there in zip(CourseSession.objects.filter(course=course), sessions, strict=True):
            record(course=course, session=session, was_there=there, by=officer)


def issued(course, officer):
    with scope(reach_of(officer)):
        issue(course=course, by=officer)
        return list(Certificate.objects.filter(course=course).valid())


def test_whoever_was_at_enough_sessions_gets_one_certificate(course, held, officer):
    certificates = issued(course, officer)

    with pytest.raises(Refused, match="Nobody else"), scope(reach_of(officer)):
        issue(course=course, by=officer)
    assert [one.name for one in certificates] == ["Ana Niño"]
    assert len(certificates[0].number) == 20
    assert set(certificates[0].number) <= set(ALPHABET)
    assert (str(certificates[0].hours), certificates[0].language) == ("6.0", "es")


def test_the_database_keeps_a_second_certificate_out(course, held, officer):
    (certificate,) = issued(course, officer)
    certificate.pk, certificate.number = None, "A" * 20

    with pytest.raises(IntegrityError), scope(PROGRAMME), transaction.atomic():
        certificate.save(force_insert=True)


def test_before_the_last_session_is_over_none_is_issued(course, held, officer):
    make_session(course, days_ago=-2)

    with pytest.raises(Refused, match="not over yet"), scope(reach_of(officer)):
        issue(course=course, by=officer)


def test_certificate_says_name_course_and_number_in_its_language(course, held, officer):
    (certificate,) = issued(course, officer)
    pdf = as_pdf(certificate)
    document = PdfReader(BytesIO(pdf))
    words = document.pages[0].extract_text()

    assert len(document.pages) == 1
    for expected in ("Ana Niño", "Incident handling", certificate.spelled, "/verify/"):
        assert expected in words
    assert as_pdf(certificate) == pdf
    assert document.trailer["/Root"]["/Lang"] == "es"


def test_the_code_holds_the_address_of_verification():
    assert qr_of("https://cyber.example.org/verify/X/").count("<path") == 1
    assert qr_of("https://cyber.example.org/verify/X/") != qr_of("https://cyber.example.org/verify/Y/")


def test_participant_downloads_the_certificate_by_the_letters_link(course, held, officer, client):
    issued(course, officer)
    address = link_of(held[0], "certificate")

    page, paper = client.get(address), client.get(f"{address}certificate.pdf")

    assert mail.outbox[-1].to == [held[0].email]
    assert (page.status_code, paper.status_code) == (200, 200)
    assert paper.content.startswith(b"%PDF-")
    assert "no-store" in paper["Cache-Control"]


def test_verification_says_whether_it_holds_and_never_why_not(course, held, officer, client):
    (certificate,) = issued(course, officer)
    address = certificate.get_absolute_url()
    valid = client.get(address)

    with scope(reach_of(officer)):
        revoke(certificate=certificate, because="CANARY fraud", by=officer)
    revoked = client.get(address)

    assert (valid.status_code, revoked.status_code) == (200, 200)
    assert b"This certificate is valid." in valid.content
    assert b"was revoked on" in revoked.content
    assert b"CANARY" not in revoked.content
    assert held[0].email.encode() not in valid.content
    assert valid["X-Robots-Tag"] == "noindex"


def test_absent_and_malformed_numbers_look_alike(client, course, held, officer):
    issued(course, officer)
    numbers = ("0" * 20, "no-number-at-all", "U" * 20, "A" * 500)
    answers = [client.get(f"/verify/{number}/") for number in numbers]
    pages = [answer.content.replace(number.encode(), b"") for number, answer in zip(numbers, answers, strict=True)]

    assert {answer.status_code for answer in answers} == {404}
    assert len({len(page) for page in pages}) == 1


def test_numbers_are_read_as_people_write_them(course, held, officer):
    (certificate,) = issued(course, officer)

    assert verified(certificate.spelled.lower()) == verified(f" {certificate.number} ") != None  # noqa: E711


def test_verification_is_asked_so_often_and_no_more(client):
    codes = [client.get(f"/verify/{number}/").status_code for number in range(32)]

    assert codes[:30] == [404] * 30
    assert codes[30:] == [429, 429]


def test_a_corrected_name_replaces_the_certificate(course, held, officer, client):
    (before,) = issued(course, officer)
    nomination = fresh(held[0])
    nomination.name = "Ana María Niño"

    with scope(reach_of(officer)):
        was_replaced = correct(nomination=nomination, fields=["name"], by=officer)
        after = Certificate.objects.valid().get(nomination=nomination)

    assert was_replaced
    assert (after.replaces_id, after.name) == (before.pk, "Ana María Niño")
    assert b"was replaced by another" in client.get(before.get_absolute_url()).content
    assert b"is valid" in client.get(after.get_absolute_url()).content


def test_whose_certificate_was_revoked_gets_no_other_by_issuing_again(course, held, officer):
    (certificate,) = issued(course, officer)
    with scope(reach_of(officer)):
        revoke(certificate=certificate, because="Issued by mistake", by=officer)

    with pytest.raises(Refused), scope(reach_of(officer)):
        issue(course=course, by=officer)


def test_figures_of_the_activity_are_those_who_were_there(course, chile, jamaica, lead_chl, lead_jam, officer):
    who = [
        (chile, lead_chl, "public", "woman"),
        (chile, lead_chl, "public", "woman"),
        (chile, lead_chl, "private", "other"),
        (jamaica, lead_jam, "public", "not stated"),
        (jamaica, lead_jam, "public", "man"),  # never came
    ]
    people = [choose(make_nomination(course, s, by=by, sector=sec, gender=g), by=officer) for s, by, sec, g in who]
    there = {person.pk: n < 4 for n, person in enumerate(people)}
    attend(course, officer, [there, dict.fromkeys(there, False)])

    assert figures(course) == {
        ("chile", "public"): (2, 0, 0, 0),
        ("chile", "private"): (0, 0, 1, 0),
        ("jamaica", "public"): (0, 0, 0, 1),
    }
    with scope(PROGRAMME):
        total = sum(row.total for row in ParticipantCount.objects.filter(activity=course.activity))
        assert total == Nomination.objects.filter(course=course, attendances__was_there=True).distinct().count()

    attend(course, officer, [dict.fromkeys(there, False), {people[4].pk: True}])
    assert figures(course) == {("jamaica", "public"): (0, 1, 0, 0)}


def figures(course):
    with scope(PROGRAMME):
        rows = ParticipantCount.objects.filter(activity=course.activity).select_related("state")
        return {(r.state.slug, r.sector): (r.women, r.men, r.other, r.not_stated) for r in rows}


MARKS = {"content": "5", "trainers": "4", "organisation": "3", "use": "5", "comment": "CANARY comment"}


def test_an_evaluation_is_given_once_and_without_a_name(course, held, officer, client):
    with scope(reach_of(officer)):
        ask_for_evaluation(course=course, by=officer)
    address = link_of(held[0], "evaluation")

    looked = [client.get(address).status_code for _ in range(2)]
    sent = [client.post(address, MARKS).status_code for _ in range(2)]

    assert looked == [200, 200]
    assert sent == [302, 200]
    with scope(PROGRAMME):
        (evaluation,) = Evaluation.objects.all()
    assert "CANARY" in evaluation.comment
    assert {field.name for field in Evaluation._meta.fields} & {"nomination", "letter", "at", "by"} == set()


def test_evaluations_are_shown_from_five_answers_on(course, held, officer, observer, client):
    sign_in_from_inside(client, observer)
    address = f"{course.get_absolute_url()}evaluation/"
    shown = []
    for _ in range(5):
        with scope(PROGRAMME):
            Evaluation.objects.create(course=course, content=5, trainers=4, organisation=3, use=5, comment="CANARY")
        shown.append(b"CANARY" in client.get(address).content)

    assert shown == [False, False, False, False, True]


def test_an_expired_link_opens_nothing(course, held, officer, client):
    with scope(reach_of(officer)):
        ask_for_evaluation(course=course, by=officer)
    address = link_of(held[0], "evaluation")
    CourseLetter.objects.update(until="2020-01-01")

    assert client.get(address).status_code == client.post(address, MARKS).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_do_not_give_the_last_seat_twice(chile, lead_chl, officer, manager):
    course = make_course(chile, seats=1)
    people = [make_nomination(course, chile, by=lead_chl) for _ in range(2)]

    done = at_once(lambda person, by: choose_in_reach(course, person, by), zip(people, (officer, manager), strict=True))

    assert sorted(done) == ["Refused", "done"]
    assert sorted(fresh(person).status for person in people) == ["nominated", "selected"]


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_issue_one_certificate(chile, lead_chl, officer, manager):
    course = make_course(chile, seats=1)
    person = choose(make_nomination(course, chile, by=lead_chl), by=officer)
    attend(course, officer, [{person.pk: True}] * 2)

    done = at_once(lambda by: issue_in_reach(course, by), [(officer,), (manager,)])

    assert sorted(done) == ["Refused", "done"]
    with scope(PROGRAMME):
        assert Certificate.objects.count() == 1


def choose_in_reach(course, person, by):
    with scope(reach_of(by)):
        decide(course=course, decisions=[Decision(person.pk, "selected", "", "nominated")], by=by)


def issue_in_reach(course, by):
    with scope(reach_of(by)):
        issue(course=course, by=by)


def at_once(act, arguments):
    arguments = list(arguments)
    barrier = Barrier(len(arguments))

    def run(given):
        barrier.wait()
        try:
            act(*given)
        except Refused:
            return "Refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(run, arguments))


# An address that was wrong --------------------------------------------------------------------------------------------


def corrected(nomination, by, **facts):
    nomination = fresh(nomination)
    for name, value in facts.items():
        setattr(nomination, name, value)
    with scope(reach_of(by)):
        return correct(nomination=nomination, fields=list(facts), by=by)


def test_a_corrected_address_closes_the_link_and_is_written_to(course, held, officer, client):
    before = link_of(held[0], "selected")
    assert client.get(before).status_code == 200

    corrected(held[0], officer, email="ana.nino@example.org")
    after = link_of(held[0], "selected")

    assert (client.get(before).status_code, client.get(after).status_code) == (404, 200)
    assert mail.outbox[-1].to == ["ana.nino@example.org"]


def test_a_letter_that_waits_for_a_wrong_address_is_not_sent(course, held, officer):
    corrected(held[0], officer, email="ana.nino@example.org")

    for letter in CourseLetter.objects.filter(nomination=held[0]):
        work(CourseLetter, letter.pk)

    assert [message.to for message in mail.outbox] == [["ana.nino@example.org"]]


@pytest.mark.parametrize("facts", [{}, {"name": "Ana María Niño"}])
def test_the_certificate_goes_to_the_corrected_address(course, held, officer, client, facts):
    issued(course, officer)
    before = link_of(held[0], "certificate")

    assert corrected(held[0], officer, email="ana.nino@example.org", **facts) is bool(facts)
    after = link_of(held[0], "certificate")

    codes = [client.get(f"{address}certificate.pdf").status_code for address in (before, after)]
    assert codes == [404, 200]
    assert mail.outbox[-1].to == ["ana.nino@example.org"]
    assert CourseLetter.objects.filter(nomination=held[0], about="certificate", closed_at=None).count() == 1


def test_nobody_answers_in_the_place_of_another_by_a_wrong_address(course, held, officer, client):
    with scope(reach_of(officer)):
        ask_for_evaluation(course=course, by=officer)
    before = link_of(held[0], "evaluation")

    corrected(held[0], officer, email="ana.nino@example.org")
    after = link_of(held[0], "evaluation")

    assert [client.post(address, MARKS).status_code for address in (before, after)] == [404, 302]


def test_what_else_is_corrected_leaves_the_link_open(course, held, officer, client):
    address = link_of(held[0], "selected")

    corrected(held[0], officer, institution="Ministry of Health")

    assert client.get(address).status_code == 200
    assert CourseLetter.objects.filter(nomination=held[0]).count() == 1


def test_the_next_decision_is_told_after_a_correction(course, held, officer):
    for address in ("ana.1@example.org", "ana.2@example.org"):
        corrected(held[0], officer, email=address)
    for status in ("waiting", "selected"):
        choose(held[0], status, by=officer)
        link_of(held[0], status)

    assert [message.to for message in mail.outbox] == [["ana.2@example.org"]] * 2
