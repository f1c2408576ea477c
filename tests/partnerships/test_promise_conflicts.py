"""What is recorded below a promise stays with its partner, and nobody decides on words or money of their own."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from common.days import today
from common.scope import PROGRAMME, scope
from member_states.models import Liaison
from notices.models import Mail
from partnerships.actions import deliveries
from partnerships.models import Allocation, Commitment, Contribution, Delivery, Instalment
from tests.factories.partnerships import LONG_AGO, make_agreement, make_contact, make_partner
from tests.factories.promises import make_allocation, make_commitment, make_contribution
from tests.signing_in import sign_in_from_inside

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
def agreement(canada, estonia, officer):
    with scope(PROGRAMME):
        return make_agreement("CTCBP", canada, estonia, audience="public", owner=officer)


@pytest.fixture
def commitment(agreement):
    with scope(PROGRAMME):
        return make_commitment(agreement)


@pytest.fixture
def contribution(agreement, canada):
    with scope(PROGRAMME):
        giver = agreement.parties.get(partner=canada)
        return make_contribution(agreement, amount=100, currency="CAD", giver=giver)


def as_(person):
    return sign_in_from_inside(Client(), person)


def side(agreement, partner):
    with scope(PROGRAMME):
        return agreement.parties.get(partner=partner)


def reported(commitment, by, send=True):
    facts = {"what": "A workshop was held", "on": today(), "link": "", "fulfils": False}
    with scope(PROGRAMME):
        return deliveries.report(commitment=commitment, key=uuid.uuid4(), facts=facts, uploads=(), send=send, by=by)


def speaks_for(person, state):
    with scope(PROGRAMME):
        Liaison.objects.create(state=state, person=person, kind="deputy", starts_on=LONG_AGO)


class TestWhoseItIs:
    """A draft, a file, an instalment and an allocation are the partner's that made or gave them."""

    def test_who_undertook_it_stays_once_something_is_reported(self, commitment, agreement, estonia, contact, officer):
        words = {"party": side(agreement, estonia).pk, "what_en": "Other words"}
        reported(commitment, contact, send=False)
        page = as_(officer).post(reverse("commitment-edit", args=[commitment.pk]), words | {"edited": "0"})

        assert page.status_code == 422
        assert page.context["form"].errors["party"]
        with scope(PROGRAMME):
            assert Commitment.objects.get().partner_id == Delivery.objects.get().partner_id == commitment.partner_id

    def test_who_undertook_it_is_corrected_before_and_its_words_at_any_time(
        self, commitment, agreement, canada, estonia, contact, officer
    ):
        client, address = as_(officer), reverse("commitment-edit", args=[commitment.pk])
        for edited, partner in enumerate((estonia, canada)):
            words = {"party": side(agreement, partner).pk, "what_en": "Other words", "edited": edited}
            assert client.post(address, words).status_code == 302
        reported(commitment, contact)
        words = {"party": side(agreement, canada).pk, "what_en": "Last words", "edited": 2}
        assert client.post(address, words).status_code == 302
        with scope(PROGRAMME):
            assert Commitment.objects.get().what_en == "Last words"

    @pytest.mark.parametrize("part", ["instalment", "allocation"])
    def test_who_gave_it_stays_once_something_came_in_or_is_set_aside(
        self, contribution, agreement, estonia, officer, chile, part
    ):
        kept = {"contribution": contribution, "partner_id": contribution.partner_id, "amount": 40}
        with scope(PROGRAMME):
            if part == "instalment":
                Instalment.objects.create(**kept, received_on=today())
            else:
                make_allocation(contribution, 40, state=chile)
        words = {"giver": side(agreement, estonia).pk, "kind": "money", "precision": "exact", "amount": "100"}
        words |= {"currency": "CAD", "edited": "0"}
        page = as_(officer).post(reverse("contribution-edit", args=[contribution.slug]), words)

        assert page.status_code == 422
        assert page.context["form"].errors["giver"]

    def test_the_database_hands_nothing_to_another_partner(
        self, commitment, contribution, agreement, estonia, contact, chile
    ):
        reported(commitment, contact, send=False)
        with scope(PROGRAMME):
            other = agreement.parties.get(partner=estonia)
            make_allocation(contribution, 40, state=chile)
            for attempt in (
                lambda: Commitment.objects.update(party=other, partner=estonia),
                lambda: Contribution.objects.update(giver=other, partner=estonia),
            ):
                with pytest.raises(IntegrityError), transaction.atomic():
                    attempt()
            Allocation.objects.all().delete()
            kept = {"contribution": contribution, "partner_id": contribution.partner_id}
            Instalment.objects.create(**kept, amount=40, received_on=today())
            with pytest.raises(IntegrityError), transaction.atomic():
                Contribution.objects.update(giver=other, partner=estonia)


