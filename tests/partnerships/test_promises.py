"""What is promised and given: never more than there is, never twice, never in the wrong currency."""

import threading
import uuid
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.utils import InternalError

from common.days import today
from common.scope import PROGRAMME, reach_of, scope
from notices.models import Mail
from partnerships.actions import contributions as giving
from partnerships.actions import deliveries
from partnerships.actions.commitments import remove_commitment
from partnerships.models import Allocation, Commitment, Contribution, Delivery, DeliveryMove, ExchangeRate
from partnerships.money import converted, stated
from partnerships.promise_reminders import OVERDUE, announce_overdue
from partnerships.promises_of import commitments_for, contributions_for
from partnerships.whom_reached import reached_by
from review.actions import Refused
from tests.factories.action_plan import make_activity
from tests.factories.partnerships import make_agreement, make_contact, make_partner
from tests.factories.promises import make_allocation, make_commitment, make_contribution

pytestmark = pytest.mark.django_db


@pytest.fixture
def canada(db):
    with scope(PROGRAMME):
        return make_partner("Government of Canada", kind="government")


@pytest.fixture
def estonia(db):
    with scope(PROGRAMME):
        return make_partner("Government of Estonia", kind="government")


@pytest.fixture
def contact(canada):
    return make_contact("Carla Canada", canada)


@pytest.fixture
def stranger(estonia):
    return make_contact("Eve Estonia", estonia)


@pytest.fixture
def agreement(canada, officer):
    with scope(PROGRAMME):
        return make_agreement("Canada CTCBP", canada, audience="public", owner=officer)


@pytest.fixture
def commitment(agreement):
    with scope(PROGRAMME):
        return make_commitment(agreement, due="2027-06")


def facts(**more):
    return {"what": "A workshop was held", "on": today(), "link": "", "fulfils": False, **more}


def reported(commitment, by, send=True, key=None, **more):
    with scope(reach_of(by)):
        return deliveries.report(
            commitment=commitment, key=key or uuid.uuid4(), facts=facts(**more), uploads=(), send=send, by=by
        )


def accepted(delivery, by):
    with scope(PROGRAMME):
        deliveries.decide(delivery=delivery, is_accepted=True, reason="", by=by)


def status_of(commitment, day=None):
    with scope(PROGRAMME):
        return Commitment.objects.with_status(day).get(pk=commitment.pk).status


class TestStatus:
    def test_it_is_worked_out_from_the_date_and_what_was_accepted(self, commitment, contact, officer):
        assert status_of(commitment) == "open"
        assert status_of(commitment, date(2027, 6, 30)) == "open"  # due in June: the month has to pass
        assert status_of(commitment, date(2027, 7, 1)) == "overdue"
        part = reported(commitment, contact)
        assert status_of(commitment) == "open"  # nobody has accepted it
        accepted(part, officer)
        assert status_of(commitment) == "on track"
        assert status_of(commitment, date(2027, 7, 1)) == "overdue"
        accepted(reported(commitment, contact, fulfils=True), officer)
        assert status_of(commitment, date(2027, 7, 1)) == "delivered"

    def test_without_a_date_it_is_never_overdue(self, agreement):
        with scope(PROGRAMME):
            undated = make_commitment(agreement)

        assert status_of(undated, date(2999, 1, 1)) == "open"

    def test_who_undertook_it_is_a_party_of_the_same_agreement(self, commitment, estonia):
        with scope(PROGRAMME):
            other = make_agreement("Another", estonia)
            with pytest.raises(IntegrityError), transaction.atomic():
                Commitment.objects.filter(pk=commitment.pk).update(party=other.parties.first())


