"""Collections follow the portal: what a reader may read is in theirs, once, and leaves with the right to read it."""

import json
import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from common.scope import PROGRAMME, reach_of, scope
from csirt_network.actions.labels import lower_label, raise_label
from csirt_network.actions.publishing import close, revise
from csirt_network.actions.sighting import sight
from csirt_network.actions.talking import comment, withdraw_comment
from csirt_network.actions.writing import Seen, Written
from csirt_network.models import Alert, Comment, Indicator, NetworkMembership, Recipient
from csirt_network.team_reader import TeamReader
from exchange import mirroring
from exchange.actions.collections import keep_collections
from exchange.actions.mirrorings import mirror_all
from exchange.models import Collection, Mirroring, StixObject
from exchange.stix.identities import id_of
from notices.work import claim, work
from tests.csirt_network.alerts import fresh, perform, send_out
from tests.exchange.stix import faults_of, of_type, one
from tests.factories.alerts import make_alert, to_team

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _collections(csirt_chl, csirt_jam, csirt_banks):
    keep_collections()


def rows_of(kind, team=None):
    with scope(PROGRAMME):
        found = StixObject.objects.newest().filter(collection__kind=kind, collection__team=team)
        return list(found.order_by("date_added").select_related("alert"))


def held(kind, team=None):
    return [json.loads(row.body) for row in rows_of(kind, team)]


def alerts_in(kind, team=None):
    return {row.alert_id for row in rows_of(kind, team) if row.type == "report"}


def bring(alert):
    """As the worker does for an alert that somebody changed."""
    with scope(PROGRAMME):
        job = Mirroring.objects.create(alert=alert)
    work(Mirroring, job.pk)
    with scope(PROGRAMME):
        assert Mirroring.objects.get(pk=job.pk).status == "done"


def everything():
    with scope(PROGRAMME):
        return list(StixObject.objects.order_by("pk").values_list("pk", "stix_id", "version", "gone_at"))


# Where an alert goes


def test_each_label_has_its_collections(officer, csirt_jam, csirt_chl, csirt_banks):
    clear, green = (send_out(csirt_jam, by=officer, tlp=tlp) for tlp in ("CLEAR", "GREEN"))
    amber, strict = (send_out(csirt_chl, by=officer, tlp=tlp) for tlp in ("AMBER", "AMBER+STRICT"))
    perform(Mirroring)

    assert alerts_in("public") == {clear.pk}
    assert alerts_in("community") == {green.pk}
    assert alerts_in("team", csirt_chl) == {amber.pk, strict.pk}
    assert alerts_in("team", csirt_banks) == {amber.pk}  # a constituent
    assert alerts_in("team", csirt_jam) == set()


def test_what_programs_never_pass_on_is_in_none(officer, csirt_jam, rep_jam):
    send_out(by=officer, people=[rep_jam], tlp="RED")
    send_out(csirt_jam, by=officer, tlp="GREEN", pap="RED")
    send_out(csirt_jam, by=officer, tlp="GREEN", is_exercise=True)
    perform(Mirroring)

    assert not everything()


def test_the_team_it_comes_from_has_it_too(rep_jam, csirt_jam, csirt_chl):
    alert = make_alert("AMBER+STRICT", to_team(csirt_chl), by=rep_jam, origin=csirt_jam)
    bring(alert)

    assert alerts_in("team", csirt_jam) == alerts_in("team", csirt_chl) == {alert.pk}


def test_what_is_held_is_valid_and_brings_what_it_refers_to(officer, csirt_chl, rep_chl):
    send_out(csirt_chl, by=officer, tlp="AMBER", indicators=[("domain", "bad.example")], cves=["CVE-2026-12345"])
    perform(Mirroring)
    objects = held("team", csirt_chl)
    ids = {value["id"] for value in objects}

    assert not faults_of(objects)
    for value in objects:
        assert {value.get("created_by_ref"), *value.get("object_marking_refs", ())} - {None} <= ids
        assert set(value.get("object_refs", ())) <= ids


# What changes


def test_done_twice_it_is_there_once(officer, csirt_chl):
    alert = send_out(csirt_chl, by=officer, tlp="AMBER", indicators=[("domain", "bad.example")], title_es="Hola")
    perform(Mirroring)
    before = everything()
    bring(alert)
    mirror_all()
    perform(Mirroring)
    mirroring.catch_up()

    assert everything() == before
    assert before


def test_a_worker_that_was_stopped_midway_is_followed_by_another(officer, csirt_chl, csirt_banks, monkeypatch):
    alert = send_out(csirt_chl, by=officer, tlp="AMBER")
    with scope(PROGRAMME):
        job = Mirroring.objects.filter(alert=alert).first()
    lost = claim(Mirroring, job.pk)
    with scope(PROGRAMME):
        collection = Collection.objects.get(team=csirt_chl)
    mirroring.mirror(collection, [alert.pk])
    with scope(PROGRAMME):
        Mirroring.objects.filter(pk=lost.pk).update(lease_until=timezone.now())
    work(Mirroring, job.pk)

    assert alerts_in("team", csirt_chl) == alerts_in("team", csirt_banks) == {alert.pk}
    assert len(of_type(held("team", csirt_chl), "report")) == 1


