"""The profile asks what concerns its person."""

import pytest

pytestmark = pytest.mark.django_db


def test_only_those_who_review_are_asked_about_keys(sign_in, officer, lead_chl):
    assert 'name="shortcuts"' in sign_in(officer).get("/profile/").content.decode()
    assert 'name="shortcuts"' not in sign_in(lead_chl).get("/profile/").content.decode()


def test_what_was_not_asked_stays_as_it_was(sign_in, lead_chl):
    sign_in(lead_chl).post("/profile/", {"name": "Camila", "language": "fr", "time_zone": "America/Lima"})

    lead_chl.refresh_from_db()
    assert (lead_chl.language, lead_chl.time_zone, lead_chl.shortcuts) == ("fr", "America/Lima", True)


def test_the_profile_leads_to_the_choice_of_mail(sign_in, lead_chl):
    assert 'href="/profile/mail/"' in sign_in(lead_chl).get("/profile/").content.decode()
