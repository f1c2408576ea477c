"""People of teams: invited by the programme and by their representatives, ended at once."""

import pytest
from django.db import DatabaseError, transaction

from accounts.models import User
from common.scope import PROGRAMME, reach_of, scope
from csirt_network.models import TeamMember
from invitations import powers
from invitations.actions.accepting import accept
from invitations.actions.ending import end_membership
from invitations.actions.inviting import invite
from invitations.models import Invitation
from notices.models import Mail
from notices.sending import write
from review.actions import Refused
from tests.factories.invitations import PASSWORD, link_of

pytestmark = pytest.mark.django_db
NADIA = {"email": "nadia@example.org", "name": "Nadia Nueva", "language": "en"}


def afresh(person):
    return User.objects.get(pk=person.pk)


def invited(by, team, role="analyst", state=None):
    with scope(reach_of(afresh(by))):
        return invite(role=role, state=state, team=team, by=afresh(by), **NADIA)


def test_who_gives_which_role_of_which_team(
    manager, officer, observer, lead_chl, rep_chl, analyst_chl, rep_jam, csirt_chl
):
    people = {"manager": manager, "officer": officer, "observer": observer, "lead": lead_chl, "rep": rep_chl}
    people |= {"analyst": analyst_chl, "foreign": rep_jam}
    may = {
        role: {name for name, person in people.items() if powers.may_give(afresh(person), role, None, csirt_chl)}
        for role in ("representative", "analyst")
    }

    assert may == {"representative": {"manager", "officer", "rep"}, "analyst": {"rep"}}


def test_a_role_of_a_team_needs_one_and_no_other_role_has_one(manager, chile, csirt_chl):
    by = afresh(manager)
    assert not powers.may_give(by, "representative", None)
    assert not powers.may_give(by, "representative", chile, csirt_chl)
    assert not powers.may_give(by, "officer", None, csirt_chl)
    for wrong in ({"role": "representative"}, {"role": "officer", "team": csirt_chl}):
        with scope(PROGRAMME), pytest.raises(DatabaseError), transaction.atomic():
            Invitation.objects.create(invited_by=by, expires_at=Invitation.until(), **NADIA, **wrong)


def test_whoever_accepts_works_in_that_team_and_no_other(rep_chl, csirt_chl):
    invitation = invited(rep_chl, csirt_chl)
    person = accept(secret=link_of(invitation).rstrip("/").rsplit("/", 1)[-1], by=None, password=PASSWORD)

    assert person is not None
    assert TeamMember.objects.values_list("team", "kind").get(person=person) == (csirt_chl.pk, "analyst")
    assert reach_of(afresh(person)).teams == (csirt_chl.pk,)


def test_an_invitation_is_worth_what_its_sender_may_still_do(rep_chl, csirt_chl):
    invitation = invited(rep_chl, csirt_chl)
    secret = link_of(invitation).rstrip("/").rsplit("/", 1)[-1]
    TeamMember.objects.filter(person=rep_chl).update(kind="analyst")

    assert accept(secret=secret, by=None, password=PASSWORD) is None


def test_nobody_is_invited_to_what_they_hold(rep_chl, analyst_chl, csirt_chl):
    with scope(reach_of(afresh(rep_chl))), pytest.raises(Refused):
        invite(role="analyst", state=None, team=csirt_chl, by=rep_chl, **NADIA | {"email": analyst_chl.email})


def test_the_wall_shows_a_team_its_own_invitations(rep_chl, analyst_chl, rep_jam, lead_chl, csirt_chl):
    invited(rep_chl, csirt_chl)
    for person, seen in ((rep_chl, 1), (analyst_chl, 1), (rep_jam, 0), (lead_chl, 0)):
        with scope(reach_of(afresh(person))):
            assert Invitation.objects.count() == Invitation.objects.visible_to(afresh(person)).count() == seen


def test_a_membership_ends_at_once_and_mail_tells(rep_chl, analyst_chl, csirt_chl):
    held = TeamMember.objects.get(person=analyst_chl)
    with scope(reach_of(afresh(rep_chl))):
        end_membership(held=held, reason="Went to another team", by=afresh(rep_chl))

    assert reach_of(afresh(analyst_chl)).teams == ()
    with scope(PROGRAMME):
        told = write(Mail.objects.select_related("person").get(kind="team ended"))
    assert told is not None
    assert "CSIRT of Chile" in told.subject
    assert "Went to another team" in told.body


def test_who_ends_whom(manager, officer, observer, lead_chl, rep_chl, analyst_chl, rep_banks, rep_jam):
    analyst, representative = (TeamMember.objects.get(person=person) for person in (analyst_chl, rep_chl))
    people = {"manager": manager, "officer": officer, "observer": observer, "lead": lead_chl, "rep": rep_chl}
    people |= {"analyst": analyst_chl, "banks": rep_banks, "foreign": rep_jam}

    def who(held):
        return {name for name, person in people.items() if powers.may_end(afresh(person), held)}

    assert who(analyst) == {"manager", "officer", "rep", "analyst"}
    assert who(representative) == {"manager", "officer", "rep"}