class TestDeliveries:
    def test_a_delivery_sent_twice_is_one(self, commitment, contact):
        key = uuid.uuid4()
        first = reported(commitment, contact, key=key)
        again = reported(commitment, contact, key=key, what="Other words")

        assert first == again
        with scope(PROGRAMME):
            assert Delivery.objects.get().what == "A workshop was held"
            assert DeliveryMove.objects.count() == 1

    def test_a_draft_sent_twice_is_sent_once(self, commitment, contact):
        draft = reported(commitment, contact, send=False)
        with scope(reach_of(contact)):
            deliveries.submit(delivery=draft, by=contact)
            deliveries.submit(delivery=draft, by=contact)
        with scope(PROGRAMME):
            assert DeliveryMove.objects.count() == 1

    def test_others_read_it_once_it_is_accepted(self, commitment, contact, stranger, lead_chl, officer):
        delivery = reported(commitment, contact)

        def seen(person):
            with scope(reach_of(person)):
                return Delivery.objects.visible_to(person).count(), Delivery.objects.count()

        assert [seen(who) for who in (contact, stranger, lead_chl, officer)] == [(1, 1), (0, 0), (0, 0), (1, 1)]
        accepted(delivery, officer)
        assert [seen(who) for who in (contact, stranger, lead_chl)] == [(1, 1)] * 3
        with scope(reach_of(stranger)):
            assert not DeliveryMove.objects.exists()  # who decided and why stays among the two

    def test_the_wall_lets_no_partner_accept_its_own_or_write_for_another(self, commitment, contact, stranger):
        draft = reported(commitment, contact, send=False)
        row = {"commitment": commitment, "partner_id": commitment.partner_id, "what": "x", "on": today()}
        with pytest.raises(DatabaseError), scope(reach_of(stranger)):
            Delivery.objects.create(**row, made_by=stranger)
        now = {"submitted_by": contact, "submitted_at": "2026-01-01T00:00Z", "decided_at": "2026-01-01T00:00Z"}
        with pytest.raises(DatabaseError), scope(reach_of(contact)):
            Delivery.objects.filter(pk=draft.pk).update(status="accepted", decided_by=stranger, **now)
        sent = reported(commitment, contact)
        with scope(reach_of(contact)):
            assert Delivery.objects.filter(pk=sent.pk).update(what="Changed") == 0

    def test_nobody_reviews_what_they_wrote(self, commitment, officer, second_officer):
        mine = reported(commitment, officer)

        assert not officer.has_perm("partnerships.review_delivery", mine)
        assert second_officer.has_perm("partnerships.review_delivery", mine)
        with pytest.raises(IntegrityError), transaction.atomic():
            accepted(mine, officer)

    def test_it_goes_back_with_a_reason_and_comes_again(self, commitment, contact, officer):
        delivery = reported(commitment, contact)
        with scope(PROGRAMME):
            with pytest.raises(Refused):
                deliveries.decide(delivery=delivery, is_accepted=False, reason=" ", by=officer)
            deliveries.decide(delivery=delivery, is_accepted=False, reason="Say who came.", by=officer)
        with scope(reach_of(contact)):
            deliveries.change(
                delivery=delivery, facts=facts(what="Twenty came"), uploads=(), taken_away=(), edited=0, by=contact
            )
            deliveries.submit(delivery=delivery, by=contact)
        accepted(delivery, officer)
        with scope(PROGRAMME):
            ways = list(DeliveryMove.objects.values_list("status_after", flat=True))
        assert ways == ["submitted", "returned", "submitted", "accepted"]

    def test_what_two_change_at_once_is_not_lost(self, commitment, contact):
        draft = reported(commitment, contact, send=False)
        more = {"uploads": (), "taken_away": (), "edited": 0, "by": contact}
        with scope(reach_of(contact)):
            deliveries.change(delivery=draft, facts=facts(what="First"), **more)
            with pytest.raises(Refused):
                deliveries.change(delivery=draft, facts=facts(what="Second"), **more)

    def test_a_commitment_on_which_something_was_delivered_stays(self, commitment, contact, officer):
        reported(commitment, contact)
        with scope(PROGRAMME), pytest.raises(Refused):
            remove_commitment(commitment=commitment, by=officer)


