"""The profile is whole: what is chosen there is kept, and it leads to what is chosen elsewhere."""

import pytest

pytestmark = pytest.mark.django_db


def test_language_zone_and_keys_are_kept(sign_in, lead_chl):
    """Keys can be switched off by everybody: pages have some beside those of reviewing."""
    sign_in(lead_chl).post("/profile/", {"name": "Camila", "language": "fr", "time_zone": "America/Lima"})

    lead_chl.refresh_from_db()
    assert (lead_chl.language, lead_chl.time_zone, lead_chl.shortcuts) == ("fr", "America/Lima", False)


def test_the_profile_leads_to_the_choice_of_mail_and_to_the_tour(sign_in, lead_chl):
    page = sign_in(lead_chl).get("/profile/").content.decode()

    assert 'href="/profile/mail/"' in page
    assert "Take up the tour of the first day" in page