class TestFourEyes:
    def test_staff_change_only_the_deliveries_they_made(self, commitment, contact, officer, second_officer):
        words = {"what": "Words of an officer", "on": today().isoformat(), "edited": "0", "send": "1"}
        theirs = reported(commitment, contact, send=False)
        page = as_(officer).post(reverse("delivery-edit", args=[theirs.pk]), words)

        assert page.status_code == 403
        shown = as_(officer).get(theirs.get_absolute_url()).content.decode()
        assert reverse("delivery-edit", args=[theirs.pk]) not in shown
        mine = reported(commitment, officer, send=False)
        assert as_(second_officer).post(reverse("delivery-edit", args=[mine.pk]), words).status_code == 403
        assert as_(officer).post(reverse("delivery-edit", args=[mine.pk]), words).status_code == 302
        with scope(PROGRAMME):
            assert set(Delivery.objects.values_list("what", "status")) == {
                ("A workshop was held", "draft"),
                ("Words of an officer", "submitted"),
            }

    def test_contacts_of_a_partner_change_each_others(self, commitment, canada, contact):
        colleague = make_contact("Colin Canada", canada)
        words = {"what": "Words of a colleague", "on": today().isoformat(), "edited": "0"}
        draft = reported(commitment, contact, send=False)

        assert as_(colleague).post(reverse("delivery-edit", args=[draft.pk]), words).status_code == 302

    def test_an_officer_who_is_a_contact_too_changes_only_what_they_made(self, commitment, canada, contact, officer):
        """The contact's role ends one day; the officer then reviews no words of their own."""
        with scope(PROGRAMME):
            canada.contacts.create(person=officer, starts_on=LONG_AGO)
        draft = reported(commitment, contact, send=False)

        assert as_(officer).get(reverse("delivery-edit", args=[draft.pk])).status_code == 403


class TestOwnState:
    """Somebody of the programme may be a liaison as well."""

    @pytest.fixture
    def of_chile(self, second_officer, chile):
        speaks_for(second_officer, chile)
        return second_officer

    def test_nobody_reviews_what_their_own_government_delivered(
        self, commitment, canada, contact, officer, of_chile, chile
    ):
        delivery = reported(commitment, contact)
        address = reverse("delivery-review", args=[delivery.pk])
        with scope(PROGRAMME):
            canada.state = chile
            canada.save()

        assert as_(of_chile).post(address, {"decision": "accept"}).status_code == 403
        assert as_(of_chile).get(reverse("delivery-list")).context["mine"] == []
        assert as_(officer).post(address, {"decision": "accept"}).status_code == 302
        with scope(PROGRAMME):
            assert Delivery.objects.get().decided_by == officer

    def test_where_the_owner_speaks_for_the_government_colleagues_are_told(
        self, agreement, commitment, canada, contact, officer, second_officer, chile
    ):
        speaks_for(officer, chile)
        with scope(PROGRAMME):
            canada.state = chile
            canada.save()
        reported(commitment, contact)
        with scope(PROGRAMME):
            assert Mail.objects.filter(kind=deliveries.REPORTED, person=second_officer).exists()

    def test_nobody_sets_money_aside_for_their_own_state(self, contribution, of_chile, chile, jamaica):
        address = reverse("allocation-new", args=[contribution.slug])
        words = {"amount": "40", "spent": "0"}

        assert as_(of_chile).post(address, words | {"state": chile.pk}).status_code == 422
        assert as_(of_chile).post(address, words | {"state": jamaica.pk}).status_code == 302

    def test_nobody_changes_or_takes_away_what_is_set_aside_for_their_own_state(
        self, contribution, officer, of_chile, chile, jamaica
    ):
        with scope(PROGRAMME):
            row = make_allocation(contribution, 40, state=chile)
        change, remove = (
            reverse(f"allocation-{verb}", args=[contribution.slug, row.pk]) for verb in ("edit", "remove")
        )
        words = {"state": jamaica.pk, "amount": "90", "spent": "0"}

        assert as_(of_chile).post(change, words).status_code == 403
        assert as_(of_chile).post(remove).status_code == 403
        pages = [as_(one).get(contribution.get_absolute_url()).content.decode() for one in (of_chile, officer)]
        assert [(change in page, remove in page) for page in pages] == [(False, False), (True, True)]
        with scope(PROGRAMME):
            assert [one.amount for one in Allocation.objects.all()] == [40]