def revised(alert, officer, *teams, indicators=(), **columns):
    with scope(reach_of(fresh(officer))):
        written = Written(
            columns={"tlp": alert.tlp, **columns},
            recipients=[Recipient(kind="team", team=team) for team in teams],
            indicators=[Seen("domain", value) for value in indicators],
        )
        return revise(alert=alert, written=written, edited=alert.edited, what_changed="Words", by=officer)


def test_what_a_version_leaves_out_is_revoked_and_the_rest_stays_as_it_was(officer, csirt_chl):
    alert = send_out(
        csirt_chl, by=officer, tlp="AMBER", indicators=[("domain", "bad.example"), ("domain", "worse.example")]
    )
    perform(Mirroring)
    before = of_type(held("team", csirt_chl), "indicator")
    revised(alert, officer, csirt_chl, indicators=["bad.example"], title_en="New words")
    perform(Mirroring)
    objects = held("team", csirt_chl)
    stays, gone = of_type(objects, "indicator")

    assert not faults_of(objects)
    assert stays == before[0]
    assert gone["revoked"]
    assert gone["modified"] == one(objects, "report")["modified"] > before[1]["modified"]
    assert one(objects, "report")["name"] == "New words"
    with scope(PROGRAMME):
        assert StixObject.objects.standing().filter(type="report").count() == 4  # two versions, for two teams


def test_what_comes_back_is_another_object_for_what_is_revoked_stays_so(officer, csirt_chl):
    alert = send_out(csirt_chl, by=officer, tlp="AMBER", indicators=[("domain", "bad.example")])
    perform(Mirroring)
    for indicators in ((), ["bad.example"]):
        alert = revised(alert, officer, csirt_chl, indicators=indicators)
        perform(Mirroring)
    before, again = of_type(held("team", csirt_chl), "indicator")

    assert before["revoked"]
    assert "revoked" not in again
    assert before["id"] != again["id"]
    assert before["pattern"] == again["pattern"]


def test_whoever_never_had_what_was_left_out_is_not_told_of_it(officer, csirt_chl, csirt_banks):
    alert = send_out(csirt_chl, by=officer, tlp="AMBER+STRICT", indicators=[("domain", "bad.example")])
    perform(Mirroring)
    revised(alert, officer, csirt_chl)
    with scope(reach_of(fresh(officer))):
        lower_label(alert=Alert.objects.get(pk=alert.pk), tlp="AMBER", reason="x", by=officer)
    perform(Mirroring)

    assert one(held("team", csirt_chl), "indicator")["revoked"]
    assert alerts_in("team", csirt_banks) == {alert.pk}
    assert not of_type(held("team", csirt_banks), "indicator")


def test_a_raised_label_takes_it_away_from_whom_it_is_not_for_any_more(officer, csirt_chl, csirt_jam):
    alert = send_out(csirt_chl, by=officer, tlp="GREEN", indicators=[("domain", "bad.example")])
    perform(Mirroring)
    assert alerts_in("community") == {alert.pk}
    with scope(reach_of(fresh(officer))):
        raise_label(alert=alert, tlp="AMBER", by=officer)
    perform(Mirroring)

    assert not [row for row in rows_of("community") if row.alert_id]
    assert alerts_in("team", csirt_chl) == {alert.pk}
    with scope(PROGRAMME):
        gone = StixObject.objects.filter(collection__kind="community", alert=alert)
        assert gone
        assert all(row.gone_at and not row.body for row in gone)


def test_a_lowered_label_brings_it_to_more(officer, csirt_chl, csirt_banks):
    alert = send_out(csirt_chl, by=officer, tlp="AMBER+STRICT")
    perform(Mirroring)
    assert alerts_in("team", csirt_banks) == set()
    with scope(reach_of(fresh(officer))):
        lower_label(alert=alert, tlp="AMBER", reason="x", by=officer)
    perform(Mirroring)

    assert alerts_in("team", csirt_banks) == {alert.pk}


def test_a_closed_alert_has_a_last_version(officer, csirt_chl):
    alert = send_out(csirt_chl, by=officer, tlp="CLEAR")
    perform(Mirroring)
    with scope(reach_of(fresh(officer))):
        close(alert=alert, closing="It is over.", by=officer)
    perform(Mirroring)

    assert one(held("public"), "report")["description"].endswith("It is over.")