class TestOverdue:
    def test_it_is_announced_once_to_the_owner_and_the_partners_contacts(self, agreement, contact, stranger, officer):
        yesterday = today() - timedelta(days=1)
        with scope(PROGRAMME):
            late = make_commitment(agreement, due=yesterday.isoformat())
            make_commitment(agreement, due=today().isoformat())
            make_commitment(agreement)
        announce_overdue()
        announce_overdue()

        with scope(PROGRAMME):
            told = Mail.objects.filter(kind=OVERDUE).values_list("object_id", "person")
            assert sorted(told) == sorted([(late.pk, officer.pk), (late.pk, contact.pk)])

    def test_a_new_date_is_announced_anew_and_what_is_delivered_never(self, commitment, contact, officer):
        with scope(PROGRAMME):
            for due in ("2025", "2025-06", "2025-06-30"):
                commitment.due = due
                commitment.save()
                announce_overdue()
            assert Mail.objects.filter(kind=OVERDUE, person=officer).count() == 3
            Mail.objects.all().delete()
        accepted(reported(commitment, contact, fulfils=True), officer)
        announce_overdue()
        with scope(PROGRAMME):
            assert not Mail.objects.filter(kind=OVERDUE).exists()


class TestContributions:
    def test_canadas_is_over_1_200_000_in_no_stated_currency(self, agreement):
        with scope(PROGRAMME):
            given = make_contribution(agreement, amount=1_200_000, currency="", precision="at least")

        assert stated(given) == "Over 1,200,000 (currency not stated)"

    def test_no_amount_is_no_zero(self, agreement):
        with scope(PROGRAMME):
            given = make_contribution(agreement, amount=None, currency="", precision="not stated")

        assert stated(given) == "None stated"

    def test_totals_are_per_currency_and_what_names_none_stands_alone(self, agreement):
        with scope(PROGRAMME):
            for amount, currency in ((100, "CAD"), (50, "CAD"), (70, "USD"), (1_200_000, "")):
                make_contribution(agreement, amount=amount, currency=currency)
            make_contribution(agreement, amount=None, currency="", precision="not stated")
            make_contribution(agreement, amount=999, currency="USD", kind="in kind")
            totals = {row["currency"]: row["total"] for row in Contribution.objects.per_currency()}

        assert totals == {"": 1_200_000, "CAD": 150, "USD": 70}

    def test_sums_reconcile_with_the_rows(self, agreement, officer, chile, jamaica):
        with scope(PROGRAMME):
            given = make_contribution(agreement, amount=1000, currency="CAD")
            for state, amount, spent in ((chile, 300, 120), (jamaica, 250, 0)):
                make_allocation(given, amount, state=state, spent=spent)
            row = contributions_for(officer).get(pk=given.pk)

            assert (row.set_aside, row.spent, row.received) == (550, 120, None)
            assert row.set_aside == sum(one.amount for one in Allocation.objects.all())
            by_state = Allocation.objects.visible_to(officer).summed("state")
            assert sum(one["set_aside"] for one in by_state) == row.set_aside
            assert sum(one["spent_of_it"] for one in by_state) == row.spent

    def test_allocations_never_exceed_what_was_given(self, agreement, officer, chile):
        with scope(PROGRAMME):
            given = make_contribution(agreement, amount=100, currency="CAD", precision="at least")
            giving.allocate(allocation=Allocation(contribution=given, state=chile, amount=60), by=officer)
            with pytest.raises(Refused, match="CAD 40"):
                giving.allocate(allocation=Allocation(contribution=given, state=chile, amount=41), by=officer)
            giving.allocate(allocation=Allocation(contribution=given, state=chile, amount=40), by=officer)
            first = Allocation.objects.earliest("pk")
            first.amount = Decimal("60.01")
            with pytest.raises(Refused):
                giving.allocate(allocation=first, by=officer)

    def test_without_an_amount_nothing_is_set_aside(self, agreement, officer, chile):
        with scope(PROGRAMME):
            given = make_contribution(agreement, amount=None, currency="", precision="not stated")
            with pytest.raises(Refused):
                giving.allocate(allocation=Allocation(contribution=given, state=chile, amount=1), by=officer)

    def test_the_database_refuses_what_goes_round_the_action(self, agreement, chile):
        with scope(PROGRAMME):
            given = make_contribution(agreement, amount=100, currency="CAD")
            make_allocation(given, 60, state=chile)
            for attempt in (
                lambda: make_allocation(given, 41, state=chile),
                lambda: Allocation.objects.update(amount=101),
                lambda: Contribution.objects.filter(pk=given.pk).update(amount=59),
            ):
                with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
                    attempt()

    def test_the_giver_knows_where_it_goes_and_no_other_partner(self, agreement, contact, stranger, lead_chl, chile):
        with scope(PROGRAMME):
            make_allocation(make_contribution(agreement, amount=100, currency="CAD"), 60, state=chile)

        def knows(person):
            with scope(reach_of(person)):
                row = contributions_for(person).get()
                return row.amount, row.set_aside, Allocation.objects.count()

        assert knows(contact) == (100, 60, 1)
        assert knows(stranger) == knows(lead_chl) == (100, None, 0)

    def test_nothing_is_converted_but_by_a_rate_that_somebody_entered(self, agreement, officer, contact):
        with scope(PROGRAMME):
            given = make_contribution(agreement, amount=1000, currency="CAD")
            unnamed = make_contribution(agreement, amount=1000, currency="")
            assert converted(given, officer) == []
            for day, rate in ((date(2025, 1, 1), "0.70"), (date(2025, 6, 1), "0.73")):
                one = ExchangeRate(base="CAD", quote="USD", rate=Decimal(rate), on=day, taken_from="Bank of Canada")
                giving.enter_rate(rate=one, by=officer)
            [into] = converted(given, officer)
            assert (into.words, into.rate.on, into.rate.entered_by) == ("USD 730", date(2025, 6, 1), officer)
            assert converted(unnamed, officer) == []
            twice = ExchangeRate(base="CAD", quote="USD", rate=1, on=date(2025, 6, 1), taken_from="x")
            with pytest.raises(Refused):
                giving.enter_rate(rate=twice, by=officer)
        with scope(reach_of(contact)):
            assert converted(given, contact) == []


