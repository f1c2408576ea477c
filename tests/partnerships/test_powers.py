"""Who may do what in partnerships: each verb, of whom and of what it is asked, in one table."""

import pytest
from django.contrib.auth.models import AnonymousUser
from rules.permissions import permissions

from common.days import today
from common.scope import PROGRAMME, reach_of, scope
from member_states.models import Liaison
from partnerships.models import Allocation, Commitment, Delivery, Operation, PartnerContact
from tests.factories.accounts import make_staff
from tests.factories.member_states import make_liaison
from tests.factories.partnerships import make_contact, make_partner

pytestmark = pytest.mark.django_db

# Contacts of: Acme (two), Lead Ltd, the government of Chile. Of Chile: lead, point (contact point), rep (of its CSIRT).
# Officers who are something else as well: both (deputy of Chile), double (contact of Acme).
TABLE = """
edit_agreement             -            officer colleague manager both double
conclude_agreement         -            manager
add_operation              -            officer colleague manager both double
edit_operation             operation    officer manager
edit_operation             manager's    manager
edit_operation             historic     -
edit_operation             -            -
lower_operation_label      operation    manager
lower_operation_label      historic     -
lower_operation_label      -            -
add_to_operation           operation    officer colleague manager acme acme2 leader lead both double
add_to_operation           with_team    officer colleague manager rep both double
add_to_operation           alone        officer colleague manager both double
add_to_operation           historic     -
add_to_operation           -            -
keep_partners              -            officer colleague manager both double
view_contacts              acme         officer colleague manager observer acme acme2 both double
view_contacts              -            officer colleague manager observer both double
view_own_partnership       -            acme acme2 leader ministry double
write_promises             -            officer colleague manager both double
write_allocation           for_chile    officer colleague manager double
write_allocation           for_nobody   officer colleague manager both double
write_allocation           -            officer colleague manager both double
report_delivery            commitment   officer colleague manager acme acme2 both double
report_delivery            chile's      officer colleague manager ministry both double
report_delivery            -            officer colleague manager both double
change_delivery            by_acme      acme acme2
change_delivery            by_officer   officer acme acme2
change_delivery            by_double    acme acme2 double
change_delivery            -            -
view_deliveries_to_review  -            officer colleague manager observer both double
review_delivery            by_acme      officer colleague manager both
review_delivery            by_officer   manager both
review_delivery            of_chile     officer colleague manager double
review_delivery            -            officer colleague manager both double
"""
LINES = [line.split(maxsplit=2) for line in TABLE.strip().splitlines()]


@pytest.fixture
def partners(chile):
    with scope(PROGRAMME):
        return {
            "acme": make_partner("Acme"),
            "leader": make_partner("Lead Ltd"),
            "ministry": make_partner("Government of Chile", kind="government", state=chile),
        }


@pytest.fixture
def cast(officer, second_officer, manager, observer, admin, partners, lead_chl, lead_jam, chile, rep_chl, outsider):
    both, double = make_staff("Bea Both", "officer"), make_staff("Doris Double", "officer")
    Liaison.objects.create(state=chile, person=both, kind="deputy", starts_on=today())
    PartnerContact.objects.create(partner=partners["acme"], person=double, starts_on=today())
    return {
        "officer": officer,
        "colleague": second_officer,
        "manager": manager,
        "observer": observer,
        "admin": admin,
        "acme": make_contact("Carla Contact", partners["acme"]),
        "acme2": make_contact("Colin Colleague", partners["acme"]),
        "leader": make_contact("Lea Leader", partners["leader"]),
        "ministry": make_contact("Mina Ministry", partners["ministry"]),
        "lead": lead_chl,
        "point": make_liaison("Nora Kontakt", chile, "contact point"),
        "other": lead_jam,
        "rep": rep_chl,
        "both": both,
        "double": double,
        "ended": outsider,
    }


@pytest.fixture
def things(cast, partners, chile, csirt_chl):
    """What is asked about, by its name in the table."""
    acme, ministry = partners["acme"], partners["ministry"]
    taking_part = {"partner_ids": [acme.pk], "state_ids": [chile.pk], "lead": partners["leader"]}
    named = [f"team:{csirt_chl.pk}:{cast['rep'].pk}", f"state:{chile.pk}:{cast['point'].pk}"]
    by_acme = {"made_by": cast["acme"], "submitted_by": cast["acme2"]}
    return {
        "-": None,
        "operation": Operation(officer=cast["officer"], **taking_part),
        "manager's": Operation(officer=cast["manager"], **taking_part),
        "historic": Operation(officer=cast["officer"], is_historic=True, **taking_part),
        "with_team": Operation(officer=cast["officer"], named_for=named),
        "alone": Operation(officer=cast["officer"], named_for=[f"team:{csirt_chl.pk}:{cast['other'].pk}"]),
        "acme": acme,
        "for_chile": Allocation(state=chile),
        "for_nobody": Allocation(),
        "commitment": Commitment(partner_id=acme.pk),
        "chile's": Commitment(partner_id=ministry.pk),
        "by_acme": Delivery(partner=acme, **by_acme),
        "by_officer": Delivery(partner=acme, made_by=cast["officer"], submitted_by=cast["colleague"]),
        "by_double": Delivery(partner=acme, made_by=cast["double"], submitted_by=cast["double"]),
        "of_chile": Delivery(partner=ministry, made_by=cast["ministry"], submitted_by=cast["ministry"]),
    }


def test_the_table(cast, things):
    wrong = []
    for verb, of_what, who in LINES:
        may = []
        for name, person in cast.items():
            with scope(reach_of(person)):
                if person.has_perm(f"partnerships.{verb}", things[of_what]):
                    may.append(name)
        wanted = [name for name in who.split() if name != "-"]
        if set(may) != set(wanted):
            wrong.append(f"{verb} {of_what}: {' '.join(may)}, not {who}")

    assert not wrong, "\n".join(wrong)


def test_every_verb_is_in_the_table():
    known = {name.removeprefix("partnerships.") for name in permissions if name.startswith("partnerships.")}

    assert known == {verb for verb, *_ in LINES}


def test_a_delivery_of_the_oas_itself_is_of_no_partner(cast):
    """What the programme undertook has no partner; who speaks for a state is not kept from its review."""
    with scope(reach_of(cast["both"])):
        assert cast["both"].has_perm("partnerships.review_delivery", Delivery(made_by=cast["officer"]))


def test_nobody_without_an_account_has_a_partnership():
    """On pages that are open to everybody."""
    assert not AnonymousUser().has_perm("partnerships.view_own_partnership")
