"""A team is told at once of what touches its own, of what it may read and nothing else, and told once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from common.scope import PROGRAMME, reach_of, scope
from csirt_network.models import NetworkMembership, TeamMember
from exchange import early_warning
from exchange.actions.claims import end
from exchange.actions.warning import handle, look_anew, look_at_what_was_missed, look_soon
from exchange.models import AssetClaim, EarlyWarning, WarningLook
from exchange.signals import objects_added
from exchange.warning_mails import warned_for
from notices.models import Mail
from review.actions import Refused
from tests.csirt_network.alerts import send_out
from tests.exchange.claimed import (
    asked,
    claimed,
    collection,
    decided,
    fresh,
    group,
    held,
    look,
    mailed,
    seen_by,
    warnings,
)
from tests.factories.csirt_network import make_contact, make_member, make_team

pytestmark = pytest.mark.django_db
NETWORK, INSIDE = "198.51.100.0/24", ("ipv4", "198.51.100.7")


@pytest.fixture
def claim(csirt_jam, rep_jam, officer):
    return claimed(csirt_jam, rep_jam, officer, NETWORK)[0]


# What touches a claim ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "kind", "value"),
    [
        (NETWORK, "ipv4", "198.51.100.7"),
        (NETWORK, "ipv4-network", "198.51.100.128/25"),
        (NETWORK, "ipv4-network", "198.51.0.0/16"),
        (NETWORK, "url", "http://user:pass@198.51.100.7:8080/a?b=@evil.example"),
        ("198.51.100.7", "ipv4", "198.51.100.7"),
        ("2001:db8::/32", "ipv6", "2001:db8::1"),
        ("2001:db8::/32", "url", "https://[2001:db8::1]:443/x"),
        ("2001:db8::/32", "ipv6-network", "2001:db8:1::/48"),
        ("example.org", "domain", "example.org"),
        ("example.org", "domain", "mail.deep.example.org"),
        ("example.org", "url", "https://www.example.org/login"),
        ("example.org", "url", "https://example.org:8443/"),
        ("example.org", "email", "someone@mail.example.org"),
        ("AS64496", "asn", "AS64496"),
    ],
)
def test_it_touches(csirt_jam, rep_jam, officer, line, kind, value):
    claimed(csirt_jam, rep_jam, officer, line)
    send_out(csirt_jam, by=officer, indicators=[(kind, value)])
    look()

    assert [one.value for one in warnings()] == [value]


@pytest.mark.parametrize(
    ("line", "kind", "value"),
    [
        (NETWORK, "ipv4", "198.51.101.7"),
        (NETWORK, "ipv6", "2001:db8::1"),
        (NETWORK, "url", "http://evil.example/198.51.100.7"),
        ("example.org", "domain", "notexample.org"),
        ("example.org", "domain", "example.org.evil.example"),
        ("example.org", "domain", "org.example"),
        ("example.org", "url", "https://evil.example/example.org"),
        ("example.org", "url", "https://example.org@evil.example/"),
        ("example.org", "email", "example.org@evil.example"),
        ("www.example.org", "domain", "example.org"),
        ("AS64496", "asn", "AS64497"),
    ],
)
def test_it_does_not_touch(csirt_jam, rep_jam, officer, line, kind, value):
    claimed(csirt_jam, rep_jam, officer, line)
    send_out(csirt_jam, by=officer, indicators=[(kind, value)])
    look()

    assert warnings() == []


def test_what_is_no_network_keeps_nothing_else_from_being_found(claim, csirt_chl):
    held(collection("community"), ("ipv4", "no address"), ("url", "http://999.1.1.1/"), INSIDE, by=csirt_chl)
    look_soon(collection("community"))
    look()

    assert [one.value for one in warnings()] == [INSIDE[1]]


# Who is told --------------------------------------------------------------------------------------------------------


def test_only_what_the_team_may_read_touches_its_claims(claim, csirt_chl, csirt_jam, officer, rep_jam, rep_chl):
    """Under each label, sent to another team: no row, no mail, no count."""
    for tlp in ("AMBER", "AMBER+STRICT"):
        send_out(csirt_chl, by=officer, tlp=tlp, indicators=[INSIDE])
    send_out(by=officer, tlp="RED", people=[rep_jam], indicators=[INSIDE])
    send_out(csirt_jam, by=officer, is_exercise=True, indicators=[INSIDE])
    held(collection("group", group=group(csirt_chl, by=officer)), INSIDE, readers=[csirt_chl.pk], by=csirt_chl)
    held(collection("team", team=csirt_chl), INSIDE, by=csirt_chl)
    look_anew()
    look_at_what_was_missed()
    look()

    assert warnings() == []
    assert mailed() == set()

    send_out(csirt_jam, by=officer, tlp="AMBER+STRICT", indicators=[INSIDE])
    look()

    assert seen_by(rep_jam) == [INSIDE[1]]
    assert mailed() == {"Fay Foreign"}
    assert seen_by(rep_chl) == seen_by(officer) == []


def test_pap_does_not_keep_a_team_from_looking_at_its_own(claim, csirt_jam, officer):
    send_out(csirt_jam, by=officer, pap="RED", indicators=[INSIDE])
    look()

    assert len(warnings()) == 1


def test_a_team_is_not_told_of_what_it_wrote(claim, csirt_jam, csirt_chl, rep_jam):
    make_member("Anna Again", csirt_jam, "analyst")  # who looks at it before it goes out
    held(collection("community"), INSIDE, by=csirt_jam)
    look_soon(collection("community"))
    send_out(csirt_chl, by=rep_jam, origin=csirt_jam, indicators=[INSIDE])
    look()

    assert warnings() == []


def test_what_may_be_read_no_more_is_told_no_more(claim, csirt_jam, officer, rep_jam):
    """Between finding and telling, and ever after."""
    send_out(csirt_jam, by=officer, tlp="AMBER", indicators=[INSIDE])
    look()
    (found,) = warnings()
    with scope(PROGRAMME):
        NetworkMembership.objects.filter(team=csirt_jam).update(ends_on="2021-01-01")
    reader = fresh(rep_jam)

    assert seen_by(rep_jam) == []
    with scope(reach_of(reader)):
        assert warned_for(reader, found.pk) is None


def test_a_constituent_has_its_patron_as_back_up_if_that_may_read_it(
    csirt_banks, csirt_chl, rep_banks, rep_chl, analyst_chl, officer
):
    claimed(csirt_banks, rep_banks, officer, NETWORK)
    send_out(csirt_banks, by=officer, tlp="AMBER+STRICT", indicators=[INSIDE])
    look()

    assert (mailed(), seen_by(rep_chl)) == ({"Sonia Sector"}, [])

    send_out(csirt_banks, csirt_chl, by=officer, tlp="AMBER+STRICT", indicators=[("ipv4", "198.51.100.8")])
    look()

    assert mailed() == {"Sonia Sector", "Tomas Turno"}
    assert seen_by(rep_chl) == ["198.51.100.8"]


def test_the_back_up_is_not_told_the_claim(csirt_banks, csirt_chl, rep_banks, rep_chl, officer, sign_in):
    claimed(csirt_banks, rep_banks, officer, NETWORK)
    send_out(csirt_banks, csirt_chl, by=officer, indicators=[INSIDE])
    look()
    client = sign_in(rep_chl)
    page, table = client.get("/exchange/warnings/"), client.get("/exchange/warnings.csv")
    told = page.content.decode() + b"".join(table.streaming_content).decode()

    assert "CSIRT of the banks" in told
    assert NETWORK not in told
    assert client.post(f"/exchange/warnings/{warnings()[0].pk}/", {"status": "done", "was": "new"}).status_code == 403


def test_the_national_team_is_the_back_up_of_who_has_no_patron(chile, csirt_chl, rep_chl, officer):
    with scope(PROGRAMME):
        police = make_team("CSIRT of the police", chile, kind="police")
    person = make_member("Petra Policia", police)
    claimed(police, person, officer, NETWORK)
    send_out(by=officer, tlp="GREEN", people=[officer], indicators=[INSIDE])
    look()

    assert mailed() == {"Petra Policia", "Tomas Turno"}


def test_who_is_on_duty_is_told_as_well(csirt_jam, rep_jam, claim, officer):
    analyst = make_member("Dora Duty", csirt_jam, "analyst", email="duty@example.org")
    make_member("Otto Other", csirt_jam, "analyst")
    with scope(PROGRAMME):
        make_contact(csirt_jam, "duty", email="DUTY@example.org")
    send_out(csirt_jam, by=officer, indicators=[INSIDE])
    look()

    assert mailed() == {"Fay Foreign", analyst.name}


def test_where_nobody_represents_the_team_everybody_is_told(csirt_jam, rep_jam, claim, officer):
    make_member("Otto Other", csirt_jam, "analyst")
    TeamMember.objects.filter(person=rep_jam).update(ended_at=timezone.now())
    send_out(csirt_jam, by=officer, indicators=[INSIDE])
    look()

    assert mailed() == {"Otto Other"}


def test_one_mail_tells_of_all_that_was_found_together(claim, csirt_jam, officer, rep_jam):
    send_out(csirt_jam, by=officer, tlp="AMBER", indicators=[("ipv4", f"198.51.100.{n}") for n in range(1, 40)])
    look()
    reader = fresh(rep_jam)
    with scope(reach_of(reader)):
        (mail,) = Mail.objects.visible_to(reader).filter(kind="early warning")
        told = warned_for(reader, mail.object_id)

    assert (len(warnings()), told.items, told.label) == (39, 1, "TLP:AMBER")


def test_staff_do_not_learn_that_somebody_was_warned(claim, csirt_jam, officer):
    send_out(csirt_jam, by=officer, indicators=[INSIDE])
    look()
    reader = fresh(officer)
    with scope(reach_of(reader)):
        assert not Mail.objects.visible_to(reader).filter(kind="early warning").exists()
        assert not EarlyWarning.objects.visible_to(reader).exists()
        assert not EarlyWarning.objects.all().exists()


# Once, and nothing lost ---------------------------------------------------------------------------------------------


def test_another_version_tells_only_what_is_new(claim, csirt_chl):
    community, name = collection("community"), "indicator--3f0a1d2e-0000-4000-8000-000000000001"
    first = held(community, INSIDE, by=csirt_chl, stix_id=name)
    look_soon(community)
    look()
    with scope(PROGRAMME):
        type(first).objects.filter(pk=first.pk).update(is_last=False)
    held(community, INSIDE, ("ipv4", "198.51.100.8"), by=csirt_chl, stix_id=name)
    look_soon(community)
    look()

    assert [one.value for one in warnings()] == [INSIDE[1], "198.51.100.8"]


def test_looked_at_twice_nothing_is_doubled(claim, csirt_jam, officer):
    send_out(csirt_jam, by=officer, indicators=[INSIDE])
    look()
    for _ in range(2):
        look_anew()
        look()

    assert len(warnings()) == 1
    with scope(PROGRAMME):
        assert Mail.objects.filter(kind="early warning").count() == 1


def test_killed_in_between_nothing_is_lost_and_nothing_doubled(
    claim, csirt_chl, csirt_jam, rep_chl, officer, monkeypatch
):
    """The worker dies after the first team was told; the next one goes on."""
    claimed(csirt_chl, rep_chl, officer, "198.51.0.0/16")
    send_out(csirt_jam, csirt_chl, by=officer, indicators=[INSIDE])
    real, told = early_warning.tell, []

    def dying(team, found):
        if told:
            raise SystemExit
        told.append(team)
        real(team, found)

    monkeypatch.setattr(early_warning, "tell", dying)
    with pytest.raises(SystemExit):
        look()
    assert len(warnings()) == 1

    monkeypatch.setattr(early_warning, "tell", real)
    with scope(PROGRAMME):
        WarningLook.objects.filter(status="running").update(lease_until=timezone.now() - timedelta(minutes=1))
    look()

    assert len(warnings()) == 2
    assert mailed() == {"Fay Foreign", "Tomas Turno"}
    with scope(PROGRAMME):
        assert Mail.objects.filter(kind="early warning").count() == 2


def test_killed_while_it_is_written_neither_row_nor_mail_is_there(claim, csirt_jam, officer, monkeypatch):
    send_out(csirt_jam, by=officer, indicators=[INSIDE])
    monkeypatch.setattr("exchange.telling.post", lambda **_: (_ for _ in ()).throw(SystemExit))
    with pytest.raises(SystemExit):
        look()

    assert warnings() == []


def test_a_collection_is_looked_through_in_batches_from_where_the_last_look_ended(claim, csirt_chl, monkeypatch):
    monkeypatch.setattr(early_warning, "BATCH", 3)
    community, start = collection("community"), timezone.now() - timedelta(hours=1)
    for n in range(1, 9):
        held(community, ("ipv4", f"198.51.100.{n}"), by=csirt_chl, date_added=start + timedelta(seconds=n))
    look_soon(community)
    look()

    assert len(warnings()) == 8
    with scope(PROGRAMME):
        assert WarningLook.objects.reached(community.pk) == start + timedelta(seconds=8)

    held(community, ("ipv4", "198.51.100.99"), by=csirt_chl)
    look_soon(community)
    look()
    with scope(PROGRAMME):
        assert WarningLook.objects.filter(collection=community).count() == 1
    assert len(warnings()) == 9


def test_one_look_waits_for_a_collection_however_often_something_comes(claim, csirt_chl):
    community = collection("community")
    for n in range(3):
        row = held(community, ("ipv4", f"198.51.100.{n}"), by=csirt_chl)
        objects_added.send(sender=None, collection=community, team=csirt_chl, rows=[row], by=None)

    with scope(PROGRAMME):
        assert WarningLook.objects.filter(collection=community, status="queued").count() == 1


def test_the_sweep_finds_what_nobody_asked_for(claim, csirt_jam, csirt_chl, officer):
    alert = send_out(csirt_jam, by=officer, indicators=[INSIDE])
    held(collection("community"), ("ipv4", "198.51.100.8"), by=csirt_chl)
    with scope(PROGRAMME):
        WarningLook.objects.filter(alert=alert).delete()
    look_at_what_was_missed()
    look()

    assert [one.value for one in warnings()] == [INSIDE[1], "198.51.100.8"]
    look_at_what_was_missed()
    with scope(PROGRAMME):
        assert not WarningLook.objects.waiting().exists()


def test_approved_what_came_in_the_last_ninety_days_is_looked_through(csirt_jam, csirt_chl, rep_jam, officer):
    send_out(csirt_jam, by=officer, indicators=[INSIDE])
    old = timezone.now() - timedelta(days=91)
    held(collection("community"), ("ipv4", "198.51.100.9"), by=csirt_chl, date_added=old)
    held(collection("community"), ("ipv4", "198.51.100.8"), by=csirt_chl)
    look()
    claims = asked(csirt_jam, rep_jam, NETWORK)
    look()
    assert warnings() == []

    decided(claims, officer)
    look()

    assert [one.value for one in warnings()] == [INSIDE[1], "198.51.100.8"]


def test_nothing_is_looked_for_in_the_place_of_an_ended_claim(claim, csirt_jam, rep_jam, officer):
    person = fresh(rep_jam)
    with scope(reach_of(person)):
        end(claim=claim, why="Sold", edited=1, by=person)
    send_out(csirt_jam, by=officer, indicators=[INSIDE])
    look()

    assert warnings() == []


def test_a_look_asks_as_often_for_many_values_and_claims_as_for_one(csirt_jam, rep_jam, officer, csirt_chl):
    claimed(csirt_jam, rep_jam, officer, NETWORK, "example.org")

    def asked_for(values):
        send_out(csirt_jam, by=officer, indicators=values)
        with CaptureQueriesContext(connection) as queries:
            look()
        return len([one for one in queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))])

    few = asked_for([INSIDE])
    claimed(csirt_jam, rep_jam, officer, *(f"203.0.{n}.0/24" for n in range(30)))
    many = asked_for(
        [("ipv4", f"203.0.{n}.1") for n in range(30)] + [("domain", f"a{n}.example.org") for n in range(30)]
    )

    assert many <= few + 1  # those that are told with the first are written in a statement of their own


# What a team does with it -------------------------------------------------------------------------------------------


def test_who_saw_and_who_handles_it_is_kept(claim, csirt_jam, rep_jam, officer, sign_in):
    send_out(csirt_jam, by=officer, indicators=[INSIDE])
    look()
    (found,) = warnings()
    client, url = sign_in(rep_jam), f"/exchange/warnings/{found.pk}/"
    client.get(url)
    assert warnings()[0].seen_by == rep_jam

    assert client.post(url, {"status": "looking", "note": "Asked the host", "was": "new"}).status_code == 302
    client.post(url, {"status": "looking", "note": "Asked the host", "was": "new"})
    late = client.post(url, {"status": "done", "note": "", "was": "new"})

    assert late.status_code == 422
    assert "A colleague was faster" in late.content.decode()
    (found,) = warnings()
    assert (found.status, found.note, found.handled_by) == ("looking", "Asked the host", rep_jam)


def test_what_is_handled_is_not_mailed_about_any_more(claim, csirt_jam, rep_jam, officer):
    send_out(csirt_jam, by=officer, indicators=[INSIDE])
    look()
    (found,), person = warnings(), fresh(rep_jam)
    with scope(reach_of(person)):
        handle(warning=found, status="false", note="", was="new", by=person)
        assert warned_for(person, found.pk) is None


def test_two_who_decide_at_once_the_second_is_told(claim, csirt_jam, rep_jam, officer):
    send_out(csirt_jam, by=officer, indicators=[INSIDE])
    look()
    (found,), person = warnings(), fresh(rep_jam)
    with scope(reach_of(person)):
        handle(warning=found, status="looking", note="", was="new", by=person)
        with pytest.raises(Refused):
            handle(warning=found, status="false", note="", was="new", by=person)


def test_whoever_previews_an_alert_learns_nothing_of_claims(claim, csirt_jam, csirt_chl, rep_chl, analyst_chl, sign_in):
    alert = send_out(csirt_jam, by=rep_chl, origin=csirt_chl, indicators=[INSIDE])
    page = sign_in(rep_chl).get(f"/alerts/{alert.pk}/preview/").content.decode()

    assert NETWORK not in page
    with scope(reach_of(fresh(rep_chl))):
        assert not AssetClaim.objects.all().exists()
