"""Campaigns and materials: published for everybody, counted by the day, never by name."""

import csv
import io

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from action_plan.actions import awareness as actions
from action_plan.models import Campaign, Material, MaterialDownload, MaterialFile, Reach
from common.scope import NOTHING, PROGRAMME, scope
from tests.factories.action_plan import make_activity
from tests.factories.library import a_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(chile):
    with scope(PROGRAMME):
        activity = make_activity("Stop and think", chile, kind="campaign", point=5, audience="public")
        return Campaign.objects.create(activity=activity, message="Ask first.")


@pytest.fixture
def material(campaign):
    with scope(PROGRAMME):
        material = actions.add_material(material=Material(kind="poster", title_es="Pare"), campaign=campaign)
        actions.add_files(material=material, uploads={"es": a_file("pare.pdf")})
        return material


def publish(material):
    with scope(PROGRAMME):
        actions.publish(material=material)


def download(client, file):
    response = client.get(reverse("material-file", args=[file.token]))
    assert not response.streaming or b"".join(response.streaming_content).startswith(b"%PDF")
    return response.status_code


def test_nobody_but_staff_finds_a_material_before_it_is_published_or_after_it_is_withdrawn(client, material, officer):
    page = reverse("material-detail", args=[material.pk])
    found = [client.get(page).status_code]
    publish(material)
    found.append(client.get(page).status_code)
    with scope(PROGRAMME):
        actions.withdraw(material=material)
    found.append(client.get(page).status_code)

    assert found == [404, 200, 404]


def test_a_material_without_a_file_is_not_published(campaign, officer, sign_in):
    with scope(PROGRAMME):
        bare = actions.add_material(material=Material(kind="poster", title_en="Bare"), campaign=campaign)

    answer = sign_in(officer).post(reverse("material-publish", args=[bare.pk]), follow=True)

    assert "There is no file yet" in answer.content.decode()
    with scope(PROGRAMME):
        assert Material.objects.get(pk=bare.pk).published_at is None


def test_downloads_are_counted_also_of_files_that_were_replaced(client, material):
    publish(material)
    with scope(NOTHING):
        first = MaterialFile.objects.visible_to(AnonymousUser()).current().get()
    assert [download(client, first) for _ in range(2)] == [200, 200]
    with scope(PROGRAMME):
        second = actions.add_files(material=material, uploads={"es": a_file("pare2.pdf")})[0]
    assert [download(client, file) for file in (second, first)] == [200, 404]

    with scope(PROGRAMME):
        assert MaterialDownload.objects.by_material([material.pk]) == {material.pk: 3}
    assert "Downloaded 3 times" in client.get(reverse("material-detail", args=[material.pk])).content.decode()


def test_a_figure_of_reach_says_how_it_is_known_and_ends_after_it_begins(sign_in, officer, campaign):
    given = {"channel": "radio", "number": "900", "unit": "people", "method": "estimated", "starts_on": "2026-11-02"}
    page = reverse("reach-new", args=[campaign.activity.slug])

    refused = sign_in(officer).post(page, given | {"ends_on": "2026-11-01"})
    sign_in(officer).post(page, given | {"ends_on": "2026-11-03"})

    assert refused.status_code == 422
    assert "This day lies before the first one." in refused.content.decode()
    with scope(PROGRAMME):
        assert [str(reach) for reach in Reach.objects.all()] == ["900 People"]


def test_two_who_edit_at_once_do_not_overwrite_each_other(sign_in, officer, campaign):
    page, given = reverse("campaign-edit", args=[campaign.activity.slug]), {"edited": "0"}
    sign_in(officer).post(page, given | {"message": "First"})
    second = sign_in(officer).post(page, given | {"message": "Second"})

    assert second.status_code == 422
    assert "Second" in second.content.decode()
    with scope(PROGRAMME):
        assert Campaign.objects.get().message == "First"


def test_pages_ask_the_same_number_of_queries_however_many_materials_there_are(client, campaign, material):
    publish(material)
    page = reverse("material-list")
    with CaptureQueriesContext(connection) as one:
        client.get(page)
    with scope(PROGRAMME):
        for number in range(9):
            more = actions.add_material(material=Material(kind="leaflet", title_en=f"No {number}"), campaign=campaign)
            actions.add_files(material=more, uploads={"en": a_file(), "fr": a_file()})
            actions.publish(material=more)
    with CaptureQueriesContext(connection) as ten:
        client.get(page)

    assert len(ten) == len(one)


def test_how_many_it_reached_goes_into_a_file(client, campaign):
    page = reverse("campaign-detail", args=[campaign.activity.slug]).rstrip("/")
    assert f"{page}.csv" not in client.get(f"{page}/").text
    with scope(PROGRAMME):
        facts = {"starts_on": "2026-10-01", "ends_on": "2026-10-31", "note": "By its own account."}
        Reach.objects.create(campaign=campaign, channel="radio", number=1200, unit="people", method="counted", **facts)

    [heading, row] = csv.reader(io.StringIO(b"".join(client.get(f"{page}.csv")).decode("utf-8-sig")))
    told = dict(zip(heading, row, strict=True))

    assert f"{page}.csv" in client.get(f"{page}/").text
    assert f"{page}.xlsx" in client.get(f"{page}/").text
    assert (told["Number"], told["Note"], told["From"], told["Until"]) == (
        "1200", "By its own account.", "2026-10-01", "2026-10-31",
    )  # fmt: skip
    assert (told["Id"], told["Link"]) == (campaign.activity.slug, f"{settings.SITE_URL}{page}/")
