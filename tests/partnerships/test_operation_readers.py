"""Who reads of a joint operation, and of what hangs on it: its label and who takes part decide, and who is named."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from common.days import today
from common.scope import PROGRAMME, Reach, scope
from common.tlp import Tlp
from partnerships.models import (
    CompartmentChange,
    Custody,
    Exhibit,
    LogEntry,
    Operation,
    OperationAction,
    OperationAlert,
    OperationFigure,
    OperationMove,
    OperationPartner,
    OperationPerson,
    OperationState,
)
from tests.factories.accounts import make_staff
from tests.factories.alerts import make_alert
from tests.factories.operations import make_entry, make_exhibit, make_operation
from tests.factories.partnerships import make_contact, make_partner
from tests.partnerships.readers import Readers

pytestmark = pytest.mark.django_db

# The officer makes it. Acme and Chile take part, Lead Ltd leads. Named: the officer; in some also named (of the
# programme), carla (of Acme) and rep (of Chile's CSIRT). Nobody of Jamaica has part in it; jam is of its CSIRT.
INSIDE = {"officer", "manager", "named", "carla", "acme", "leader", "chile", "rep"}
NAMED = {"officer", "named", "carla", "rep"}
ALL = INSIDE | {"jam", "jamaica", "rival", "nobody"}
READ = {
    Tlp.CLEAR: ALL,
    Tlp.GREEN: INSIDE | {"jam"},
    Tlp.AMBER: INSIDE,
    Tlp.STRICT: INSIDE,
    Tlp.RED: NAMED,
}


@pytest.fixture
def partners(db: None) -> Any:
    with scope(PROGRAMME):
        return {name: make_partner(name) for name in ("Acme", "Lead Ltd", "Rival")}


@pytest.fixture
def readers(officer, manager, partners, lead_chl, lead_jam, rep_chl, rep_jam) -> Readers:
    people = {
        "officer": officer,
        "manager": manager,
        "named": make_staff("Nora Named", "officer"),
        "carla": make_contact("Carla Contact", partners["Acme"]),
        "acme": make_contact("Colin Colleague", partners["Acme"]),
        "leader": make_contact("Lea Leader", partners["Lead Ltd"]),
        "rival": make_contact("Rudi Rival", partners["Rival"]),
        "chile": lead_chl,
        "jamaica": lead_jam,
        "rep": rep_chl,
        "jam": rep_jam,
        "nobody": AnonymousUser(),
    }
    return Readers(people, Reach(staff=True, person=officer.pk, community=True))


@pytest.fixture
def operations(readers, partners, chile, officer) -> dict[str, Operation]:
    named = [readers.people[who] for who in ("named", "carla", "rep")]
    facts = {"partners": [partners["Acme"]], "states": [chile], "lead": partners["Lead Ltd"], "named": named}
    return {tlp: make_operation(officer, tlp=tlp, title_en=tlp, **facts) for tlp in READ}


def label(row: Any) -> str:
    return str(row.operation.tlp)


@pytest.mark.usefixtures("operations")
def test_an_operation_is_read_as_its_label_says(readers):
    assert readers.of(Operation, lambda row: row.tlp) == READ


def test_inside_are_the_staff_and_who_takes_part(readers, operations):
    """Whoever is outside reads that there is one, where its label lets, and no more."""
    inside: dict[str, set[str]] = {tlp: set() for tlp in READ}
    for who, person in readers.people.items():
        with scope(readers.everything):
            for operation in Operation.objects.inside(person):
                inside[operation.tlp].add(who)

    assert inside == {tlp: who & INSIDE for tlp, who in READ.items()}


def test_what_hangs_on_it_is_read_inside_alone(readers, operations, officer):
    with scope(readers.everything):
        asked = {"kind": "domain", "what": "x", "legal_basis": "x", "jurisdiction": "x", "asked_on": today()}
        figure = {"kind": "arrests", "number": 1, "counted_on": today(), "said_by": "x"}
        for operation in operations.values():
            OperationAction.objects.create(operation=operation, **asked)
            OperationFigure.objects.create(operation=operation, **figure)
    inside = {tlp: who & INSIDE for tlp, who in READ.items()}

    for model in (OperationAction, OperationPerson, OperationMove):
        found = readers.of(model, label)
        assert found == {tlp: inside[tlp] for tlp in found}, model
    for model in (OperationFigure, OperationPartner, OperationState):
        assert readers.of(model, label) == READ, model


def test_a_part_under_red_is_read_by_those_named(readers, operations, officer):
    for operation in operations.values():
        for tlp in (operation.tlp, Tlp.RED):
            make_entry(operation, officer, tlp=tlp)
            make_exhibit(operation, officer, tlp=tlp)

    wanted = {f"{tlp} {tlp}": who & INSIDE for tlp, who in READ.items()} | {f"{tlp} {Tlp.RED}": NAMED for tlp in READ}

    assert readers.of(LogEntry, lambda row: f"{label(row)} {row.tlp}") == wanted
    assert readers.of(Exhibit, lambda row: f"{label(row)} {row.tlp}") == wanted
    assert readers.of(Custody, lambda row: f"{label(row.exhibit)} {row.exhibit.tlp}") == wanted


def test_an_alert_is_linked_for_who_may_read_both(readers, operations, officer):
    """One that is public, and one of the network of CSIRTs and the programme."""
    alerts = {tlp: make_alert(tlp, by=officer) for tlp in (Tlp.CLEAR, Tlp.GREEN)}
    of_network = {"officer", "manager", "named", "rep", "jam"}
    with scope(readers.everything):
        for operation in operations.values():
            for alert in alerts.values():
                OperationAlert.objects.create(operation=operation, alert=alert, by=officer)

    found = readers.of(OperationAlert, lambda row: f"{label(row)} {row.alert.tlp}")

    assert found == {
        f"{tlp} {alert}": who & INSIDE & (ALL if alert == Tlp.CLEAR else of_network)
        for tlp, who in READ.items()
        for alert in alerts
    }


def test_who_left_knows_that_it_was_let_out(readers, operations, officer, partners, jamaica):
    """Of a person that one alone, of a partner or a state all of theirs; under TLP:RED the persons alone."""
    whom = {
        "rival": {"partner": partners["Rival"]},
        "jamaica": {"state": jamaica},
        "jam": {"person": readers.people["jam"]},
    }
    amber = operations[Tlp.AMBER]
    with scope(readers.everything):
        before = set(CompartmentChange._base_manager.values_list("pk", flat=True))
        for name, who in whom.items():
            for tlp in (Tlp.AMBER, Tlp.RED):
                CompartmentChange.objects.create(operation=amber, is_in=False, tlp=tlp, by=officer, reason=name, **who)

    found = readers.of(CompartmentChange, lambda row: f"{row.reason} {row.tlp}" if row.pk not in before else "before")
    found.pop("before")

    assert found == {
        "rival AMBER": INSIDE | {"rival"},
        "rival RED": INSIDE,
        "jamaica AMBER": INSIDE | {"jamaica"},
        "jamaica RED": INSIDE,
        "jam AMBER": INSIDE | {"jam"},
        "jam RED": INSIDE | {"jam"},
    }


def test_whoever_is_named_in_one_reads_nothing_red_of_another(readers, partners, officer):
    """Of an operation in which both take part each reads what is red where they are named."""
    carla, acme = readers.people["carla"], readers.people["acme"]
    for person in (carla, acme):
        operation = make_operation(officer, partners=[partners["Acme"]], named=[person], title_en=person.name)
        make_entry(operation, officer, tlp=Tlp.RED)

    found = readers.of(LogEntry, lambda row: str(row.operation.title_en))

    assert found == {carla.name: {"officer", "carla"}, acme.name: {"officer", "acme"}}


def test_who_is_named_for_something_they_left_reads_nothing_under_red(readers, operations, partners):
    """Named for the programme, and a contact of a partner by now; or for a partner, and of the programme by now."""
    red = operations[Tlp.RED]
    with scope(readers.everything):
        people = Operation.objects.filter(pk=red.pk)
        for who, reach in {
            "named": Reach(person=readers.people["named"].pk, partners=(partners["Acme"].pk,)),
            "carla": Reach(person=readers.people["carla"].pk, staff=True),
            "rep": Reach(person=readers.people["rep"].pk, partners=(partners["Acme"].pk,), community=True),
        }.items():
            assert not people.visible_to(_As(reach)).exists(), who


class _As:
    """Somebody of whom no more is known than the reach."""

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
