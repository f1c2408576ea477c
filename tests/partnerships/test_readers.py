"""Who reads of agreements, promises, contributions and partners, and of what hangs on them; sums tell no more."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from action_plan.models import Instrument
from common.days import today
from common.scope import PROGRAMME, reach_of, scope
from partnerships.models import (
    Agreement,
    AgreementActivity,
    AgreementFile,
    AgreementInstrument,
    AgreementLink,
    Allocation,
    Amendment,
    Appearance,
    Commitment,
    CommitmentActivity,
    Contribution,
    Delivery,
    DeliveryFile,
    DeliveryMove,
    Instalment,
    NamedPerson,
    Partner,
    PartnerContact,
    Party,
)
from tests.factories.action_plan import make_activity
from tests.factories.partnerships import make_agreement, make_contact, make_partner
from tests.factories.promises import make_allocation, make_commitment, make_contribution
from tests.partnerships.readers import Readers

pytestmark = pytest.mark.django_db
STAFF = {"officer", "observer"}
# An agreement between the OAS and Acme; `rival` is a contact of a partner that is no party.
READ = {
    "staff": STAFF,
    "parties": STAFF | {"acme"},
    "states": STAFF | {"acme", "chile", "jamaica"},
    "public": STAFF | {"acme", "rival", "chile", "jamaica", "nobody"},
}
CONTACTS_AND_STAFF = STAFF | {"acme"}


@pytest.fixture
def acme(db: None) -> Any:
    with scope(PROGRAMME):
        return make_partner("Acme")


@pytest.fixture
def rival(db: None) -> Any:
    with scope(PROGRAMME):
        return make_partner("Rival")


@pytest.fixture
def readers(officer: Any, observer: Any, acme: Any, rival: Any, lead_chl: Any, lead_jam: Any) -> Readers:
    people = {
        "officer": officer,
        "observer": observer,
        "acme": make_contact("Carla Contact", acme),
        "rival": make_contact("Rudi Rival", rival),
        "chile": lead_chl,
        "jamaica": lead_jam,
        "nobody": AnonymousUser(),
    }
    return Readers(people, PROGRAMME)


@pytest.fixture
def agreements(acme: Any) -> dict[str, Agreement]:
    with scope(PROGRAMME):
        return {audience: make_agreement(f"For {audience}", acme, audience=audience) for audience in READ}


def audience(row: Any) -> str:
    return str(row.agreement.audience)


def side_of(agreement: Agreement) -> Party:
    return Party.objects.get(agreement=agreement, partner__isnull=False)


def test_an_agreement_and_what_hangs_on_it_are_read_by_its_audience(readers, agreements, officer):
    with scope(PROGRAMME):
        instrument = Instrument.objects.create(slug="i", kind="strategy", name_en="x", adopted="2004")
        for agreement in agreements.values():
            AgreementInstrument.objects.create(agreement=agreement, instrument=instrument)
            Amendment.objects.create(
                agreement=agreement, number=1, agreed_on=today(), what="x", earlier={}, later={}, by=officer
            )
            AgreementFile.objects.create(agreement=agreement, name="x", content="x", added_by=officer)
            make_commitment(agreement)
            make_contribution(agreement, amount=1, currency="CAD")

    assert readers.of(Agreement, lambda row: row.audience) == READ
    for model in (Party, AgreementInstrument, Amendment, AgreementFile, Commitment, Contribution):
        assert readers.of(model, audience) == READ, model


def test_a_link_is_read_by_who_reads_both_agreements(readers, agreements):
    with scope(PROGRAMME):
        for one in agreements.values():
            for other in agreements.values():
                if one != other:
                    AgreementLink.objects.create(agreement=one, other=other)

    found = readers.of(AgreementLink, lambda row: f"{row.agreement.audience} {row.other.audience}")

    assert found == {f"{one} {other}": READ[one] & READ[other] for one in READ for other in READ if one != other}


def test_an_activity_is_named_to_who_reads_both(readers, agreements, chile):
    """Of those under an agreement, of those in which a commitment shows, and of people who were there."""
    seen_by = {"participants": STAFF | {"chile"}, "public": READ["public"]}
    with scope(PROGRAMME):
        somebody = NamedPerson.objects.create(name="Nadia Named")
        activities = {kind: make_activity(kind, chile, audience=kind) for kind in seen_by}
        for agreement in agreements.values():
            commitment = make_commitment(agreement)
            for activity in activities.values():
                AgreementActivity.objects.create(agreement=agreement, activity=activity)
                CommitmentActivity.objects.create(commitment=commitment, activity=activity)
        facts = {"person": somebody, "part": "signed", "organisation": "x"}
        for agreement in agreements.values():
            Appearance.objects.create(agreement=agreement, **facts)
        for activity in activities.values():
            Appearance.objects.create(activity=activity, **facts)
    wanted = {f"{one} {other}": READ[one] & seen_by[other] for one in READ for other in seen_by}

    assert readers.of(AgreementActivity, lambda row: f"{audience(row)} {row.activity.audience}") == wanted
    assert readers.of(CommitmentActivity, lambda row: f"{audience(row.commitment)} {row.activity.audience}") == wanted
    named = readers.of(Appearance, lambda row: f"a {audience(row)}" if row.agreement else row.activity.audience)
    assert named == {f"a {one}": who for one, who in READ.items()} | seen_by
    assert set(readers.of(NamedPerson, str)["Nadia Named"]) == READ["public"]


@pytest.fixture
def deliveries(agreements, readers, officer, observer) -> None:
    """Of each agreement and in each state, by the contact of Acme; with a file, and how it was moved."""
    by, now = readers.people["acme"], timezone.now()
    sent, decided = {"submitted_by": by, "submitted_at": now}, {"decided_by": officer, "decided_at": now}
    with scope(PROGRAMME):
        for agreement in agreements.values():
            promise = make_commitment(agreement)
            for status, more in {"draft": {}, "submitted": sent, "accepted": sent | decided, "returned": sent}.items():
                facts = {"commitment": promise, "partner_id": promise.partner_id, "what": "x", "on": today()}
                delivery = Delivery.objects.create(status=status, made_by=by, **facts, **more)
                DeliveryFile.objects.create(delivery=delivery, name="x", content="x", added_by=by)
                DeliveryMove.objects.create(subject=delivery, status_before="draft", status_after="submitted", by=by)


@pytest.mark.usefixtures("deliveries")
def test_a_delivery_is_read_by_its_partner_and_by_others_once_it_is_accepted(readers):
    def name_of(row: Delivery) -> str:
        return f"{audience(row.commitment)} {row.status}"

    wanted = {
        f"{one} {status}": READ[one] if status == "accepted" else READ[one] & CONTACTS_AND_STAFF
        for one in READ
        for status in ("draft", "submitted", "accepted", "returned")
    }

    assert readers.of(Delivery, name_of) == wanted
    assert readers.of(DeliveryFile, lambda row: name_of(row.delivery)) == wanted


@pytest.mark.usefixtures("deliveries")
def test_how_a_delivery_was_moved_stays_between_its_partner_and_the_staff(readers):
    found = readers.of(DeliveryMove, lambda row: f"{audience(row.subject.commitment)} {row.subject.status}")

    assert found == {name: READ[name.split()[0]] & CONTACTS_AND_STAFF for name in found}
    assert len(found) == 16


@pytest.mark.usefixtures("deliveries")
def test_what_waits_for_review_and_what_was_accepted(officer):
    with scope(PROGRAMME):
        newest, *others = Delivery.objects.filter(status="submitted").order_by("-pk")
        Delivery.objects.filter(pk=newest.pk).update(submitted_at=newest.submitted_at - timedelta(days=1))

        assert list(Delivery.objects.to_review()) == [newest, *reversed(others)]
        assert {row.status for row in Delivery.objects.accepted()} == {"accepted"}
        assert Delivery.objects.accepted().count() == 4


@pytest.fixture
def given(agreements, chile) -> dict[str, Contribution]:
    """Of each agreement 100 CAD by Acme: 30 came in and 20 are due, 60 are set aside and 25 of them spent."""
    with scope(PROGRAMME):
        found = {}
        for kind, agreement in agreements.items():
            one = make_contribution(agreement, amount=100, currency="CAD", giver=side_of(agreement))
            money = {"contribution": one, "partner_id": one.partner_id}
            for amount, received in ((10, today()), (20, today()), (20, None)):
                Instalment.objects.create(amount=amount, received_on=received, **money)
            make_allocation(one, 40, state=chile, spent=20)
            make_allocation(one, 20, state=chile, spent=5)
            found[kind] = one
        return found


@pytest.mark.usefixtures("given")
def test_what_came_in_and_where_it_goes_is_known_to_the_giver_and_the_staff(readers):
    wanted = {one: who & CONTACTS_AND_STAFF for one, who in READ.items()}

    assert readers.of(Instalment, lambda row: audience(row.contribution)) == wanted
    assert readers.of(Allocation, lambda row: audience(row.contribution)) == wanted


def test_sums_tell_nobody_more_than_the_rows_do(readers, given):
    def sums(who: str) -> set[Any]:
        person = readers.people[who]
        with scope(PROGRAMME):
            rows = Contribution.objects.visible_to(person).with_sums(person)
            return {(row.agreement.audience, row.received, row.set_aside, row.spent) for row in rows}

    assert sums("officer") == {(one, 30, 60, 25) for one in READ}
    assert sums("acme") == {(one, 30, 60, 25) for one in READ if one != "staff"}
    assert sums("rival") == {("public", None, None, None)}
    assert sums("jamaica") == {(one, None, None, None) for one in ("public", "states")}


def test_money_is_added_within_its_currency(given, agreements, chile):
    with scope(PROGRAMME):
        public = agreements["public"]
        make_contribution(public, amount=7, currency="USD", precision="at least")
        make_contribution(public, amount=1, currency="USD", kind="in kind")
        make_contribution(public, amount=None, currency="", precision="not stated")
        totals = list(Contribution.objects.per_currency())
        came_in = list(Instalment.objects.per_currency())
        by_state = list(Allocation.objects.summed("state"))

    assert totals == [
        {"currency": "CAD", "total": 400, "number": 4, "inexact": 0},
        {"currency": "USD", "total": 7, "number": 1, "inexact": 1},
    ]
    assert came_in == [{"contribution__currency": "CAD", "total": 120}]
    row = {"state": chile.pk, "contribution__currency": "CAD", "set_aside": 240, "spent_of_it": 100}
    assert by_state == [row]


# Partners and their people --------------------------------------------------------------------------------------------


def test_a_partner_that_is_not_published_is_known_to_the_staff_and_its_own_contacts(readers, acme):
    with scope(PROGRAMME):
        Partner.objects.filter(pk=acme.pk).update(is_published=False)

    assert readers.of(Partner, str) == {"Acme": CONTACTS_AND_STAFF, "Rival": READ["public"]}


def test_ones_own_partners_are_those_one_is_a_contact_of(readers, acme):
    with scope(PROGRAMME):
        assert {who: list(Partner.objects.own(person)) for who, person in readers.people.items()} == {
            who: [acme] if who == "acme" else list(Partner.objects.filter(name_en="Rival")) if who == "rival" else []
            for who in readers.people
        }


def test_partners_are_named_in_the_order_of_the_alphabet(acme, rival):
    with scope(PROGRAMME):
        first = make_partner("Aardvark", slug="z")
        names = [str(one) for one in Partner.objects.in_order()]

    assert names == [str(first), "Acme", "Rival"]


def test_contacts_are_known_to_each_other_and_to_staff_and_administrators(readers, acme, rival, admin):
    make_contact("Colin Colleague", acme)
    readers.people["admin"] = admin
    with scope(PROGRAMME):
        left = PartnerContact.objects.get(person=readers.people["rival"])
        PartnerContact.objects.filter(pk=left.pk).update(ends_on=date(2021, 1, 1))

    for person in readers.people.values():
        reach_of(person)
    with scope(PROGRAMME):
        read = {
            who: {row.person.name for row in PartnerContact.objects.visible_to(person).select_related("person")}
            for who, person in readers.people.items()
        }

    everybody, colleagues = {"Carla Contact", "Colin Colleague", "Rudi Rival"}, {"Carla Contact", "Colin Colleague"}
    assert read == {
        **{who: set() for who in readers.people},
        **{who: everybody for who in (*STAFF, "admin")},
        "acme": colleagues,
        "rival": {"Rudi Rival"},
    }


def test_a_contact_is_one_today_with_an_open_account(acme, rival):
    gone, closed, here = (make_contact(name, acme) for name in ("Gone", "Closed", "Here"))
    with scope(PROGRAMME):
        PartnerContact.objects.filter(person=gone).update(ends_on=date(2021, 1, 1))
        closed.is_active = False
        closed.save()

        assert [contact.person for contact in PartnerContact.objects.current()] == [here]


# What a day makes of them ---------------------------------------------------------------------------------------------


def test_the_newest_comes_first_and_those_of_the_oas_before_the_others(acme):
    """What is not concluded stands where the day is on which it was entered; what has no day comes last."""
    with scope(PROGRAMME):
        for name, facts in {
            "old": {"concluded_on": date(2020, 5, 1)},
            "undated": {},
            "new": {"concluded_on": date(2025, 5, 1)},
            "draft": {"phase": "draft"},
            "same day": {"concluded_on": date(2020, 5, 1)},
            "theirs": {"concluded_on": date(2026, 1, 1), "with_oas": False},
            "theirs too": {"with_oas": False},
        }.items():
            make_agreement(name, acme, **facts)
        Agreement.objects.filter(phase="draft").update(made_at="2022-02-02T12:00Z")
        ordered = list(Agreement.objects.newest_first())
        names = [str(one) for one in ordered]
        rest = [[str(other) for other in Agreement.objects.newest_first().after(one)] for one in ordered]

    assert names == ["new", "draft", "same day", "old", "undated", "theirs", "theirs too"]
    assert rest == [names[place + 1 :] for place in range(len(names))]


@pytest.mark.parametrize(("name", "read"), [("with us", True), ("among others", False)])
def test_an_agreement_of_the_oas_has_it_as_a_party(acme, rival, name, read):
    with scope(PROGRAMME):
        make_agreement("with us", acme)
        make_agreement("among others", acme, rival, with_oas=False)

        assert Agreement.objects.with_standing().get(name_en=name).is_of_the_oas is read


def status_of(agreement: Agreement) -> str:
    return str(Agreement.objects.with_status().get(pk=agreement.pk).status)


def test_a_renewal_takes_the_place_of_the_former_on_the_day_it_begins_once_it_is_concluded(acme):
    with scope(PROGRAMME):
        former = make_agreement("The former", acme)
        renewal = make_agreement("The renewal", acme, renews=former, phase="draft", starts_on=today())
        before = status_of(former)
        Agreement.objects.filter(pk=renewal.pk).update(phase="concluded")
        on_the_day = status_of(former)
        Agreement.objects.filter(pk=renewal.pk).update(starts_on=today() + timedelta(days=1))

        assert (before, on_the_day, status_of(former)) == ("end not stated", "renewed", "end not stated")


def test_a_renewal_is_of_its_former_alone(acme):
    with scope(PROGRAMME):
        former, another = make_agreement("The former", acme), make_agreement("Another", acme)
        make_agreement("The renewal", acme, renews=former)

        assert (status_of(former), status_of(another)) == ("renewed", "end not stated")
