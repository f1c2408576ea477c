"""What a team's program pushes about alerts of the portal is said in the portal, by the rules of its pages."""

import uuid

import pytest

from common.scope import PROGRAMME, reach_of, scope
from csirt_network.actions.labels import raise_label
from csirt_network.actions.talking import withdraw_comment
from csirt_network.models import Comment, GroupMember, Indicator, SharingGroup, Sighting, TeamMember
from csirt_network.team_reader import reach_of_team
from exchange.actions import taking_back
from exchange.actions.adding import add
from exchange.actions.collections import keep_collections
from exchange.actions.mirrorings import mirror_soon
from exchange.models import Mirroring, StixObject
from exchange.stix.ids import indicator_id, stix_id
from exchange.stix.labels import MARKINGS
from tests.csirt_network.alerts import fresh, perform
from tests.exchange.stix import of_type
from tests.exchange.test_mirroring import held
from tests.factories.alerts import make_alert, to_team
from tests.factories.exchange import MOMENT, collection_of, given

pytestmark = pytest.mark.django_db


@pytest.fixture
def alert(rep_jam, csirt_jam, csirt_chl):
    """Of Jamaica to Chile, in the collections of both, with an indicator."""
    made = make_alert("AMBER", to_team(csirt_chl), by=rep_jam, origin=csirt_jam)
    with scope(reach_of(fresh(rep_jam))):
        Indicator.objects.create(alert=made, kind="domain", value="bad.example")
    keep_collections()
    with scope(PROGRAMME):
        Mirroring.objects.create(alert=made)
    perform(Mirroring)
    return made


def made(kind, tlp=None, **facts):
    marked = {"object_marking_refs": [MARKINGS[tlp]]} if tlp else {}
    times = {"created": MOMENT, "modified": MOMENT}
    return {"type": kind, "spec_version": "2.1", "id": f"{kind}--{uuid.uuid4()}", **times, **marked, **facts}


def pushed(team, by, *values, kind="team"):
    collection = collection_of(kind, team=team if kind == "team" else None)
    with scope(reach_of_team(team.pk)):
        return add(collection=collection, team=team, objects=given(*values), by=fresh(by))


def report_of(alert):
    return stix_id("report", "alert", alert.pk)


def indicator_of(alert, by):
    with scope(reach_of(fresh(by))):
        return indicator_id(Indicator.objects.get(alert=alert))


def seen(by):
    with scope(reach_of(fresh(by))):
        return list(Sighting.objects.select_related("indicator").order_by("pk"))


def comments(by):
    with scope(reach_of(fresh(by))):
        return list(Comment.objects.order_by("pk"))


def test_a_sighting_is_a_sighting(alert, csirt_chl, rep_chl, rep_jam):
    value = made(
        "sighting",
        sighting_of_ref=indicator_of(alert, rep_chl),
        count=7,
        last_seen="2026-03-01T23:30:00Z",
        description="In our mail",
    )
    assert not pushed(csirt_chl, rep_chl, value).failures
    (row,) = seen(rep_jam)

    assert (row.kind, row.count, str(row.seen_on), row.note) == ("seen", 7, "2026-03-01", "In our mail")
    assert (row.team, row.by, f"sighting--{row.key}") == (csirt_chl, rep_chl, value["id"])
    assert row.indicator.value == "bad.example"


def test_once_for_each_id_and_the_collection_has_it_once(alert, csirt_chl, rep_chl, rep_jam, csirt_jam):
    value = made("sighting", sighting_of_ref=report_of(alert))
    pushed(csirt_chl, rep_chl, value)
    pushed(csirt_chl, rep_chl, value)
    pushed(csirt_chl, rep_chl, value | {"modified": "2026-03-02T12:00:00.000Z", "count": 9})
    perform(Mirroring)

    assert [row.count for row in seen(rep_jam)] == [1]
    assert [one["id"] for one in of_type(held("team", csirt_chl), "sighting")] == [value["id"]]
    assert len(of_type(held("team", csirt_jam), "sighting")) == 1