@pytest.mark.django_db(transaction=True)
def test_two_allocations_at_once_never_exceed(agreement, officer, chile):
    """Each fits alone, both together do not: one of them is refused."""
    with scope(PROGRAMME):
        given = make_contribution(agreement, amount=100, currency="CAD")
    start = threading.Barrier(4)

    def allocate():
        start.wait()
        with suppress(Refused), scope(PROGRAMME):
            giving.allocate(allocation=Allocation(contribution=given, state=chile, amount=60), by=officer)
        connection.close()

    threads = [threading.Thread(target=allocate) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with scope(PROGRAMME):
        assert [row.amount for row in Allocation.objects.all()] == [60]


class TestReach:
    def test_women_men_other_and_not_stated_add_up(self, commitment, officer, chile, jamaica):
        with scope(PROGRAMME):
            course = make_activity("A course", chile, jamaica, audience="states")
            course.participant_counts.create(state=chile, sector="public", women=5, men=4, other=1)
            course.participant_counts.create(state=jamaica, sector="private", women=2, not_stated=3)
            course.participant_counts.create(sector="academia", men=7)
            reached = reached_by([course.pk], officer)

        assert reached.total == {"women": 7, "men": 11, "other": 1, "not_stated": 3, "total": 22}
        rows = {str(row.state) if row.state else None: row.figures["total"] for row in reached.states}
        assert rows == {"Chile": 10, "Jamaica": 5, None: 7}
        assert sum(row.figures["total"] for row in reached.states) == reached.total["total"]

    def test_a_reader_counts_only_what_they_may_read_of(self, commitment, contact, lead_jam, chile):
        with scope(PROGRAMME):
            hidden = make_activity("A mission", chile, audience="participants")
            hidden.participant_counts.create(state=chile, women=5)
            commitment.shows_in.create(activity=hidden)
        for person in (contact, lead_jam):
            with scope(reach_of(person)):
                assert reached_by([hidden.pk], person).total["total"] == 0
                assert commitments_for(person).get().activities_seen == 0
