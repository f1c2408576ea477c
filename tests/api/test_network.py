"""What programs read of maturity, figures and working groups: what the pages show the token's owner, and no more."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from common.scope import PROGRAMME, scope
from csirt_network.actions.working_groups import add_paper, make_working_group
from csirt_network.models import Meeting, Paper, WorkingGroup
from tests.factories.csirt_network import make_assessment, make_review, make_team
from tests.factories.library import a_file
from tests.factories.member_states import make_state

pytestmark = pytest.mark.django_db
SENT = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def group(manager, csirt_chl, rep_chl):
    with scope(PROGRAMME):
        made = make_working_group(
            group=WorkingGroup(name_en="Banks", mandate_en="To compare.", chair_team=csirt_chl), teams=[], by=manager
        )
        soon = timezone.now() + timedelta(days=3)
        times = {"starts_at": soon, "ends_at": soon + timedelta(hours=1)}
        Meeting.objects.create(group=made, title="First", place="Santiago", made_by=manager, **times)
        add_paper(paper=Paper(title="Samples", tlp="AMBER"), group=made, upload=a_file(), by=manager)
    return made


def test_a_draft_is_listed_for_its_team_alone(program_of, csirt_chl, rep_chl, rep_jam, manager):
    make_assessment(csirt_chl, rep_chl, {"O-1": 2}, evidence="A decree")

    (draft,) = program_of(rep_chl).get("network/assessments/?is_sent=false").json()["results"]
    assert (draft["team"], draft["sent_at"], draft["quadrants"][0]["mean"]) == (csirt_chl.slug, None, 2.0)
    for person in (rep_jam, manager):
        assert program_of(person).get("network/assessments/").json()["results"] == []


def test_an_assessment_comes_with_its_proofs_and_reviews(program_of, csirt_chl, csirt_jam, rep_chl, manager):
    sent = make_assessment(csirt_chl, rep_chl, {"O-1": 2}, sent_at=SENT, evidence="A decree")
    make_review(sent, csirt_jam, rep_chl, accepts=True)

    one = program_of(manager).get(f"network/assessments/{sent.pk}/").json()

    assert [(level["code"], level["level"], level["evidence"]) for level in one["levels"]] == [("O-1", 2, "A decree")]
    assert [(review["reviewer"], review["is_accepted"]) for review in one["reviews"]] == [(csirt_jam.slug, True)]


@pytest.mark.parametrize(("count", "median"), [(5, 2.0), (4, None)])
def test_the_region_says_medians_of_five_teams(program_of, rep_chl, rep_jam, count, median):
    state = make_state("brazil")
    for number in range(count):
        with scope(PROGRAMME):
            team = make_team(f"Team {number}", state, kind="sector")
        make_assessment(team, rep_chl, {"O-1": 2}, sent_at=SENT)

    found = program_of(rep_jam).get("network/maturity/").json()

    assert (found["teams"], found["parameters"][0]) == (
        count,
        {"code": "O-1", "name": "Mandate", "median": median, "teams": count},
    )


def test_who_takes_part_reads_meetings_and_papers(program_of, group, csirt_chl, rep_chl, rep_jam):
    program = program_of(rep_chl)

    (listed,) = program.get("working-groups/?takes_part=true").json()["results"]
    (meeting,) = program.get(f"working-groups/{group.slug}/meetings/").json()["results"]
    far = f"working-groups/{group.slug}/meetings/?since=1954-02-18T01:21:30.8-23:26"  # a zone no database knows
    assert program.get(far).json()["results"] == [meeting]
    (paper,) = program.get(f"working-groups/{group.slug}/papers/?tlp=AMBER").json()["results"]

    assert (listed["chair"], [member["role"] for member in listed["members"]]) == (csirt_chl.slug, ["chair"])
    assert (meeting["title"], paper["tlp"]) == ("First", "AMBER")
    assert paper["address"].startswith(f"http://localhost:8000/working-groups/{group.slug}/papers/")
    other = program_of(rep_jam)
    assert other.get(f"working-groups/{group.slug}/").json()["members"] == []
    assert other.get(f"working-groups/{group.slug}/papers/").json()["results"] == []


def test_figures_are_those_of_the_page(program_of, manager, outsider):
    of_staff = program_of(manager).get("network/figures/").json()

    assert [chart["key"] for chart in of_staff["charts"]] == ["month", "class", "sector", "country"]
    assert [table["key"] for table in of_staff["tables"]] == ["class-month", "class-country", "class-sector"]
    assert of_staff["total"] == 0
    assert program_of(outsider).get("network/figures/").json()["balance"] == []
