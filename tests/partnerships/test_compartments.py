"""What a compartment tells to nobody outside: by its mails, its trail, its lists, and to whom a role has ended."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import AuditEntry, User
from common.scope import PROGRAMME, Reach, reach_of, scope
from common.tlp import Tlp
from csirt_network.models import TeamMember
from member_states.models import Liaison
from notices.models import Mail
from partnerships.actions.operations import add_operation, set_taking_part
from partnerships.api.operations import OperationDetailSerializer, OperationSerializer
from partnerships.forms.operations import NameForm
from partnerships.models import CompartmentChange, Custody, LogEntry, Operation, PartnerContact
from search.kinds.operations import Operations
from tests.factories.accounts import make_person
from tests.factories.operations import make_entry, make_exhibit, make_operation
from tests.factories.partnerships import LONG_AGO, make_contact, make_partner
from tests.partnerships.test_operations import page, reads

pytestmark = pytest.mark.django_db


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


def test_neither_mails_nor_their_trail_tell_unnamed_staff_who_is_in_it(
    officer: Any, manager: Any, contact: Any, acme: Any
) -> None:
    make_operation(officer, partners=[acme], tlp=Tlp.RED, named=[contact])
    unnamed = User.objects.get(pk=manager.pk)

    with scope(PROGRAMME):
        assert Mail.objects.filter(kind="compartment changed", person=contact).exists()
        assert not Mail.objects.visible_to(unnamed).filter(kind="compartment changed").exists()
    with scope(reach_of(unnamed)):
        assert not Mail.objects.filter(kind="compartment changed").exists()
        assert not AuditEntry.objects.filter(model="notices.mail").exists()
    with scope(reach_of(contact)):
        assert Mail.objects.visible_to(contact).filter(kind="compartment changed").exists()


def test_a_member_of_a_team_leaves_with_its_state(officer: Any, rep_chl: Any, csirt_chl: Any, chile: Any) -> None:
    operation = make_operation(officer, states=[chile])
    with scope(Reach(staff=True, person=officer.pk)):
        form = NameForm({"whom": rep_chl.pk, "reason": "x"}, operation=operation, user=officer)
        assert form.is_valid()
        assert (form.cleaned_data["state"], form.cleaned_data["team"]) == (chile.pk, csirt_chl.pk)
    red = make_operation(officer, states=[chile], tlp=Tlp.RED, named=[rep_chl])

    assert reads(rep_chl, red)
    with scope(Reach(staff=True, person=officer.pk)):
        set_taking_part(operation=red, partners=[], states=[], reason="x", by=officer)
    assert not reads(rep_chl, red)


def test_whoever_is_named_for_one_reads_nothing_for_another(
    officer: Any, contact: Any, acme: Any, rival: Any, csirt_chl: Any
) -> None:
    operation = make_operation(officer, partners=[acme, rival], tlp=Tlp.RED, named=[contact])
    assert reads(contact, operation)
    PartnerContact.objects.filter(person=contact).update(ends_on=date(2021, 1, 1))
    PartnerContact.objects.create(partner=rival, person=contact, starts_on=LONG_AGO)
    with scope(PROGRAMME):
        TeamMember.objects.create(team=csirt_chl, person=contact, starts_on=LONG_AGO)

    assert not reads(contact, operation)


def test_what_it_is_about_is_read_where_reading_is_recorded(officer: Any, acme: Any) -> None:
    operation = make_operation(officer, partners=[acme], tlp=Tlp.STRICT, about_en="Down the river")

    assert "about" not in OperationSerializer().fields
    assert "about" in OperationDetailSerializer().fields
    assert "Down the river" not in Operations().text(operation)
    operation.tlp = Tlp.GREEN
    assert "Down the river" in Operations().text(operation)


def test_reading_a_red_part_of_another_label_is_out_of_the_staffs_sight(officer: Any, acme: Any) -> None:
    operation = make_operation(officer, partners=[acme], tlp=Tlp.AMBER)
    make_entry(operation, officer, tlp=Tlp.RED)

    page(officer, operation)

    with scope(PROGRAMME):
        assert not AuditEntry.objects.filter(verb=AuditEntry.Verb.READ, model="partnerships.operation").exists()
    with scope(Reach(staff=True, person=officer.pk)):
        assert not AuditEntry.objects.visible_to(officer).filter(model="partnerships.operation").exists()


def test_a_contact_point_adds_nothing_by_the_database_either(
    officer: Any, chile: Any, acme: Any, lead_chl: Any
) -> None:
    point = make_person("Petra Point")
    Liaison.objects.create(state=chile, person=point, kind="contact point", starts_on=LONG_AGO)
    operation = make_operation(officer, states=[chile])
    exhibit = make_exhibit(operation, officer)
    now = timezone.now()

    def add(person: Any) -> None:
        with scope(reach_of(person)), transaction.atomic():
            LogEntry.objects.create(operation=operation, tlp="AMBER", text="x", happened_at=now, by=person)
            Custody.objects.create(exhibit=exhibit, to_whom="x", handed_at=now, why="x", by=person)

    assert reads(point, operation)
    with pytest.raises(DatabaseError):
        add(point)
    with pytest.raises(DatabaseError), scope(reach_of(point)), transaction.atomic():
        Custody.objects.create(exhibit=exhibit, to_whom="x", handed_at=now, why="x", by=point)
    add(lead_chl)


def test_what_is_born_red_leaves_no_row_under_another_label(officer: Any, acme: Any, chile: Any) -> None:
    made = Operation(line="analysis", title_en="x", officer=officer, is_led_by_oas=True)
    with scope(Reach(staff=True, person=officer.pk)):
        stale = add_operation(operation=made, partners=[acme], states=[], tlp=Tlp.RED, by=officer)
        stale.tlp = Tlp.AMBER
        set_taking_part(operation=stale, partners=[acme], states=[chile], reason="", by=officer)

        assert set(CompartmentChange.objects.values_list("tlp", flat=True)) == {Tlp.RED}
