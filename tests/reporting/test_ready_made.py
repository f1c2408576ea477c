"""Schedules that are ready to be switched on: offered to whoever has none like them, and made once."""

import pytest
from django.urls import reverse

from reporting.kinds import READY_MADE
from reporting.models import Schedule

pytestmark = pytest.mark.django_db
OF_MANY = {"monthly", "quarterly", "bulletin-monthly", "region-quarterly"}


def offered(client):
    return {offer.key for offer in client.get(reverse("schedule-list")).context["ready_made"]}


def press(client, key):
    return client.post(reverse("schedule-new"), {"ready": key})


def test_schedules_of_each_kind_wait_to_be_switched_on(chile, sign_in, officer, observer):
    client = sign_in(officer)
    words = client.get(reverse("run-list")).content.decode()
    assert words.count("Switch on<") == 9

    for ready in ("monthly", "quarterly", "weekly"):
        client.post(reverse("schedule-new"), {"ready": ready})

    weekly = Schedule.objects.get(every="week")
    assert list(weekly.states.all()) == [chile]
    assert list(weekly.recipients.all()) == [officer]
    assert Schedule.objects.filter(to_liaisons=True).count() == 2


@pytest.mark.parametrize("key", READY_MADE)
def test_pressed_twice_it_is_one(key, chile, sign_in, officer):
    client = sign_in(officer)

    first, second = press(client, key), press(client, key)

    assert first["Location"] == second["Location"] == Schedule.objects.get().get_absolute_url()
    assert offered(client) == READY_MADE.keys() - {key}


@pytest.mark.parametrize("key", sorted(READY_MADE.keys() - OF_MANY))
def test_what_is_ones_own_is_offered_to_the_next_as_well(key, chile, sign_in, officer, second_officer):
    press(sign_in(officer), key)
    client = sign_in(second_officer)
    assert key in offered(client)

    press(client, key)

    assert [list(schedule.recipients.all()) for schedule in Schedule.objects.order_by("pk")] == [
        [officer],
        [second_officer],
    ]
    assert key not in offered(client)


@pytest.mark.parametrize("key", sorted(OF_MANY))
def test_what_goes_to_many_is_made_once_and_tells_whoever_switched_it_on(key, chile, sign_in, officer, second_officer):
    press(sign_in(officer), key)
    client = sign_in(second_officer)
    _kind, offer = READY_MADE[key]
    assert (key in offered(client)) == offer.to_me

    press(client, key)

    told = [officer, second_officer] if offer.to_me else []
    assert list(Schedule.objects.get().recipients.order_by("pk")) == told
    assert key not in offered(client)


def test_a_paused_one_is_offered_again_and_goes_on(chile, sign_in, officer):
    client = sign_in(officer)
    schedule = press(client, "weekly")["Location"]
    client.post(f"{schedule}pause/", {"do": "pause"})
    assert "weekly" in offered(client)

    assert press(client, "weekly")["Location"] == schedule
    assert Schedule.objects.get().is_active


@pytest.mark.parametrize(
    ("changed", "is_like"),
    [
        ({"at": "09:30"}, True),
        ({"weekday": 1}, False),
        ({"every": "month", "day": 1, "weekday": None}, False),
        ({"to_liaisons": True}, False),
    ],
)
def test_one_of_another_time_or_for_others_is_not_like_it(chile, sign_in, officer, changed, is_like):
    client = sign_in(officer)
    press(client, "weekly")
    Schedule.objects.update(**changed)

    assert ("weekly" not in offered(client)) == is_like


def test_a_calendar_of_a_part_is_not_like_that_of_all(chile, sign_in, officer):
    client = sign_in(officer)
    press(client, "calendar-monthly")
    assert "calendar-monthly" not in offered(client)

    Schedule.objects.update(sub_region="Caribbean")
    assert "calendar-monthly" in offered(client)

    Schedule.objects.update(sub_region="")
    Schedule.objects.get().states.add(chile)
    assert "calendar-monthly" in offered(client)


def test_one_of_a_state_is_not_like_that_of_each(chile, jamaica, sign_in, officer):
    client = sign_in(officer)
    press(client, "monthly")
    schedule = Schedule.objects.get()

    schedule.states.set([chile])

    assert "monthly" in offered(client)
    press(client, "monthly")
    assert set(Schedule.objects.exclude(pk=schedule.pk).get().states.all()) == {chile, jamaica}
    assert "monthly" not in offered(client)


def test_one_in_fewer_languages_is_not_like_that_in_all(chile, sign_in, officer):
    client = sign_in(officer)
    schedule = press(client, "monthly")["Location"]
    Schedule.objects.update(languages=["en"])

    client.post(f"{schedule}pause/", {"do": "pause"})

    assert "monthly" in offered(client)
    assert press(client, "monthly")["Location"] != schedule
    assert not Schedule.objects.get(languages=["en"]).is_active


def test_ones_own_in_another_language_is_still_offered(chile, sign_in, officer):
    client = sign_in(officer)
    press(client, "weekly")

    Schedule.objects.update(languages=["fr", "pt-br"])
    assert "weekly" in offered(client)

    Schedule.objects.update(languages=["fr", officer.language])
    assert "weekly" not in offered(client)
