"""What a team says is its own: in one form, never too wide, decided by somebody else, known to nobody besides."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from common.scope import PROGRAMME, reach_of, scope
from csirt_network.models import TeamMember
from exchange.actions.claims import ask, decide, end
from exchange.assets import Asset, covers, overlap, read_asset
from exchange.correlations import related
from exchange.models import AssetClaim
from exchange.registries import is_registry
from exchange.warning_mails import decided_for, waiting_for
from review.actions import Refused
from tests.csirt_network.alerts import send_out
from tests.exchange.claimed import asked, claimed, collection, decided, fresh, group, held, mailed
from tests.factories.accounts import make_staff

pytestmark = pytest.mark.django_db


def statuses(team):
    with scope(PROGRAMME):
        return dict(AssetClaim.objects.filter(team=team).values_list("value", "status"))


# The form of a claim ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        (" 198.51.100.77/24 ", "198.51.100.0/24"),
        ("198.51.100.7", "198.51.100.7/32"),
        ("198[.]51[.]100[.]7", "198.51.100.7/32"),
        ("8.0.0.0/8", "8.0.0.0/8"),
        ("2001:DB8::/32", "2001:db8::/32"),
        ("2001:db8::1", "2001:db8::1/128"),
        ("Example.ORG.", "example.org"),
        ("ministerio.gob.cl", "ministerio.gob.cl"),
        ("niño.example", "xn--nio-8ma.example"),
        ("as 64496", "AS64496"),
        ("ASN64496", "AS64496"),
    ],
)
def test_it_is_kept_in_its_one_form(typed, value):
    assert read_asset(typed).value == value


@pytest.mark.parametrize(
    "typed",
    [
        "0.0.0.0/0", "8.0.0.0/7", "2000::/3", "2001:db8::/18", "com", ".gov", "gob.cl", "gob.mx", "gov.br", "com.ar",
        "co.cr", "gc.ca", "la.us", "10.0.0.0/8", "192.168.7.0/24", "fd00::/48", "224.0.0.1", "AS0", "AS64512",
        "AS4294967295",
    ],
)  # fmt: skip
def test_too_wide_or_nobodys_it_is_refused_with_a_sentence(typed):
    with pytest.raises(ValidationError) as refused:
        read_asset(typed)

    assert any(word in refused.value.messages[0] for word in ("too wide", "registry", "cannot be claimed"))


@pytest.mark.parametrize("typed", ["https://example.org/", "a@example.org", "x" * 64, "nonsense words", "mutex: abc"])
def test_what_is_no_network_or_domain_is_refused(typed):
    with pytest.raises(ValidationError) as refused:
        read_asset(typed)

    assert refused.value.messages[0].endswith((".", "”."))


def test_names_below_a_registry_are_none():
    assert not is_registry("csirt.gob.cl")
    assert not is_registry("example.cl")
    assert is_registry("k12.ca.us")


@pytest.mark.parametrize(
    ("wide", "narrow"),
    [("198.51.0.0/16", "198.51.100.0/24"), ("example.org", "a.b.example.org"), ("2001:db8::/32", "2001:db8:1::/48")],
)
def test_a_wide_one_covers_a_narrow_one(wide, narrow):
    wide, narrow = read_asset(wide), read_asset(narrow)

    assert covers(wide, narrow)
    assert not covers(narrow, wide)
    assert overlap(narrow, wide)
    assert not overlap(wide, Asset("domain", "other.example"))


# Its life -----------------------------------------------------------------------------------------------------------


def test_what_is_claimed_already_is_said_and_not_asked_twice(csirt_jam, rep_jam, officer):
    asked(csirt_jam, rep_jam, "198.51.100.0/24", "example.org")
    person = fresh(rep_jam)
    with scope(reach_of(person)):
        again = ask(
            team=csirt_jam,
            assets=[read_asset(line) for line in ("198.51.100.0/24", "198.51.100.128/25", "198.51.0.0/16")],
            note="",
            by=person,
        )

    assert [one.value for one in again.claims] == ["198.51.100.128/25", "198.51.0.0/16"]
    assert "198.51.100.0/24 is claimed already." in again.remarks
    assert "198.51.100.128/25 lies in 198.51.100.0/24, which your team claims too." in again.remarks
    assert "198.51.0.0/16 holds 198.51.100.0/24, which your team claims already." in again.remarks


def test_the_database_takes_a_standing_claim_once(csirt_jam, rep_jam):
    asked(csirt_jam, rep_jam, "example.org")
    with scope(PROGRAMME), pytest.raises(IntegrityError), transaction.atomic():
        AssetClaim.objects.create(team=csirt_jam, kind="domain", value="example.org", asked_by=rep_jam)


def test_the_programme_is_told_once_of_all_that_is_asked_together(csirt_jam, rep_jam, officer, manager, observer):
    claims = asked(csirt_jam, rep_jam, "198.51.100.0/24", "example.org")
    person = fresh(officer)

    assert mailed("claims asked") == {officer.name, manager.name}
    with scope(reach_of(person)):
        assert waiting_for(person, claims[0].pk).count == 2
    decided(claims, officer)
    with scope(reach_of(person)):
        assert waiting_for(person, claims[0].pk) is None


@pytest.mark.parametrize("verdict", ["approved", "refused"])
def test_the_team_is_told_what_was_decided(csirt_jam, rep_jam, officer, verdict):
    claims = asked(csirt_jam, rep_jam, "198.51.100.0/24", "example.org")
    assert decided(claims, officer, verdict, "Because.") == 2
    assert decided(claims, officer, verdict, "Because.") == 0  # twice is once
    person = fresh(rep_jam)
    with scope(reach_of(person)):
        told = decided_for(person, claims[0].pk)

    assert mailed("claims decided") == {rep_jam.name}
    assert (told.status, told.reason, len(told.claims)) == (verdict, "Because.", 2)


def test_of_two_who_decide_at_once_the_second_is_told(csirt_jam, rep_jam, officer, second_officer):
    claims = asked(csirt_jam, rep_jam, "example.org")
    decided(claims, officer)
    with pytest.raises(Refused):
        decided(claims, second_officer, "refused", "No")

    assert statuses(csirt_jam) == {"example.org": "approved"}


def test_what_ended_meanwhile_is_not_decided(csirt_jam, rep_jam, officer):
    claims, person = asked(csirt_jam, rep_jam, "example.org"), fresh(rep_jam)
    with scope(reach_of(person)):
        end(claim=claims[0], why="", edited=0, by=person)
    with pytest.raises(Refused):
        decided(claims, officer)

    assert statuses(csirt_jam) == {"example.org": "ended"}


def test_nobody_decides_on_what_they_asked_for(csirt_jam, officer, client, sign_in):
    """Somebody who is an officer and of the team as well: neither by page nor by action, nor in the database."""
    both = make_staff("Bruno Both", "officer")
    TeamMember.objects.create(team=csirt_jam, person=both, kind="representative", starts_on="2020-01-01")
    claims, person = asked(csirt_jam, both, "example.org"), fresh(both)
    with scope(reach_of(person)), pytest.raises(Refused):
        decide(claims=[(claims[0].pk, 0)], verdict="approved", reason="", by=person)
    with scope(PROGRAMME), pytest.raises(IntegrityError), transaction.atomic():
        AssetClaim.objects.update(status="approved", decided_by=both)

    assert "example.org" not in sign_in(both).get(reverse("claim-decide")).content.decode()


def test_the_wall_lets_no_team_approve_its_own(csirt_jam, rep_jam, officer):
    claims, person = asked(csirt_jam, rep_jam, "example.org"), fresh(rep_jam)
    with scope(reach_of(person)), pytest.raises(ProgrammingError), transaction.atomic():
        AssetClaim.objects.filter(pk=claims[0].pk).update(status="approved", decided_by=officer)


def test_a_refusal_needs_a_reason(csirt_jam, rep_jam, officer, sign_in):
    (claim,) = asked(csirt_jam, rep_jam, "example.org")
    answer = sign_in(officer).post(reverse("claim-decide"), {"claims": [f"{claim.pk}-0"], "verdict": "refused"})

    assert answer.status_code == 422
    assert "Say why it is refused." in answer.content.decode()


def test_whoever_decides_is_told_that_another_team_holds_it(csirt_jam, csirt_chl, rep_jam, rep_chl, officer, sign_in):
    claimed(csirt_chl, rep_chl, officer, "198.51.0.0/16")
    asked(csirt_jam, rep_jam, "198.51.100.0/24")
    page = sign_in(officer).get(reverse("claim-decide")).content.decode()

    assert "Another team holds the same, or part of it" in page
    assert "198.51.0.0/16" in page


def test_a_claim_is_known_to_its_team_and_the_staff_alone(
    csirt_jam, csirt_chl, rep_jam, rep_chl, officer, client, sign_in
):
    asked(csirt_jam, rep_jam, "example.org", note="Of the ministry")
    assert "example.org" in sign_in(officer).get(reverse("claim-list")).content.decode()
    assert "example.org" in sign_in(rep_jam).get(reverse("claim-list")).content.decode()
    assert "example.org" not in sign_in(rep_chl).get(reverse("claim-list")).content.decode()


def test_bad_lines_are_told_by_number_and_kept(csirt_jam, rep_jam, sign_in):
    typed = "198.51.100.0/24\n\n# ours\nnonsense words\ncom"
    answer = sign_in(rep_jam).post(reverse("claim-new"), {"assets": typed, "note": "Ours"})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert [number for number in range(1, 6) if f"Line {number}:" in page] == [4, 5]
    assert "# ours" in page
    assert statuses(csirt_jam) == {}


# The same value elsewhere -------------------------------------------------------------------------------------------


def test_nobody_learns_of_an_item_they_may_not_read(csirt_jam, csirt_chl, rep_jam, rep_chl, officer, sign_in):
    """Counts included: to Jamaica the page says what it says when nothing else holds the value."""
    value = ("domain", "bad.example")
    shown = send_out(by=officer, people=[officer], indicators=[value])
    alone = sign_in(rep_jam).get(reverse("alert-related", args=[shown.pk])).content.decode()
    hidden = [
        send_out(csirt_chl, by=officer, tlp=tlp, indicators=[value], title_en="CANARY")
        for tlp in ("AMBER", "AMBER+STRICT")
    ]
    held(collection("group", group=group(csirt_chl, by=officer)), value, readers=[csirt_chl.pk], by=csirt_chl)
    held(collection("team", team=csirt_chl), value, by=csirt_chl)
    send_out(csirt_jam, by=officer, is_exercise=True, indicators=[value])

    again = sign_in(rep_jam).get(reverse("alert-related", args=[shown.pk])).content.decode()
    of_chile = sign_in(rep_chl).get(reverse("alert-related", args=[shown.pk])).content.decode()

    assert "No other alert or object" in alone
    assert "No other alert or object" in again
    assert alone.count("<tr") == again.count("<tr")
    assert all(one.code in of_chile for one in hidden)
    assert of_chile.count("indicator--") == 2
    with scope(reach_of(fresh(rep_jam))):
        assert related([value], fresh(rep_jam), alert=shown.pk) == []


def test_it_is_a_part_of_the_page_for_script_and_a_page_without(csirt_jam, rep_jam, officer, sign_in):
    first = send_out(csirt_jam, by=officer, indicators=[("domain", "bad.example")])
    second = send_out(csirt_jam, by=officer, indicators=[("domain", "bad.example"), ("domain", "other.example")])
    client, url = sign_in(rep_jam), reverse("alert-related", args=[first.pk])
    part, page = client.get(url, headers={"HX-Request": "true"}), client.get(url)

    assert [b"<html" in one.content for one in (part, page)] == [False, True]
    assert second.code in part.content.decode()
    assert "other" not in part.content.decode().split("<section")[1]
    assert url in client.get(first.get_absolute_url()).content.decode()
