import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from capability.models import Answer, Edition, Update
from common.scope import PROGRAMME, scope
from documents.models import Source
from member_states.models import Participation


@pytest.fixture
def source(db):
    return Source.objects.create(
        key="report-2016",
        title="Cybersecurity: are we ready?",
        publisher="IDB and OAS",
        dated="2016",
        licence="CC BY-NC-ND 3.0 IGO",
        caution="Levels as published.",
        link="https://example.org/report",
    )


def test_everybody_reads_where_figures_come_from(source, chile, client):
    Participation.objects.update(source=source)

    page = client.get("/sources/").content.decode()

    for words in (source.title, source.publisher, source.licence, source.caution, source.link, "example.org</a>"):
        assert words in page
    assert "Participation: 1" in page


def test_the_published_stages_are_counted_under_their_report(source, edition, chile, client):
    Edition.objects.update(source=source)
    with scope(PROGRAMME):
        baseline = Update.objects.create(
            state=chile, edition=edition, status="accepted", accepted_at=now(), audience="public"
        )
        for question, audience in (("D1.1", "public"), ("D1.2", "public"), ("D1.3", "programme")):
            Answer.objects.create(update=baseline, state=chile, question=question, stage=2, audience=audience)

    assert "Published stages: 2" in client.get("/sources/").content.decode()


def test_a_portal_without_sources_says_so(db, client):
    assert "No sources yet" in client.get("/sources/").content.decode()


@pytest.mark.parametrize("who", ["lead_chl", "officer", "admin"])
def test_the_number_of_queries_does_not_grow(source, who, request, sign_in):
    client = sign_in(request.getfixturevalue(who))
    counted = len(queries(client))
    Source.objects.bulk_create(Source(key=f"s{n}", title=f"S{n}") for n in range(30))

    assert len(queries(client)) == counted


def queries(client):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get("/sources/").status_code == 200
    return captured.captured_queries