def test_against_an_indicator_is_a_false_positive_and_other_opinions_are_objects(alert, csirt_chl, rep_chl, rep_jam):
    ref = indicator_of(alert, rep_chl)
    values = [made("opinion", opinion=said, object_refs=[ref]) for said in ("strongly-disagree", "agree", "neutral")]
    values.append(made("opinion", opinion="disagree", object_refs=[report_of(alert)]))
    assert not pushed(csirt_chl, rep_chl, *values).failures

    assert [row.kind for row in seen(rep_jam)] == ["false-positive"]


def test_a_note_whose_label_lets_the_readers_of_the_alert_read_it_is_a_comment(alert, csirt_chl, rep_chl, rep_jam):
    refs = {"object_refs": [report_of(alert)]}
    values = [made("note", label, content=f"Words under {label}", **refs) for label in ("GREEN", "AMBER+STRICT", None)]
    assert not pushed(csirt_chl, rep_chl, *values).failures

    assert [(row.text, row.team) for row in comments(rep_jam)] == [("Words under GREEN", csirt_chl)]


def test_a_sighting_for_the_own_team_alone_stays_there(alert, csirt_chl, rep_chl, rep_jam):
    pushed(csirt_chl, rep_chl, made("sighting", "AMBER+STRICT", sighting_of_ref=report_of(alert)))
    assert not seen(rep_jam)


def test_a_note_that_is_revoked_is_withdrawn(alert, csirt_chl, rep_chl, rep_jam):
    value = made("note", "AMBER", content="Not so.", object_refs=[report_of(alert)])
    pushed(csirt_chl, rep_chl, value)
    pushed(csirt_chl, rep_chl, value | {"modified": "2026-03-02T12:00:00.000Z", "revoked": True})

    assert [bool(row.withdrawn_at) for row in comments(rep_jam)] == [True]


def test_what_a_page_would_refuse_is_refused_with_its_sentence(alert, csirt_chl, rep_chl, rep_jam):
    values = [
        made("sighting", sighting_of_ref=report_of(alert), count=-1),
        made("sighting", sighting_of_ref=report_of(alert), first_seen="2099-01-01T00:00:00Z"),
        made("sighting", sighting_of_ref=report_of(alert), description="x" * 501),
        made("note", "AMBER", content="x" * 4001, object_refs=[report_of(alert)]),
        made("sighting", sighting_of_ref=report_of(alert)),
    ]
    added = pushed(csirt_chl, rep_chl, *values)

    assert [failure["message"] for failure in added.failures] == [
        "Write 0 or more.",
        "Write a day that has come.",
        "Keep it under 500 characters.",
        "Keep it under 4,000 characters.",
    ]
    assert [success["id"] for success in added.successes] == [values[-1]["id"]]
    assert len(seen(rep_jam)) == 1


def test_whoever_made_the_token_must_be_of_the_team_still(alert, csirt_chl, rep_chl, rep_jam, lead_chl):
    by = fresh(rep_chl)
    TeamMember.objects.filter(person=rep_chl).delete()
    added = pushed(csirt_chl, by, made("sighting", sighting_of_ref=report_of(alert)))

    assert "may not speak for the team" in added.failures[0]["message"]
    assert not seen(rep_jam)


def test_what_a_team_may_not_read_is_an_object_like_any_other(alert, csirt_banks, rep_banks, rep_jam):
    """Whether there is such an alert is not told."""
    other = make_alert("AMBER+STRICT", by=rep_jam, origin=alert.from_team)
    added = pushed(csirt_banks, rep_banks, made("sighting", sighting_of_ref=report_of(other)))

    assert not added.failures
    assert not seen(rep_jam)


def test_passing_on_what_another_said_is_not_saying_it(csirt_chl, rep_chl, csirt_jam, rep_jam):
    """Chile cannot read the alert, so what it writes of it is an object; Jamaica, whose alert it is, passes that on."""
    keep_collections()
    alert = make_alert("AMBER+STRICT", to_team(csirt_jam), by=rep_jam, origin=csirt_jam)
    with scope(PROGRAMME):
        Mirroring.objects.create(alert=alert)
    perform(Mirroring)
    note = made("note", "GREEN", content="Of Chile", object_refs=[report_of(alert)])
    pushed(csirt_chl, rep_chl, note, kind="community")
    assert not pushed(csirt_jam, rep_jam, note).failures

    assert not comments(rep_jam)
    with scope(PROGRAMME):
        assert StixObject.objects.filter(stix_id=note["id"]).count() == 2


