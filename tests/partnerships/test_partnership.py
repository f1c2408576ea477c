"""Where the contact of a partner begins: what they owe, what was agreed; nothing of another partner."""

import pytest

from common.scope import PROGRAMME, scope
from partnerships.models import Commitment, Party
from tests.factories.partnerships import make_agreement, make_contact, make_partner

pytestmark = pytest.mark.django_db


def owes(partner, words):
    agreement = make_agreement(f"Accord of {partner.name_en}", partner)
    side = Party.objects.get(agreement=agreement, partner=partner)
    return Commitment.objects.create(agreement=agreement, party=side, what_en=words, due="2030-05")


def test_a_contact_finds_what_the_own_partner_owes_and_agreed(sign_in, client):
    with scope(PROGRAMME):
        own, other = make_partner("Harbour Foundation", is_published=False), make_partner("Delta Laboratory")
        promise = owes(own, "Train forty people")
        owes(other, "Give a laboratory")
    page = sign_in(make_contact("Pia Own", own)).get("/landing/", follow=True)
    text = page.content.decode()

    assert page.redirect_chain[-1][0] == "/partnership/"
    assert promise.get_absolute_url() in text
    for words in ("Train forty people", "due May 2030", "Accord of Harbour Foundation", "Pia Own"):
        assert words in text
    assert "Delta" not in text
    assert "Give a laboratory" not in text


def test_nobody_else_has_such_a_page(sign_in, officer, lead_chl):
    assert [sign_in(person).get("/partnership/").status_code for person in (officer, lead_chl)] == [403, 403]
