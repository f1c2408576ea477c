"""Compartments: who reads a joint operation, what its label makes of it, and what is added to it."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEntry, User
from common.scope import PROGRAMME, Reach, reach_of, scope
from common.tlp import Tlp
from csirt_network.models import Recipient
from notices.models import Mail
from notices.work import work
from partnerships.actions.operations import relabel, remove_person, set_taking_part
from partnerships.models import CompartmentChange, LogEntry, Operation, OperationMove, OperationPerson
from partnerships.operation_page import operations_of
from review.actions import Refused
from tests.factories.alerts import make_alert
from tests.factories.library import a_file
from tests.factories.operations import HASH, make_entry, make_exhibit, make_operation
from tests.factories.partnerships import make_agreement, make_contact, make_partner
from tests.signing_in import sign_in_from_inside

pytestmark = pytest.mark.django_db
CONTROL = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK", "BEGIN", "COMMIT", "SELECT set_config")


@pytest.fixture
def acme() -> Any:
    with scope(PROGRAMME):
        return make_partner("Acme")


@pytest.fixture
def rival() -> Any:
    with scope(PROGRAMME):
        return make_partner("Rival")


@pytest.fixture
def contact(acme: Any) -> User:
    return make_contact("Carla Contact", acme)


@pytest.fixture
def stranger(rival: Any) -> User:
    return make_contact("Rudi Rival", rival)


def reads(person: Any, operation: Operation) -> bool:
    """By both walls, asked apart."""
    fresh = User.objects.get(pk=person.pk)
    with scope(PROGRAMME):
        first = Operation.objects.visible_to(fresh)
        sql, given = first.filter(pk=operation.pk).values("pk").query.sql_with_params()
    with scope(reach_of(fresh)):
        second = Operation._base_manager.filter(pk=operation.pk).exists()
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            both = cursor.fetchone() is not None
    assert both == second
    return second


def send_all() -> None:
    with scope(PROGRAMME):
        waiting = list(Mail.objects.filter(status="queued").values_list("pk", flat=True))
    for pk in waiting:
        work(Mail, pk)


def page(person: Any, operation: Operation, below: str = "") -> Any:
    return sign_in_from_inside(Client(), person).get(f"{operation.get_absolute_url()}{below}")


@pytest.mark.parametrize("tlp", [Tlp.AMBER, Tlp.STRICT])
def test_who_takes_part_reads_and_nobody_else(
    tlp: str, officer: Any, observer: Any, contact: Any, stranger: Any, acme: Any, chile: Any,
    lead_chl: Any, lead_jam: Any, rep_chl: Any,
) -> None:  # fmt: skip
    operation = make_operation(officer, partners=[acme], states=[chile], tlp=tlp)

    assert [reads(person, operation) for person in (officer, observer, contact, lead_chl)] == [True] * 4
    assert [reads(person, operation) for person in (stranger, lead_jam, rep_chl)] == [False] * 3


def test_red_is_read_by_the_persons_named_and_staff_are_bound_too(
    officer: Any, manager: Any, contact: Any, acme: Any, chile: Any, lead_chl: Any
) -> None:
    colleague = make_contact("Colin Colleague", acme)
    operation = make_operation(officer, partners=[acme], states=[chile], tlp=Tlp.RED, named=[contact])

    assert reads(officer, operation)
    assert reads(contact, operation)
    assert not any(reads(person, operation) for person in (manager, colleague, lead_chl))
    assert page(manager, operation).status_code == 404


def test_green_is_the_communitys_too_but_not_its_log(officer: Any, rep_chl: Any, lead_jam: Any, acme: Any) -> None:
    operation = make_operation(officer, partners=[acme], tlp=Tlp.GREEN, title_en="Silent river")
    make_entry(operation, officer, "Only for those inside")

    shown = page(rep_chl, operation).content.decode()

    assert "Silent river" in shown
    assert "TLP:GREEN" in shown
    assert "Only for those inside" not in shown
    assert "People named" not in shown
    assert not reads(lead_jam, operation)


def test_whoever_is_named_and_left_the_partner_reads_nothing(officer: Any, contact: Any, acme: Any) -> None:
    operation = make_operation(officer, partners=[acme], tlp=Tlp.RED, named=[contact])
    contact.partners.update(ends_on=date(2021, 1, 1))

    assert not reads(contact, operation)


def test_what_is_added_has_a_label_of_its_own_and_the_page_leaves_under_the_strictest(
    officer: Any, manager: Any, contact: Any, acme: Any
) -> None:
    operation = make_operation(officer, partners=[acme], tlp=Tlp.AMBER, named=[contact])
    make_entry(operation, officer, "Said to all")
    make_entry(operation, officer, "Said to those named", tlp=Tlp.RED)

    to_named, to_others = (page(person, operation).content.decode() for person in (contact, manager))

    assert "Said to those named" in to_named
    assert "This is for you alone" in to_named
    assert "Said to all" in to_others
    assert "Said to those named" not in to_others
    assert "This is for you alone" not in to_others


def test_a_label_rises_at_a_word_and_falls_only_with_a_reason(manager: Any, acme: Any) -> None:
    operation = make_operation(manager, partners=[acme], tlp=Tlp.AMBER)
    with scope(Reach(staff=True, person=manager.pk)):
        relabel(operation=operation, tlp=Tlp.STRICT, reason="", by=manager)
        with pytest.raises(Refused, match="why the label falls"):
            relabel(operation=operation, tlp=Tlp.GREEN, reason=" ", by=manager)
        with pytest.raises(DatabaseError, match="labels only rise"), transaction.atomic():
            Operation.objects.filter(pk=operation.pk).update(tlp="CLEAR", relabelled=2)
        with pytest.raises(DatabaseError, match="is counted"), transaction.atomic():
            Operation.objects.filter(pk=operation.pk).update(tlp="RED")
        relabel(operation=operation, tlp=Tlp.GREEN, reason="The court has published it", by=manager)

        assert Operation.objects.get(pk=operation.pk).tlp == Tlp.GREEN
        assert OperationMove.objects.filter(relabelled__isnull=False).count() == 2


def test_only_a_manager_lets_a_label_fall(officer: Any, manager: Any, acme: Any) -> None:
    operation = make_operation(officer, partners=[acme], tlp=Tlp.AMBER)

    assert 'value="GREEN"' not in page(officer, operation, "label/").content.decode()
    assert 'value="GREEN"' in page(manager, operation, "label/").content.decode()


def test_nobody_shuts_themselves_out(manager: Any, officer: Any, acme: Any) -> None:
    operation = make_operation(officer, partners=[acme])
    with scope(Reach(staff=True, person=manager.pk)):
        with pytest.raises(Refused, match="not named"):
            relabel(operation=operation, tlp=Tlp.RED, reason="", by=manager)
        row = OperationPerson.objects.get(operation=operation, person=officer)
        with pytest.raises(Refused, match="stays named"):
            remove_person(operation=operation, row=row, reason="x", by=manager)


def test_log_and_custody_are_only_added_to(officer: Any, acme: Any) -> None:
    operation = make_operation(officer, partners=[acme])
    entry, exhibit = make_entry(operation, officer), make_exhibit(operation, officer)

    with scope(Reach(staff=True, person=officer.pk)):
        for rows in (LogEntry.objects.filter(pk=entry.pk), exhibit.custody.all(), type(exhibit).objects.all()):
            assert rows.delete()[0] == 0
            assert rows.update(by=officer) == 0


def test_a_contact_adds_to_the_log_in_their_own_name_alone(
    officer: Any, contact: Any, stranger: Any, acme: Any
) -> None:
    operation = make_operation(officer, partners=[acme])
    body = {"happened_at": "2026-01-05T10:00", "text": "We saw it too", "tlp": "AMBER"}

    answer = sign_in_from_inside(Client(), contact).post(f"{operation.get_absolute_url()}log/", body)

    assert answer.status_code == 302
    with scope(PROGRAMME):
        assert LogEntry.objects.get().by == contact
    refused = sign_in_from_inside(Client(), stranger).post(f"{operation.get_absolute_url()}log/", body)
    assert refused.status_code == 404
    with scope(reach_of(contact)), pytest.raises(DatabaseError), transaction.atomic():
        LogEntry.objects.create(operation=operation, tlp="AMBER", text="x", happened_at=timezone.now(), by=officer)


def test_the_same_form_sent_twice_is_one_entry(officer: Any, contact: Any, acme: Any) -> None:
    operation = make_operation(officer, partners=[acme])
    client, key = sign_in_from_inside(Client(), contact), str(uuid4())
    entry = {"happened_at": "2026-01-05T10:00", "text": "We saw it too", "tlp": "AMBER"}
    disk = {"title": "A disk", "taken_on": "2026-01-05", "held_by": "A laboratory", "tlp": "AMBER", "sha256": HASH}
    handed = {"from_whom": "A", "to_whom": "B", "handed_at": "2026-01-06T10:00", "why": "Examination"}

    for _ in range(2):
        assert client.post(f"{operation.get_absolute_url()}log/", entry | {"key": key}).status_code == 302
        assert client.post(f"{operation.get_absolute_url()}evidence/", disk | {"key": key}).status_code == 302
    with scope(PROGRAMME):
        exhibit = operation.exhibits.get()
    for _ in range(2):
        address = f"{operation.get_absolute_url()}evidence/{exhibit.token}/custody/"
        assert client.post(address, handed | {"key": key}).status_code == 302

    with scope(PROGRAMME):
        assert operation.log.count() == 1
        assert exhibit.custody.count() == 2  # secured, and handed over
    assert client.post(f"{operation.get_absolute_url()}log/", entry | {"key": str(uuid4())}).status_code == 302
    with scope(PROGRAMME):
        assert operation.log.count() == 2


def test_a_full_log_says_so(officer: Any, contact: Any, acme: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(LogEntry, "MOST", 1)
    operation = make_operation(officer, partners=[acme])
    make_entry(operation, officer)
    body = {"happened_at": "2026-01-05T10:00", "text": "We saw it too", "tlp": "AMBER"}

    answer = sign_in_from_inside(Client(), contact).post(f"{operation.get_absolute_url()}log/", body)

    assert answer.status_code == 422
    assert "There are 1 already" in answer.content.decode()
    assert "We saw it too" in answer.content.decode()


def test_a_contact_may_not_lead(officer: Any, contact: Any, acme: Any) -> None:
    operation = make_operation(officer, partners=[acme])

    for below in ("edit/", "label/", "people/", "actions/", "figures/", "move/begin/"):
        assert page(contact, operation, below).status_code == 403, below


def test_evidence_is_kept_with_its_hash_and_leaves_under_its_label(
    officer: Any, contact: Any, stranger: Any, acme: Any
) -> None:
    operation = make_operation(officer, partners=[acme], tlp=Tlp.STRICT)
    exhibit = make_exhibit(operation, officer, upload=a_file("minutes.pdf"))
    address = f"/operations/evidence/{exhibit.token}/"

    answer = sign_in_from_inside(Client(), contact).get(address)

    assert "TLP-AMBERSTRICT" in answer["Content-Disposition"].replace("+", "").replace("_", "")
    assert b"".join(answer.streaming_content)
    assert len(exhibit.sha256) == 64
    assert exhibit.sha256 != HASH
    assert sign_in_from_inside(Client(), stranger).get(address).status_code == 404


def test_what_no_portal_should_hold_is_kept_by_its_hash(officer: Any, contact: Any, acme: Any) -> None:
    operation = make_operation(officer, partners=[acme])
    body = {"title": "A disk", "taken_on": "2026-01-05", "held_by": "A laboratory", "tlp": "AMBER"}
    client = sign_in_from_inside(Client(), contact)

    for wrong in ({}, {"sha256": "short"}, {"sha256": HASH, "file": a_file("x.pdf")}):
        assert client.post(f"{operation.get_absolute_url()}evidence/", body | wrong).status_code == 422
    sample = {"file": a_file("program.exe")}
    assert client.post(f"{operation.get_absolute_url()}evidence/", body | sample).status_code == 422
    assert client.post(f"{operation.get_absolute_url()}evidence/", body | {"sha256": HASH.upper()}).status_code == 302
    shown = page(contact, operation).content.decode()
    assert HASH in shown
    assert "A laboratory" in shown


def test_reading_what_is_strict_stands_in_the_trail(officer: Any, manager: Any, acme: Any) -> None:
    strict, amber = make_operation(officer, tlp=Tlp.STRICT), make_operation(officer, tlp=Tlp.AMBER)

    page(manager, strict)
    page(manager, amber)

    with scope(PROGRAMME):
        reads_of = AuditEntry.objects.filter(verb=AuditEntry.Verb.READ, model="partnerships.operation")
        assert [entry.object_id for entry in reads_of] == [strict.pk]


def test_who_was_let_in_and_taken_out_is_kept_and_mailed_without_content(
    officer: Any, contact: Any, stranger: Any, acme: Any, rival: Any
) -> None:
    operation = make_operation(officer, partners=[acme, rival], title_en="Silent river")
    with scope(Reach(staff=True, person=officer.pk)):
        set_taking_part(operation=operation, partners=[acme], states=[], reason="It is over for them", by=officer)
        changes = list(CompartmentChange.objects.filter(partner=rival).order_by("pk"))

    assert [change.is_in for change in changes] == [True, False]
    assert not reads(stranger, operation)
    send_all()
    told = {tuple(message.to): f"{message.subject} {message.body}" for message in mail.outbox}
    assert any("do not take part" in text for to, text in told.items() if stranger.email in to[0])
    assert any("takes part" in text for to, text in told.items() if contact.email in to[0])
    assert "Silent river" not in "".join(told.values())
    assert "over for them" not in "".join(told.values())


def test_under_red_the_unnamed_colleagues_hear_nothing(officer: Any, contact: Any, acme: Any) -> None:
    make_contact("Colin Colleague", acme)
    operation = make_operation(officer, partners=[acme], tlp=Tlp.RED, named=[contact])
    mail.outbox.clear()
    send_all()

    assert {contact.email} == {message.to[0].split("<")[-1].strip(">") for message in mail.outbox}
    assert operation.tlp == Tlp.RED


def test_whom_a_partner_leaves_with(officer: Any, contact: Any, acme: Any) -> None:
    operation = make_operation(officer, partners=[acme])
    with scope(Reach(staff=True, person=officer.pk)):
        OperationPerson.objects.create(operation=operation, person=contact, partner=acme)
        set_taking_part(operation=operation, partners=[], states=[], reason="", by=officer)

        assert not OperationPerson.objects.filter(person=contact).exists()
    assert not reads(contact, operation)


def test_an_alert_is_linked_and_seen_by_whoever_may_read_the_alert(
    officer: Any, contact: Any, rep_chl: Any, csirt_chl: Any, acme: Any
) -> None:
    alert = make_alert(Tlp.GREEN, Recipient(kind="network"), by=officer, title_en="Botnet servers")
    operation = make_operation(officer, partners=[acme])
    client = sign_in_from_inside(Client(), officer)
    client.post(f"{operation.get_absolute_url()}alerts/", {"alert": alert.pk})

    assert "Botnet servers" in page(officer, operation).content.decode()
    assert "Botnet servers" not in page(contact, operation).content.decode()


def test_lists_downloads_and_counters_tell_of_the_readers_own(
    officer: Any, contact: Any, stranger: Any, acme: Any, rival: Any
) -> None:
    with scope(PROGRAMME):
        agreement = make_agreement("OAS and all", acme, rival)
    make_operation(officer, partners=[acme], title_en="Silent river", agreement=agreement, tlp=Tlp.STRICT)
    make_operation(officer, partners=[rival], title_en="Loud river", agreement=agreement)

    for person, own, others, label in (
        (contact, "Silent", "Loud", "AMBER+STRICT"),
        (stranger, "Loud", "Silent", "AMBER"),
    ):
        client = sign_in_from_inside(Client(), person)
        shown, told = client.get("/operations/").content.decode(), client.get("/operations.csv")
        assert own in shown
        assert others not in shown
        assert f"TLP:{label}" in shown
        assert own in (text := b"".join(told.streaming_content).decode())
        assert others not in text
        assert f"TLP-{label}-operations.csv" in told["Content-Disposition"]
        with scope(reach_of(person)):
            assert [count for _line, count in operations_of(agreement, person).counts] == [1, 0, 0, 0]


def test_the_example_of_the_sources_is_everybodys_and_nobodys_to_change(manager: Any, client: Client) -> None:
    with scope(PROGRAMME):
        example = Operation.objects.create(
            slug="zeroaccess", title_en="ZeroAccess", tlp="CLEAR", status="ended", is_historic=True
        )

    assert "ZeroAccess" in client.get(example.get_absolute_url()).content.decode()
    assert page(manager, example, "edit/").status_code == 403


def test_its_life_has_reasons(officer: Any, acme: Any) -> None:
    operation = make_operation(officer, partners=[acme])
    client, address = sign_in_from_inside(Client(), officer), operation.get_absolute_url()

    assert client.post(f"{address}move/begin/").status_code == 302
    assert client.post(f"{address}move/begin/").status_code == 422
    assert client.post(f"{address}move/end/").status_code == 422
    assert client.post(f"{address}move/end/", {"reason": "Done"}).status_code == 302
    assert "Done" in client.get(address).content.decode()


def test_a_new_operation_is_for_those_who_were_chosen(officer: Any, contact: Any, acme: Any, chile: Any) -> None:
    body = {
        "line": "enforcement", "tlp": "AMBER", "title_en": "Silent river", "officer": officer.pk,
        "partners": [acme.pk], "states": [chile.pk], "is_led_by_oas": "on",
    }  # fmt: skip
    client = sign_in_from_inside(Client(), officer)

    assert client.post("/operations/new/", body | {"title_en": ""}).status_code == 422
    assert client.post("/operations/new/", body | {"tlp": ""}).status_code == 422
    answer = client.post("/operations/new/", body)

    assert answer.status_code == 302
    assert "silent" not in answer["Location"]
    with scope(PROGRAMME):
        made = Operation.objects.get()
    assert made.person_ids == [officer.pk]
    assert reads(contact, made)


def test_list_and_page_ask_as_often_for_many_rows_as_for_one(officer: Any, contact: Any, acme: Any, chile: Any) -> None:
    def asked(person: Any, address: str) -> int:
        client = sign_in_from_inside(Client(), person)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return sum(not query["sql"].startswith(CONTROL) for query in found)

    operation = make_operation(officer, partners=[acme], states=[chile])
    make_entry(operation, officer)
    make_exhibit(operation, officer)
    addresses = ("/operations/", operation.get_absolute_url())
    few = [asked(person, address) for person in (officer, contact) for address in addresses]
    for number in range(3):
        make_entry(operation, officer)
        make_exhibit(operation, officer, title=f"Disk {number}")
        make_operation(officer, partners=[acme], states=[chile])

    assert [asked(person, address) for person in (officer, contact) for address in addresses] == few
    assert max(few) <= 32


def test_search_finds_it_for_those_inside_alone(officer: Any, contact: Any, stranger: Any, acme: Any) -> None:
    make_operation(officer, partners=[acme], title_en="Quicksilver", tlp=Tlp.STRICT)

    found, hidden = (
        sign_in_from_inside(Client(), person).get("/search/?q=quicksilver").content.decode().count("/operations/op-")
        for person in (contact, stranger)
    )

    assert (found, hidden) == (1, 0)


def test_the_page_of_its_agreement_counts_what_the_reader_may_read(
    officer: Any, contact: Any, stranger: Any, acme: Any, rival: Any
) -> None:
    with scope(PROGRAMME):
        agreement = make_agreement("OAS and both", acme, rival)
    make_operation(officer, partners=[acme], title_en="Silent river", agreement=agreement)

    shown, hidden = (
        sign_in_from_inside(Client(), person).get(agreement.get_absolute_url()).content.decode()
        for person in (contact, stranger)
    )

    assert "Silent river" in shown
    assert "Silent river" not in hidden
