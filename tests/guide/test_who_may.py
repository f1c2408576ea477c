"""What is printed of the access matrix says what the matrix says."""

import pytest

from oas_cyber.guide.access import ANSWERS, ROLES, deeds
from tests.access.printed import ROOT, written
from tests.access.tables import rows

pytestmark = pytest.mark.django_db
NAMES = {row.name: row for row in rows("matrix.txt")}


@pytest.mark.parametrize("path", list(written()), ids=lambda path: path.name)
def test_what_is_printed_is_the_matrix(path):
    assert path.read_text() == written()[path], (
        f"{path.relative_to(ROOT)} says something else than tests/access/matrix.txt: python -m tests.access.printed"
    )


@pytest.mark.parametrize("deed", list(deeds()), ids=lambda deed: str(deed.words))
def test_each_line_of_the_help_is_a_line_of_the_matrix(deed):
    wanted = NAMES[deed.cell].wanted()

    assert [answer for _role, answer in deed.answers] == [ANSWERS[wanted[role]] for role in ROLES]


def test_the_page_says_it(client):
    page = client.get("/help/who-may-do-what/").content.decode()

    assert page.count("<tr>") >= 20
    assert "Reset somebody’s lost second factor" in page


def test_people_of_teams_find_what_they_may_do():
    of_team = {
        str(deed.words): dict(zip(ROLES, (str(answer) for _role, answer in deed.answers), strict=True))
        for deed in deeds()
    }

    publish = of_team["Publish an alert that a team wrote"]
    assert (publish["team"], publish["analyst"], publish["officer"]) == ("Yes", "No", "Not shown")
    assert of_team["Answer an alert for a team"]["analyst"] == "Yes"


def test_the_help_leads_to_it(client):
    assert 'href="/help/who-may-do-what/"' in client.get("/help/who-sees-what/").content.decode()
