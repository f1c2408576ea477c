"""Who may do what in the exchange: each verb, of whom and of what it is asked, in one table."""

import pytest
from django.contrib.auth.models import AnonymousUser
from rules.permissions import permissions

from common.scope import PROGRAMME, reach_of, scope
from csirt_network.models import TeamMember
from exchange.models import AssetClaim, EarlyWarning, StixObject
from tests.factories.accounts import make_staff
from tests.factories.csirt_network import make_member, make_team

pytestmark = pytest.mark.django_db

# Of Chile's team: rep, analyst; double, who is an officer too. Of Jamaica's: jam. Of one outside the network: out.
TABLE = """
view_claims     -             officer manager observer rep analyst jam double
decide_claims   -             officer manager double
decide_claim    of_chile      officer manager
decide_claim    of_jamaica    manager double
decide_claim    -             officer manager double
end_claim       of_chile      officer manager rep double
end_claim       of_jamaica    officer manager jam double
end_claim       -             officer manager double
view_warnings   -             rep analyst jam double
handle_warning  to_chile      rep analyst double
handle_warning  -             -
import_objects  -             rep analyst jam double
remove_object   chiles        rep
remove_object   of_an_alert   -
remove_object   -             -
connect         -             officer manager observer rep analyst jam double
see_channels    -             rep analyst jam double
see_tokens      -             rep jam
keep_tokens     chile         rep
keep_tokens     outside       -
keep_tokens     -             -
"""
LINES = [line.split(maxsplit=2) for line in TABLE.strip().splitlines()]


@pytest.fixture
def outside(brazil):
    with scope(PROGRAMME):
        return make_team("CSIRT of Brazil", brazil, is_connected=False)


@pytest.fixture
def cast(officer, manager, observer, admin, lead_chl, csirt_chl, rep_chl, analyst_chl, rep_jam, outside, outsider):
    double = make_staff("Doris Double", "officer")
    with scope(PROGRAMME):
        own = TeamMember.objects.get(person=analyst_chl)
        TeamMember.objects.create(team=csirt_chl, person=double, kind="analyst", starts_on=own.starts_on)
    return {
        "officer": officer,
        "manager": manager,
        "observer": observer,
        "admin": admin,
        "lead": lead_chl,
        "rep": rep_chl,
        "analyst": analyst_chl,
        "jam": rep_jam,
        "double": double,
        "out": make_member("Olga Outside", outside, "representative"),
        "ended": outsider,
    }


@pytest.fixture
def things(cast, csirt_chl, csirt_jam, outside):
    """What is asked about, by its name in the table."""
    return {
        "-": None,
        "of_chile": AssetClaim(team=csirt_chl, asked_by=cast["rep"]),
        "of_jamaica": AssetClaim(team=csirt_jam, asked_by=cast["officer"]),
        "to_chile": EarlyWarning(team=csirt_chl, backup=csirt_jam),
        "chiles": StixObject(from_team=csirt_chl),
        "of_an_alert": StixObject(from_team=csirt_chl, alert_id=1),
        "chile": csirt_chl,
        "outside": outside,
    }


def test_the_table(cast, things):
    wrong = []
    for verb, of_what, who in LINES:
        may = set()
        for name, person in cast.items():
            with scope(reach_of(person)):
                if person.has_perm(f"exchange.{verb}", things[of_what]):
                    may.add(name)
        if may != set(who.split()) - {"-"}:
            wrong.append(f"{verb} {of_what}: {' '.join(sorted(may))}, not {who}")

    assert not wrong, "\n".join(wrong)


def test_every_verb_is_in_the_table():
    known = {name.removeprefix("exchange.") for name in permissions if name.startswith("exchange.")}

    assert known == {verb for verb, *_ in LINES}


@pytest.mark.parametrize("verb", ["view_claims", "decide_claims", "view_warnings"])
def test_nobody_without_an_account_is_asked_for_roles(verb):
    """On pages that are open to everybody."""
    assert not AnonymousUser().has_perm(f"exchange.{verb}")
