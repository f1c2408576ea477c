"""Whatever was entered, page, list, tables and API say the same totals, to everybody who reads of it."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from accounts.actions import make_token
from action_plan.figures import Figures
from action_plan.models import Activity, ParticipantCount
from action_plan.querysets.activities import GENDERS
from common.mandate import Sector
from common.scope import PROGRAMME, reach_of, scope
from tests.factories.action_plan import make_activity

pytestmark = pytest.mark.django_db
PEOPLE = st.integers(0, 5000)
FIGURES = st.dictionaries(
    st.tuples(st.sampled_from([None, "chile", "jamaica"]), st.sampled_from(["", *Sector.values])),
    st.tuples(PEOPLE, PEOPLE, PEOPLE, PEOPLE),
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entered=FIGURES)
def test_sums_by_sector_by_state_and_of_all_agree(entered, observer, chile, jamaica):
    states = {"chile": chile, "jamaica": jamaica, None: None}
    expected = [sum(column) for column in zip(*entered.values(), strict=True)] if entered else [0] * 4
    with scope(PROGRAMME):
        Activity.objects.filter(slug="figures").delete()
        activity = make_activity("Figures", chile, slug="figures")
        for (state, sector), people in entered.items():
            counted = dict(zip(GENDERS, people, strict=True))
            ParticipantCount.objects.create(activity=activity, state=states[state], sector=sector, **counted)

    with scope(reach_of(observer)):
        figures = Figures(activity, observer)
        one = Activity.objects.visible_to(observer).with_figures().get(slug="figures")

    by_state = [sum(column) for column in zip(*(line.figures for line in figures.states), strict=True)] or [0] * 4
    assert figures.all.figures == expected
    assert by_state == expected
    assert one.figures == (expected if entered else None)
    assert one.participants == (sum(expected) if entered else None)


@pytest.mark.parametrize("reader", ["observer", "lead_chl", "lead_jam"])
def test_all_that_leaves_the_portal_says_the_same(reader, request, client, sign_in, chile, jamaica):
    person = request.getfixturevalue(reader)
    with scope(PROGRAMME):
        activity = make_activity("Figures", chile, slug="figures", audience="states")
        for state, sector, women in ((chile, "public", 7), (jamaica, "private", 5), (None, "", 4)):
            ParticipantCount.objects.create(activity=activity, state=state, sector=sector, women=women, men=1)
    browser = sign_in(person)
    lines = b"".join(browser.get("/activities.csv").streaming_content).decode("utf-8-sig")
    table = next(csv.DictReader(io.StringIO(lines)))
    rows = load_workbook(io.BytesIO(browser.get("/activities.xlsx").getvalue())).active.iter_rows(values_only=True)
    book = dict(zip(next(rows), next(rows), strict=True))
    secret = make_token(name="A program", scopes=["read"], days=30, by=person)[1]
    told = client.get("/api/v1/activities/figures/", headers={"Authorization": f"Bearer {secret}"}).json()

    assert (table["Women"], table["Men"], table["All"]) == ("16", "3", "19")
    assert (book["Women"], book["Men"], book["All"]) == (16, 3, 19)
    assert told["participants"] == {"women": 16, "men": 3, "other": 0, "not_stated": 0, "total": 19}
    assert (
        '<span class="grow">All</span><b class="number">19</b>' in browser.get("/activities/figures/").content.decode()
    )


def test_where_nobody_counted_nothing_says_that_nobody_came(sign_in, observer, client, chile):
    words = "More than 250 representatives"
    with scope(PROGRAMME):
        for slug, stated in (("stated", words), ("unknown", "")):
            facts = {"status": "done", "audience": "public", "participants_as_stated": stated}
            make_activity(slug, chile, slug=slug, **facts)
        nobody = make_activity("nobody", chile, slug="nobody", status="done", audience="public")
        ParticipantCount.objects.create(activity=nobody, state=chile, sector="public")
    browser = sign_in(observer)
    lines = b"".join(browser.get("/activities.csv").streaming_content).decode("utf-8-sig")
    table = {row["Id"]: row for row in csv.DictReader(io.StringIO(lines))}
    published = {row["id"]: row for row in client.get("/open-data/activities.json").json()["data"]}
    secret = make_token(name="A program", scopes=["read"], days=30, by=observer)[1]
    bearer = {"Authorization": f"Bearer {secret}"}

    for slug, stated in (("stated", words), ("unknown", "")):
        row = table[slug]
        told = client.get(f"/api/v1/activities/{slug}/", headers=bearer).json()
        assert {row[name] for name in ("Women", "Men", "Other", "Not stated", "All")} == {""}
        assert row["Participants as the source states them"] == stated
        assert (published[slug]["participants"], published[slug]["participants_as_stated"]) == (None, stated)
        assert told["participants"] == dict.fromkeys((*GENDERS, "total"))
        page = client.get(f"/activities/{slug}/").content.decode()
        assert "sectors__all" not in page
        assert (stated or "Not counted.") in page
    assert (table["nobody"]["All"], published["nobody"]["participants"]) == ("0", 0)
    assert "Not counted" not in client.get("/activities/nobody/").content.decode()