def test_what_is_pushed_into_a_group_that_hides_its_members_is_not_said_under_the_teams_name(
    alert, csirt_chl, rep_chl, rep_jam
):
    with scope(PROGRAMME):
        quiet = SharingGroup.objects.create(name="Quiet", slug="quiet", made_by=rep_chl, hides_members=True)
        GroupMember.objects.create(group=quiet, team=csirt_chl)
    collection = collection_of("group", group=quiet)
    value = made("note", "GREEN", content="Seen", object_refs=[report_of(alert)])
    with scope(reach_of_team(csirt_chl.pk)):
        assert not add(collection=collection, team=csirt_chl, objects=given(value), by=fresh(rep_chl)).failures

    assert not comments(rep_jam)


def test_what_is_said_of_an_alert_is_read_by_its_readers_alone(alert, csirt_chl, rep_chl, rep_jam, rep_banks):
    value = made("note", "GREEN", content="Seen", object_refs=[report_of(alert)])
    assert not pushed(csirt_chl, rep_chl, value, kind="community").failures

    def readers():
        found = []
        for person in (rep_chl, rep_jam, rep_banks):
            with scope(reach_of(fresh(person))):  # by the wall alone
                found += [person] if StixObject.objects.filter(stix_id=value["id"]).exists() else []
        return found

    assert readers() == [rep_chl, rep_jam, rep_banks]  # the banks are a constituent of Chile
    with scope(reach_of(fresh(rep_jam))):
        raise_label(alert=alert, tlp="AMBER+STRICT", by=fresh(rep_jam))
    assert readers() == [rep_chl, rep_jam]


def test_a_comment_that_is_withdrawn_goes_out_of_the_collections(alert, csirt_chl, rep_chl, rep_jam):
    value = made("note", "GREEN", content="Not so.", object_refs=[report_of(alert)])
    pushed(csirt_chl, rep_chl, value, kind="community")
    with scope(reach_of(fresh(rep_chl))):
        withdraw_comment(comment=Comment.objects.get(), by=fresh(rep_chl))
    perform(Mirroring)

    with scope(PROGRAMME):
        assert [row.body for row in StixObject.objects.filter(stix_id=value["id"])] == [""]


def test_a_note_that_is_deleted_is_withdrawn(alert, csirt_chl, rep_chl, rep_jam):
    value = made("note", "GREEN", content="Not so.", object_refs=[report_of(alert)])
    pushed(csirt_chl, rep_chl, value, kind="community")
    with scope(reach_of(fresh(rep_chl))):
        taking_back.take_away(StixObject.objects.get(stix_id=value["id"]), by=fresh(rep_chl))

    assert [bool(row.withdrawn_at) for row in comments(rep_jam)] == [True]


def test_an_envelope_full_of_notes_makes_twenty_comments_and_one_piece_of_work(alert, csirt_chl, rep_chl, rep_jam):
    notes = [made("note", "GREEN", content=str(n), object_refs=[report_of(alert)]) for n in range(25)]
    with scope(PROGRAMME):
        before = Mirroring.objects.count()
    added = pushed(csirt_chl, rep_chl, *notes)

    assert (len(added.successes), len(comments(rep_jam))) == (25, 20)
    assert [bool(one.get("message")) for one in added.successes] == [False] * 20 + [True] * 5
    with scope(PROGRAMME):
        assert StixObject.objects.filter(type="note", alert=None).count() == 25
        assert Mirroring.objects.count() == before + 1


def test_work_that_somebody_has_begun_is_asked_for_anew(alert, rep_jam):
    with scope(PROGRAMME):
        Mirroring.objects.update(status="running")
    for _ in range(2):
        with scope(reach_of(fresh(rep_jam))):
            mirror_soon(alert)
    with scope(PROGRAMME):
        assert Mirroring.objects.filter(status="queued").count() == 1
