"""The time zone of a person is one that exists, offered by country."""

from zoneinfo import available_timezones

import pytest
from django.utils import translation

from accounts.forms import ProfileForm
from accounts.time_zones import of_countries, place, time_zones

pytestmark = pytest.mark.django_db


def test_every_zone_of_the_list_exists_and_stands_once(chile):
    zones = [zone for _group, choices in time_zones() for zone, _label in choices]

    assert set(zones) <= available_timezones()
    assert len(zones) == len(set(zones))


def test_every_member_state_has_a_zone():
    assert len(of_countries()) == 35
    assert all(of_countries().values())


def test_countries_stand_under_their_names_in_the_language_of_the_reader(brazil, chile):
    with translation.override("fr"):
        groups = dict(time_zones())

    assert [label for _zone, label in groups["Brésil"]][:2] == ["Araguaina", "Bahia"]
    assert ("America/Santiago", "Santiago") in groups["Chili"]


def test_a_place_within_a_region_names_both():
    assert place("America/Argentina/Buenos_Aires") == "Buenos Aires, Argentina"


def test_a_zone_that_does_not_exist_is_refused(sign_in, lead_chl):
    form = {"name": "Camila", "language": "es", "time_zone": "Mars/Phobos"}
    answer = sign_in(lead_chl).post("/profile/", form)

    lead_chl.refresh_from_db()
    assert 'aria-invalid="true"' in answer.content.decode()
    assert lead_chl.time_zone == "America/New_York"


def test_nor_does_the_administration_keep_one(sign_in, admin, lead_chl):
    form = {"name": "Camila", "email": lead_chl.email, "language": "es", "time_zone": "Mars/Phobos", "is_active": "on"}
    sign_in(admin).post(f"/administration/accounts/user/{lead_chl.pk}/change/", form)

    lead_chl.refresh_from_db()
    assert lead_chl.time_zone == "America/New_York"


def test_what_a_person_has_is_chosen_already(chile, lead_chl):
    assert '<option value="America/New_York" selected>' in str(ProfileForm(instance=lead_chl)["time_zone"])
