"""Contacts of partners: invited by managers and officers, ended at once, and let in for their partner alone."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from accounts.models import User
from common.scope import PROGRAMME, reach_of, scope
from invitations import powers
from invitations.actions.accepting import accept
from invitations.actions.ending import end_membership
from invitations.actions.inviting import invite
from invitations.models import PARTNER_CONTACT, Invitation
from notices.models import Mail
from notices.sending import write
from partnerships.models import PartnerContact
from review.actions import Refused
from tests.factories.invitations import PASSWORD, link_of
from tests.factories.partnerships import make_agreement, make_contact, make_partner

pytestmark = pytest.mark.django_db
NADIA = {"email": "nadia@example.org", "name": "Nadia Nueva", "language": "en"}


@pytest.fixture
def harbour(db: None) -> Any:
    with scope(PROGRAMME):
        return make_partner("Harbour Foundation", is_published=False)


@pytest.fixture
def delta(db: None) -> Any:
    with scope(PROGRAMME):
        return make_partner("Delta Laboratory")


def afresh(person):
    return User.objects.get(pk=person.pk)


def invited(by, partner, **facts):
    with scope(reach_of(afresh(by))):
        return invite(role=PARTNER_CONTACT, state=None, partner=partner, by=afresh(by), **NADIA | facts)


def secret_of(invitation):
    return link_of(invitation).rstrip("/").rsplit("/", 1)[-1]


def test_managers_and_officers_invite_contacts_and_nobody_else_does(
    manager, officer, observer, admin, lead_chl, rep_chl, harbour
):
    people = {"manager": manager, "officer": officer, "observer": observer, "admin": admin, "lead": lead_chl}
    people |= {"rep": rep_chl, "contact": make_contact("Pia Own", harbour)}
    may = {n for n, p in people.items() if powers.may_give(afresh(p), PARTNER_CONTACT, None, None, harbour)}

    assert may == {"manager", "officer"}


def test_the_role_needs_a_partner_and_no_other_role_has_one(manager, chile, harbour):
    by = afresh(manager)
    assert not powers.may_give(by, PARTNER_CONTACT, None)
    assert not powers.may_give(by, PARTNER_CONTACT, chile, None, harbour)
    assert not powers.may_give(by, "officer", None, None, harbour)
    for wrong in ({"role": PARTNER_CONTACT}, {"role": "officer", "partner": harbour}):
        with scope(PROGRAMME), pytest.raises(DatabaseError), transaction.atomic():
            Invitation.objects.create(invited_by=by, expires_at=Invitation.until(), **NADIA, **wrong)


def test_the_mail_names_the_partner_though_it_is_not_published(officer, harbour, mailoutbox):
    invitation = invited(officer, harbour)
    link_of(invitation)

    assert "Partner: Harbour Foundation. Your role: Partner contact." in mailoutbox[-1].body


def test_whoever_accepts_acts_for_that_partner_and_sees_its_agreements_alone(officer, harbour, delta):
    with scope(PROGRAMME):
        own, other = make_agreement("Our accord", harbour), make_agreement("Their accord", delta)
    person = accept(secret=secret_of(invited(officer, harbour)), by=None, password=PASSWORD)

    assert person is not None
    assert reach_of(afresh(person)).partners == (harbour.pk,)
    with scope(reach_of(afresh(person))):
        seen = {*type(own).objects.values_list("slug", flat=True)}
    assert seen == {own.slug}
    assert other.slug not in seen


def test_an_invitation_is_worth_what_its_sender_may_still_do(officer, harbour):
    secret = secret_of(invited(officer, harbour))
    officer.roles.update(role="observer")

    assert accept(secret=secret, by=None, password=PASSWORD) is None


def test_one_that_is_too_old_or_taken_back_lets_nobody_in(officer, harbour):
    old, back = invited(officer, harbour), invited(officer, harbour, email="nina@example.org")
    secrets = [secret_of(old), secret_of(back)]
    with scope(PROGRAMME):
        Invitation.objects.filter(pk=old.pk).update(expires_at="2020-01-01T00:00Z")
        Invitation.objects.filter(pk=back.pk).update(revoked_at="2026-01-01T00:00Z")

    assert [accept(secret=secret, by=None, password=PASSWORD) for secret in secrets] == [None, None]


def test_nobody_is_invited_to_what_they_hold(officer, harbour):
    held = make_contact("Pia Own", harbour)
    with pytest.raises(Refused):
        invited(officer, harbour, email=held.email)


def test_contacts_see_no_invitation(officer, harbour):
    invited(officer, harbour)
    contact = make_contact("Pia Own", harbour)
    with scope(reach_of(contact)):
        assert Invitation.objects.count() == Invitation.objects.visible_to(contact).count() == 0


def test_it_ends_at_once_and_mail_tells_of_which_partner(officer, harbour):
    contact = make_contact("Pia Own", harbour)
    held = PartnerContact.objects.get(person=contact)
    with scope(reach_of(afresh(officer))):
        end_membership(held=held, reason="Went to another house", by=afresh(officer))

    assert reach_of(afresh(contact)).partners == ()
    with scope(PROGRAMME):
        told = write(Mail.objects.select_related("person").get(kind="contact ended"))
    assert told is not None
    assert "Harbour Foundation" in told.subject
    assert "Went to another house" in told.body


def test_who_ends_whom(manager, officer, observer, admin, lead_chl, harbour, delta):
    contact, colleague = make_contact("Pia Own", harbour), make_contact("Paul Own", harbour)
    people = {"manager": manager, "officer": officer, "observer": observer, "admin": admin, "lead": lead_chl}
    people |= {"self": contact, "colleague": colleague, "foreign": make_contact("Otto Other", delta)}
    held = PartnerContact.objects.get(person=contact)

    assert {n for n, p in people.items() if powers.may_end(afresh(p), held)} == {"manager", "officer", "admin", "self"}


def test_the_form_asks_for_the_partner(sign_in, officer, harbour, chile):
    client = sign_in(officer)
    wrong = client.post("/people/invite/", {**NADIA, "role": PARTNER_CONTACT})
    also = client.post("/people/invite/", {**NADIA, "role": "lead", "state": chile.pk, "partner": harbour.pk})
    right = client.post("/people/invite/", {**NADIA, "role": PARTNER_CONTACT, "partner": harbour.pk})

    assert "Choose the partner that the person acts for." in wrong.content.decode()
    assert "only contacts belong to a partner" in also.content.decode()
    assert right.status_code == 302
    assert "Harbour Foundation" in client.get("/people/").content.decode()


def test_people_are_found_by_the_role(sign_in, officer, harbour):
    make_contact("Pia Own", harbour)
    client = sign_in(officer)

    assert "Partner contact of Harbour Foundation" in client.get("/people/", {"role": PARTNER_CONTACT}).content.decode()
    assert "Pia Own" not in client.get("/people/", {"role": "lead"}).content.decode()
