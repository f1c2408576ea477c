"""SIM3 assessments: whose they are, what is sent, who reviews, and what the region says of them together."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError
from openpyxl import load_workbook

from accounts.models import User
from common.scope import PROGRAMME, Reach, reach_of, scope
from csirt_network.actions.maturity import ChangedMeanwhile, save_levels, start_assessment
from csirt_network.models import Assessment, ParameterLevel, PeerRemark, PeerReview, ProofFile, ReviewAnswer
from csirt_network.regional import figures, quarter_of
from csirt_network.sim3 import Quadrant
from tests.factories.csirt_network import make_assessment, make_review, make_sim3_profile, make_team
from tests.factories.library import a_file
from tests.factories.member_states import make_state
from tests.signing_in import sign_in_from_inside

pytestmark = pytest.mark.django_db
SENT = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def people(manager, lead_chl, lead_jam, rep_chl, analyst_chl, rep_banks, rep_jam, outsider):
    return {
        "manager": manager,
        "lead_chl": lead_chl,
        "lead_jam": lead_jam,
        "rep_chl": rep_chl,
        "analyst_chl": analyst_chl,
        "rep_banks": rep_banks,
        "rep_jam": rep_jam,
        "outsider": outsider,
    }


def readers(people, model=Assessment):
    """Whom the portal lets read, once it is sure that the database says the same."""
    found = set()
    for name, person in people.items():
        person = User.objects.get(pk=person.pk)
        with scope(reach_of(person)):
            by_queryset, by_wall = model.objects.visible_to(person).count(), model.objects.count()
        assert by_queryset == by_wall, name
        found |= {name} if by_wall else set()
    return found


def test_a_draft_is_the_teams_alone(people, csirt_chl):
    make_assessment(csirt_chl, people["rep_chl"], {"O-1": 2})

    assert readers(people) == readers(people, ParameterLevel) == {"rep_chl", "analyst_chl"}


def test_what_is_sent_is_read_by_the_own_state_and_the_programme(people, csirt_chl):
    make_assessment(csirt_chl, people["rep_chl"], {"O-1": 2}, sent_at=SENT)

    own = {"rep_chl", "analyst_chl", "lead_chl", "manager"}
    assert readers(people) == readers(people, ParameterLevel) == own


@pytest.mark.parametrize(("accepts", "sees"), [(None, False), (False, False), (True, True)])
def test_a_reviewing_team_sees_it_once_it_says_yes(people, csirt_chl, csirt_jam, accepts, sees):
    assessment = make_assessment(csirt_chl, people["rep_chl"], {"O-1": 2}, sent_at=SENT)
    make_review(assessment, csirt_jam, people["rep_chl"], accepts=accepts)

    assert ("rep_jam" in readers(people)) is sees
    assert "rep_jam" in readers(people, PeerReview)


def test_closing_a_review_takes_the_assessment_away(people, csirt_chl, csirt_jam, client):
    assessment = make_assessment(csirt_chl, people["rep_chl"], {"O-1": 2}, sent_at=SENT)
    review = make_review(assessment, csirt_jam, people["rep_chl"], accepts=True)
    sign_in_from_inside(client, people["rep_chl"])

    client.post(f"/network/reviews/{review.pk}/close/")

    assert readers(people) == {"rep_chl", "analyst_chl", "lead_chl", "manager"}


def test_nobody_lets_themselves_in(people, csirt_chl, csirt_jam):
    """Neither by a review of their own making nor by an answer to one that another team was asked for."""
    assessment = make_assessment(csirt_chl, people["rep_chl"], {"O-1": 2}, sent_at=SENT)
    facts = {"assessment": assessment, "reviewer": csirt_jam, "asked_by": people["rep_jam"]}
    with scope(Reach(teams=(csirt_jam.pk,), person=people["rep_jam"].pk)), pytest.raises(ProgrammingError):
        PeerReview.objects.create(team=csirt_chl, state=csirt_chl.state, **facts)
    review = make_review(assessment, csirt_jam, people["rep_chl"])
    with scope(Reach(teams=(csirt_chl.pk,), person=people["rep_chl"].pk)), pytest.raises(ProgrammingError):
        ReviewAnswer.objects.create(review=review, is_accepted=True, by=people["rep_chl"])


def test_what_is_sent_stays_as_it_is(people, csirt_chl):
    assessment = make_assessment(csirt_chl, people["rep_chl"], {"O-1": 2}, sent_at=SENT)

    with scope(reach_of(people["rep_chl"])):
        assert not Assessment.objects.filter(pk=assessment.pk).update(sent_at=None, sent_by=None)
        assert not ParameterLevel.objects.update(level=4)
    with scope(PROGRAMME):
        assert not ParameterLevel.objects.update(level=4)
        assert not Assessment.objects.all().delete()[0]


def test_the_next_assessment_begins_with_what_the_last_one_said(people, csirt_chl):
    make_assessment(csirt_chl, people["rep_chl"], {"O-1": 2, "P-3": None}, sent_at=SENT, note="As the law says")

    with scope(reach_of(people["rep_chl"])):
        new = start_assessment(team=csirt_chl, by=people["rep_chl"])
        again = start_assessment(team=csirt_chl, by=people["rep_chl"])

        assert (new.version, new.sent_at, again) == (2, None, new)
        assert {row.code: (row.level, row.note) for row in new.levels.all()} == {
            "O-1": (2, "As the law says"),
            "P-3": (None, "As the law says"),
        }


def test_a_proof_is_read_by_those_who_read_the_assessment(people, csirt_chl, csirt_jam):
    sent = make_assessment(csirt_chl, people["rep_chl"], {"O-1": 2}, sent_at=SENT, proof="mandate.pdf")
    assert readers(people, ProofFile) == {"rep_chl", "analyst_chl", "lead_chl", "manager"}

    make_review(sent, csirt_jam, people["rep_chl"], accepts=True)
    assert readers(people, ProofFile) == {"rep_chl", "analyst_chl", "lead_chl", "manager", "rep_jam"}


def test_a_proof_of_a_draft_is_added_replaced_and_taken_away(people, csirt_chl, client):
    draft = make_assessment(csirt_chl, people["rep_chl"], {"O-1": 2})
    sign_in_from_inside(client, people["analyst_chl"])
    page = f"{draft.get_absolute_url()}organisation/"

    def save(number, **more):
        return client.post(page, {"edited": number, "O-1-level": "2", **more}).status_code

    assert save(0, **{"O-1-file": a_file("mandate.pdf")}) == 302
    (proof,) = proofs_of(draft, people["rep_chl"])
    kept = client.get(f"/network/maturity/files/{proof.token}/")
    assert b"".join(kept.streaming_content).startswith(b"%PDF")
    assert kept["Content-Disposition"] == 'attachment; filename="mandate.pdf"'
    assert "mandate.pdf" in client.get(page).content.decode()
    assert save(1, **{"O-1-file": a_file("law.pdf")}) == 302
    assert [each.name for each in proofs_of(draft, people["rep_chl"])] == ["law.pdf"]
    assert save(2, **{"O-1-without_file": "on"}) == 302
    assert not proofs_of(draft, people["rep_chl"])
    assert client.get(f"/network/maturity/files/{proof.token}/").status_code == 404


def test_a_file_that_is_none_is_explained_and_nothing_is_saved(people, csirt_chl, client):
    draft = make_assessment(csirt_chl, people["rep_chl"], {"O-1": 2})
    sign_in_from_inside(client, people["rep_chl"])
    wrong = SimpleUploadedFile("mandate.pdf", b"MZ not a document", "application/pdf")

    answer = client.post(f"{draft.get_absolute_url()}organisation/", {"edited": 0, "O-1-level": "4", "O-1-file": wrong})

    assert (answer.status_code, "O-1, File that proves it" in answer.content.decode()) == (422, True)
    with scope(reach_of(people["rep_chl"])):
        assert draft.levels.get().level == 2
    assert not proofs_of(draft, people["rep_chl"])


def test_the_next_assessment_begins_with_the_same_proofs(people, csirt_chl):
    sent = make_assessment(csirt_chl, people["rep_chl"], {"O-1": 2}, sent_at=SENT, proof="mandate.pdf")

    with scope(reach_of(people["rep_chl"])):
        new = start_assessment(team=csirt_chl, by=people["rep_chl"])
    (before,), (now,) = proofs_of(sent, people["rep_chl"]), proofs_of(new, people["rep_chl"])

    assert (now.name, now.content.name, now.sha256) == (before.name, before.content.name, before.sha256)
    assert now.token != before.token


def proofs_of(assessment, person):
    with scope(reach_of(User.objects.get(pk=person.pk))):
        return list(ProofFile.objects.filter(assessment=assessment))


def test_two_who_save_at_once(people, csirt_chl):
    assessment = make_assessment(csirt_chl, people["rep_chl"], {"O-1": 2})

    with scope(reach_of(people["rep_chl"])):
        save_levels(assessment=assessment, levels=[ParameterLevel(code="O-1", level=3)], edited=0, by=people["rep_chl"])
        late = [ParameterLevel(code="O-1", level=1)]
        with pytest.raises(ChangedMeanwhile):
            save_levels(assessment=assessment, levels=late, edited=0, by=people["rep_chl"])

        assert [row.level for row in assessment.levels.all()] == [3]


def test_filling_in_and_sending(people, csirt_chl, client):
    sign_in_from_inside(client, people["rep_chl"])
    client.post(f"/csirts/{csirt_chl.slug}/maturity/start/")
    base = f"/csirts/{csirt_chl.slug}/maturity/1/"

    too_soon = client.post(f"{base}send/")
    bad = client.post(f"{base}human/", {"edited": "0", "H-1-level": "5", "H-1-link": "nowhere"})
    good = client.post(f"{base}human/", {"edited": "0", "H-1-level": "3", "H-1-link": "https://www.example.org/"})
    stale = client.post(f"{base}human/", {"edited": "0", "H-1-level": "1"})
    client.post(f"{base}send/")

    assert too_soon.status_code == 422
    assert "No parameter has a level yet" in too_soon.text
    assert bad.status_code == 422
    assert "Enter a whole address" in bad.text
    assert good.url == f"{base}tools/"
    assert stale.status_code == 422
    assert "saved in the meantime" in stale.text
    with scope(PROGRAMME):
        sent = Assessment.objects.get()
        assert (sent.sent_by, sent.levels.get(code="H-1").level) == (people["rep_chl"], 3)
    assert client.get(f"{base}human/").status_code == 403


def test_an_analyst_fills_in_and_does_not_send(people, csirt_chl, client):
    make_assessment(csirt_chl, people["rep_chl"], {"O-1": 2})
    sign_in_from_inside(client, people["analyst_chl"])
    base = f"/csirts/{csirt_chl.slug}/maturity/1/"

    assert client.get(f"{base}human/").status_code == 200
    assert client.post(f"{base}send/").status_code == 403


def test_a_review_from_asking_to_remarks(people, csirt_chl, csirt_jam, client):
    assessment = make_assessment(csirt_chl, people["rep_chl"], {"O-1": 2}, sent_at=SENT)
    sign_in_from_inside(client, people["rep_chl"])
    client.post(f"{assessment.get_absolute_url()}ask/", {"reviewer": csirt_jam.pk, "message": "Please look"})
    with scope(PROGRAMME):
        url = PeerReview.objects.get().get_absolute_url()

    sign_in_from_inside(client, people["rep_jam"])
    asked = client.get(url)
    refused = client.post(url, {"O-1-level": "1"})
    client.post(f"{url}answer/", {"answer": "yes"})
    client.post(url, {"O-1-level": "1", "O-1-remark": "The law names no team"})
    with scope(PROGRAMME):
        remark = PeerRemark.objects.get(code="O-1")

    assert "Please look" in asked.text
    assert "Level 2" not in asked.text
    assert refused.status_code == 403
    assert (remark.level, remark.remark) == (1, "The law names no team")
    sign_in_from_inside(client, people["rep_chl"])
    assert "The law names no team" in client.get(assessment.get_absolute_url()).text


def test_gaps_to_a_profile(people, csirt_chl, client):
    make_assessment(csirt_chl, people["rep_chl"], {"O-1": 2, "O-2": 3}, sent_at=SENT)
    make_sim3_profile("Basic", {"O-1": 3, "O-2": 3, "P-9": 1}, people["manager"])
    sign_in_from_inside(client, people["rep_chl"])

    page = client.get(f"/csirts/{csirt_chl.slug}/maturity/?profile=basic").context["page"]

    assert [(gap.parameter.code, gap.has, gap.needs) for gap in page.latest.gaps] == [("O-1", 2, 3), ("P-9", None, 1)]


def test_the_workbook_holds_no_formula(people, csirt_chl, client):
    make_assessment(csirt_chl, people["rep_chl"], {"O-1": 2}, sent_at=SENT, evidence="=1+1")
    sign_in_from_inside(client, people["rep_chl"])

    answer = client.get(f"/csirts/{csirt_chl.slug}/maturity/1/workbook/")
    rows = list(load_workbook(BytesIO(answer.getvalue())).active.iter_rows(values_only=True))

    assert (len(rows), rows[1][1], rows[1][3], rows[1][5]) == (46, "O-1", 2, "'=1+1")


# The region -------------------------------------------------------------------------------------------------------


@pytest.fixture
def five(rep_chl):
    """Five teams of a state that has no other, each with O-1 at another level; two assessed P-1."""
    state = make_state("brazil")
    with scope(PROGRAMME):
        teams = [make_team(f"Team {n}", state, kind="sector") for n in range(5)]
    for level, team in enumerate(teams):
        said = {"O-1": level, **({"P-1": 4} if level < 2 else {})}
        make_assessment(team, rep_chl, said, sent_at=SENT)
    return teams


def seen_by(person, now=SENT + timedelta(days=200)):
    with scope(reach_of(person)):
        return figures(now)


def test_the_region_says_medians_of_five(five, rep_jam):
    found = seen_by(rep_jam)

    assert (found.teams, found.parameters["O-1"].median, found.parameters["O-1"].teams) == (5, 2, 5)
    assert found.parameters["P-1"].median is None
    assert found.quadrants[Quadrant.PROCESSES].median is None


def test_four_teams_are_withheld(five, rep_jam, rep_chl):
    make_assessment(five[0], rep_chl, {"O-1": 4}, version=2)  # a draft counts nowhere, and takes nothing away
    assert not seen_by(rep_jam).is_withheld

    assert seen_by(rep_jam, now=SENT).is_withheld  # none was sent before that quarter began


def test_others_see_what_was_sent_before_the_quarter_and_staff_what_is_sent(five, rep_jam, manager, rep_chl):
    now = SENT + timedelta(days=200)
    make_assessment(five[0], rep_chl, {"O-1": 4}, version=2, sent_at=now - timedelta(hours=1))

    assert seen_by(rep_jam).parameters["O-1"].median == 2
    assert seen_by(manager).parameters["O-1"].median == 3


def test_quarters_begin_in_utc():
    assert quarter_of(datetime(2026, 11, 22, tzinfo=UTC)) == datetime(2026, 10, 1, tzinfo=UTC)
    assert quarter_of(datetime(2026, 3, 31, 23, 59, tzinfo=UTC)) == datetime(2026, 1, 1, tzinfo=UTC)


def test_a_profile_is_entered_by_officers(people, client):
    sign_in_from_inside(client, people["manager"])
    said = {"name_en": "Basic", "source": "Published in 2020", "O-1": "3"}

    empty = client.post("/network/maturity/profiles/new/", said | {"O-1": ""})
    good = client.post("/network/maturity/profiles/new/", said | {"is_offered": "on"})
    sign_in_from_inside(client, people["rep_jam"])

    assert empty.status_code == 422
    assert "at least one parameter" in empty.text
    assert good.status_code == 302
    assert "Basic" in client.get("/network/maturity/").text
    assert client.post("/network/maturity/profiles/basic/", said).status_code == 403


def test_outsiders_find_no_maturity(people, csirt_chl, client):
    make_assessment(csirt_chl, people["rep_chl"], {"O-1": 2}, sent_at=SENT)
    for name in ("rep_jam", "lead_jam", "outsider"):
        sign_in_from_inside(client, people[name])

        assert client.get(f"/csirts/{csirt_chl.slug}/maturity/").status_code == 404, name