def test_comments_and_sightings_follow_their_readers(officer, csirt_jam, rep_jam, csirt_chl, rep_chl):
    alert = make_alert("CLEAR", by=rep_jam, origin=csirt_jam)
    key = uuid.uuid4()
    with scope(reach_of(fresh(rep_chl))):
        comment(alert=alert, team=csirt_chl, text="We too.", key=key, by=rep_chl)
        facts = {"count": 1, "seen_on": date(2026, 5, 3), "note": "", "key": uuid.uuid4()}
        sight(alert=alert, team=csirt_chl, indicator=None, kind="seen", by=rep_chl, **facts)
    perform(Mirroring)

    assert not of_type(held("public"), "note", "sighting")
    assert one(held("community"), "note")["content"] == "We too."
    assert not of_type(held("community"), "sighting", "report")
    for team in (csirt_jam, csirt_chl):
        assert one(held("team", team), "sighting")["where_sighted_refs"] == [id_of(csirt_chl)]
    with scope(reach_of(fresh(rep_chl))):
        withdraw_comment(comment=Comment.objects.get(key=key), by=rep_chl)
    perform(Mirroring)
    assert not of_type(held("community"), "note")


def test_what_was_said_is_found_by_the_day_too(officer, csirt_jam, rep_jam, csirt_chl, rep_chl):
    alert = make_alert("CLEAR", by=rep_jam, origin=csirt_jam)
    with scope(reach_of(fresh(rep_chl))):
        comment(alert=alert, team=csirt_chl, text="We too.", key=uuid.uuid4(), by=rep_chl)
        facts = {"count": 1, "seen_on": date(2026, 5, 3), "note": "", "key": uuid.uuid4()}
        sight(alert=alert, team=csirt_chl, indicator=None, kind="seen", by=rep_chl, **facts)
    with scope(PROGRAMME):
        Mirroring.objects.all().delete()
    mirror_all()
    perform(Mirroring)

    assert one(held("community"), "note")
    assert one(held("team", csirt_jam), "sighting")


def test_a_team_that_leaves_and_one_that_joins_are_noticed_without_a_change(officer, csirt_chl, csirt_banks):
    alert = send_out(csirt_chl, by=officer, tlp="AMBER")
    perform(Mirroring)
    with scope(PROGRAMME):
        NetworkMembership.objects.filter(team=csirt_banks).update(ended_at=timezone.now())
    mirroring.catch_up()
    assert alerts_in("team", csirt_banks) == set()
    with scope(PROGRAMME):
        NetworkMembership.objects.filter(team=csirt_banks).update(ended_at=None)
    mirroring.catch_up()
    assert alerts_in("team", csirt_banks) == {alert.pk}
    assert mirroring.catch_up() == 0


def test_the_day_compares_everything(officer, csirt_chl):
    """What no change told of, such as a row written beside the actions."""
    alert = send_out(csirt_chl, by=officer, tlp="AMBER", indicators=[("domain", "bad.example")])
    perform(Mirroring)
    with scope(reach_of(fresh(officer))):
        Indicator.objects.filter(alert=alert).update(note="Of a mail")
    mirror_all()
    perform(Mirroring)

    assert one(held("team", csirt_chl), "indicator")["description"] == "Of a mail"


def test_what_a_team_reads_in_collections_is_what_it_reads_by_feed(officer, rep_jam, csirt_jam, csirt_chl, csirt_banks):
    for tlp in ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT"):
        send_out(csirt_chl, by=officer, tlp=tlp)
        make_alert(tlp, to_team(csirt_banks), by=rep_jam, origin=csirt_jam)
    mirroring.catch_up()
    for team in (csirt_chl, csirt_jam, csirt_banks):
        reader = TeamReader(team.pk)
        with scope(reader.reach):
            found = set(
                StixObject.objects.visible_to(reader).newest().filter(type="report").values_list("alert", flat=True)
            )
            assert found == set(Alert.objects.visible_to(reader).by_feed().values_list("pk", flat=True))


def test_a_hidden_source_stays_hidden(rep_jam, csirt_jam, csirt_chl):
    alert = make_alert("AMBER", to_team(csirt_chl), by=rep_jam, origin=csirt_jam, is_hidden=True)
    bring(alert)

    assert id_of(csirt_jam) not in str(held("team", csirt_chl))
    with scope(PROGRAMME):
        assert not StixObject.objects.filter(from_team=csirt_jam).exists()


def test_old_work_is_forgotten(officer, csirt_chl):
    send_out(csirt_chl, by=officer, tlp="AMBER")
    perform(Mirroring)
    with scope(PROGRAMME):
        Mirroring.objects.update(finished_at=timezone.datetime(2020, 1, 1, tzinfo=timezone.get_current_timezone()))
    mirror_all()
    with scope(PROGRAMME):
        assert not Mirroring.objects.filter(status="done").exists()


def test_an_alert_of_many_indicators_asks_no_more(officer, csirt_chl):
    """Whatever hangs on an alert is compared, and brought, together."""
    asked = []
    for many in (1, 15):
        indicators = [("domain", f"bad{number}.example") for number in range(many)]
        alert = send_out(csirt_chl, by=officer, tlp="AMBER", indicators=indicators)
        with scope(PROGRAMME):
            collection = Collection.objects.get(team=csirt_chl)
        with CaptureQueriesContext(connection) as queries:
            mirroring.mirror(collection, [alert.pk])
        asked.append(len(queries))

    assert asked[1] <= asked[0]  # the identity of the programme comes once
