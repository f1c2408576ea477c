"""Two sources may disagree in the open."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from capability.imports import STEPS, load_reference
from documents.models import Reading, Source
from documents.readings import by_fact, name_of
from member_states.models import MemberState


@pytest.fixture
def two(chile):
    said = [("source-1", "In 2012."), ("source-2", "In 2013.")]
    return [
        Reading.objects.create(
            fact="strategy.adopted",
            state_id=chile.pk,
            source=Source.objects.create(key=key, title=f"Title {key}"),
            says_en=says,
            place="Page 4",
        )
        for key, says in said
    ]


def test_both_stand_beside_each_other(two, client):
    for path in ("/states/chile/", "/states/chile/documents/"):
        page = client.get(path).content.decode()

        assert "Sources differ: When the national strategy was adopted" in page
        for reading in two:
            assert reading.says_en in page
            assert reading.source.title in page


def test_the_page_of_sources_says_so_too(two, client):
    page = client.get("/sources/").content.decode()

    assert page.count("Where it differs from another source") == 2
    assert "When the national strategy was adopted (Chile" in page


def test_sources_that_agree_are_no_news(two, client):
    Reading.objects.update(says_en="In 2012.")

    assert "Sources differ" not in client.get("/states/chile/").content.decode()
    assert by_fact(Reading.objects.all()) == {}


def test_another_state_has_nothing_of_it(two, jamaica, client):
    assert "Sources differ" not in client.get("/states/jamaica/").content.decode()


def test_every_reading_of_the_published_data_differs_from_another(db):
    load_reference()
    found = {}
    for reading in Reading.objects.all():
        found.setdefault((reading.fact, reading.state_id), []).append(reading)

    assert len(found) == 6
    assert "readings of sources" in STEPS
    for readings in found.values():
        assert len({reading.source_id for reading in readings}) > 1
        assert len(by_fact(readings)) == 1
        assert all(name_of(reading.fact) != reading.fact for reading in readings)
        assert all(reading.says_es and reading.says_fr and reading.says_pt_br for reading in readings)


def test_the_page_of_sources_asks_as_often_for_many(two, client):
    asked = count(client)
    states = MemberState.objects.values_list("pk", flat=True)
    Reading.objects.bulk_create(
        Reading(fact=f"index.{n}", state_id=states[0], source=two[0].source, says_en=str(n)) for n in range(30)
    )

    assert count(client) == asked


def count(client):
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/sources/").status_code == 200
    return len(captured)
