"""Who acts for a team and in the network, as permissions."""

from typing import Any

import rules

from accounts.rules import is_officer, is_programme_staff
from common.scope import reach_of
from common.tlp import Tlp
from csirt_network.answers import may_see_who_answered, sides_of
from csirt_network.makers import is_of_programme, origin_team
from csirt_network.models import (
    Alert,
    LibraryItem,
    Lowering,
    PeerReview,
    Team,
    TeamMember,
    WorkingGroup,
    WorkingGroupSeat,
)
from member_states.rules import is_liaison_of


@rules.predicate
def is_of_network(user: Any) -> bool:
    """One of a team that is a member of the network today."""
    return reach_of(user).community


@rules.predicate
def is_member_of(user: Any, team: Team | None) -> bool:
    return team is not None and team.pk in reach_of(user).teams


@rules.predicate
def is_representative_of(user: Any, team: Team | None) -> bool:
    """Acts for the team: only representatives do, and only of a team that is a member of the network."""
    return is_member_of(user, team) and (
        TeamMember.objects.current().filter(person=user, team=team, kind="representative").exists()
    )


# Writing alerts. Analysts write, representatives publish; the programme's officers do both for the programme. ---------


@rules.predicate
def is_maker(user: Any, alert: Alert | None) -> bool:
    """Of the team it comes from, or staff of the programme that wrote it or was handed it."""
    return alert is not None and (origin_team(alert, user) is not None or (_staff_hold(alert, user)))


@rules.predicate
def acts_for_origin(user: Any, alert: Alert | None) -> bool:
    """Who decides about its label: a representative of the team it comes from, told or not; officers for their own."""
    if alert is None:
        return False
    team = origin_team(alert, user)
    return is_representative_of(user, team) if team else bool(is_officer(user) and is_of_programme(alert, user))


@rules.predicate
def holds(user: Any, alert: Alert | None) -> bool:
    """Who publishes it and makes its versions: the team it is told to come from; else the programme's officers."""
    if alert is None:
        return False
    if alert.from_team_id:
        return is_representative_of(user, origin_team(alert, user))
    return bool(_staff_hold(alert, user))


def _staff_hold(alert: Alert, user: Any) -> bool:
    return bool(is_officer(user)) and alert.with_programme and alert.from_team_id is None


@rules.predicate
def is_draft(user: Any, alert: Alert | None) -> bool:
    return alert is not None and not alert.is_out


@rules.predicate
def is_running(user: Any, alert: Alert | None) -> bool:
    return alert is not None and alert.is_out and alert.closed_at is None


@rules.predicate
def is_offered(user: Any, alert: Alert | None) -> bool:
    return alert is not None and alert.is_offered


@rules.predicate
def is_teams_draft(user: Any, alert: Alert | None) -> bool:
    return alert is not None and not alert.is_out and alert.from_team_id is not None


@rules.predicate
def wrote_it(user: Any, alert: Alert | None) -> bool:
    return alert is not None and user.pk in (alert.author_id, alert.edited_by_id)


@rules.predicate
def may_change_it(user: Any, alert: Alert | None) -> bool:
    """A team's draft is its team's; what was handed over, or is the programme's, its officers'."""
    if alert is None:
        return False
    return origin_team(alert, user) is not None if alert.from_team_id else _staff_hold(alert, user)


@rules.predicate
def may_agree(user: Any, lowering: Lowering | None) -> bool:
    """A second person of the originator: not who asked, and not the author, who would agree with themselves."""
    if lowering is None or user.pk in (lowering.by_id, lowering.alert.author_id):
        return False
    alert = lowering.alert
    return origin_team(alert, user) is not None or bool(is_officer(user) and is_of_programme(alert, user))


rules.add_perm("csirt_network.write_alert", is_of_network | is_officer)
rules.add_perm("csirt_network.write_for_programme", is_officer)
rules.add_perm("csirt_network.agree_to_lower", may_agree)
rules.add_perm("csirt_network.edit_alert", is_draft & may_change_it)
rules.add_perm("csirt_network.publish_alert", is_draft & holds)
rules.add_perm("csirt_network.countersign_alert", is_draft & may_change_it & ~wrote_it)
rules.add_perm("csirt_network.hand_over_alert", is_teams_draft & acts_for_origin)
rules.add_perm("csirt_network.give_back_alert", is_offered & is_officer & is_maker)
rules.add_perm("csirt_network.revise_alert", is_running & holds)
rules.add_perm("csirt_network.close_alert", is_running & holds)
rules.add_perm("csirt_network.label_alert", ~is_draft & acts_for_origin)


# How mature a team finds itself. ------------------------------------------------------------------------------------


@rules.predicate
def is_liaison_of_its_state(user: Any, team: Team | None) -> bool:
    return team is not None and is_liaison_of(user, team.state)


@rules.predicate
def is_of_reviewer(user: Any, review: PeerReview | None) -> bool:
    return review is not None and is_member_of(user, review.reviewer)


@rules.predicate
def is_representative_of_reviewer(user: Any, review: PeerReview | None) -> bool:
    return review is not None and is_representative_of(user, review.reviewer)


@rules.predicate
def speaks_for_a_state(user: Any) -> bool:
    return bool(reach_of(user).states)


rules.add_perm("csirt_network.view_maturity", is_member_of | is_liaison_of_its_state | is_programme_staff)
rules.add_perm("csirt_network.assess", is_member_of)
rules.add_perm("csirt_network.send_assessment", is_representative_of)
rules.add_perm("csirt_network.answer_review", is_representative_of_reviewer)
rules.add_perm("csirt_network.remark", is_of_reviewer)
rules.add_perm("csirt_network.view_network_maturity", is_of_network | speaks_for_a_state | is_programme_staff)
rules.add_perm("csirt_network.keep_profiles", is_officer)


@rules.predicate
def is_representative(user: Any) -> bool:
    """Of some team that is a member of the network."""
    return represented_by(user).exists()


def represented_by(user: Any) -> Any:
    """The teams that `user` acts for today."""
    acting = TeamMember.objects.current().filter(person=reach_of(user).person, kind="representative")
    return Team.objects.own(user).filter(pk__in=acting.values("team")).order_by("name", "pk")


@rules.predicate
def is_where_it_comes_from(user: Any, item: LibraryItem | None) -> bool:
    """The programme's officers for what the programme published, a team's representatives for what is their team's."""
    if item is None:
        return False
    return is_representative_of(user, item.from_team) if item.from_team_id else is_officer(user)


@rules.predicate
def stands(user: Any, item: LibraryItem | None) -> bool:
    return item is not None and item.withdrawn_at is None


rules.add_perm("csirt_network.add_to_library", rules.is_authenticated & (is_officer | is_representative))
rules.add_perm("csirt_network.change_library_item", rules.is_authenticated & stands & is_where_it_comes_from)
rules.add_perm("csirt_network.manage_groups", rules.is_authenticated & is_officer)
rules.add_perm("csirt_network.download_groups", rules.is_authenticated & is_programme_staff)
rules.add_perm("csirt_network.view_groups", rules.is_authenticated & (is_programme_staff | is_of_network))
# The directory: a team keeps its own entry; officers keep it for those that cannot yet.
rules.add_perm("csirt_network.edit_team", is_representative_of | is_officer)
rules.add_perm("csirt_network.see_history", is_member_of | is_liaison_of_its_state | is_programme_staff)
rules.add_perm("csirt_network.download_contacts", is_of_network | is_programme_staff)
rules.add_perm("csirt_network.confirm_team", is_member_of)
rules.add_perm("csirt_network.answer_drill", is_member_of)
rules.add_perm("csirt_network.look_after_entries", is_programme_staff)
rules.add_perm("csirt_network.start_drill", is_officer)

# Reading alerts. Whoever was sent one answers it; the network discusses it; whom it comes from decides corrections. ---


@rules.predicate
def is_asked(user: Any, alert: Alert | None) -> bool:
    """A team of the person was sent the alert, or it names the person."""
    return alert is not None and bool(sides_of(alert, user))


@rules.predicate
def may_see_answers(user: Any, alert: Alert | None) -> bool:
    return alert is not None and may_see_who_answered(alert, user)


@rules.predicate
def is_named_by(user: Any, alert: Alert | None) -> bool:
    """Whoever reads an alert under TLP:RED is named by it, or wrote it."""
    return alert is not None and alert.tlp == Tlp.RED and user.is_authenticated


rules.add_perm("csirt_network.answer_alert", is_asked)
rules.add_perm("csirt_network.view_answers", may_see_answers)
rules.add_perm("csirt_network.comment_alert", is_of_network | is_officer | is_named_by)
rules.add_perm("csirt_network.sight_alert", is_of_network)
rules.add_perm("csirt_network.correct_alert", is_of_network & ~holds)
rules.add_perm("csirt_network.decide_correction", holds)

# Working groups. The programme makes them; the team in the chair calls meetings; who takes part adds papers. ----------


@rules.predicate
def has_a_seat(user: Any, group: WorkingGroup | None) -> bool:
    return group is not None and WorkingGroupSeat.objects.visible_to(user).own(user).filter(group=group).exists()


@rules.predicate
def is_in_the_chair(user: Any, group: WorkingGroup | None) -> bool:
    return group is not None and is_representative_of(user, group.chair_team)


@rules.predicate
def goes_on(user: Any, group: WorkingGroup | None) -> bool:
    return group is not None and group.is_running


rules.add_perm("csirt_network.view_working_groups", rules.is_authenticated & (is_programme_staff | is_of_network))
rules.add_perm("csirt_network.manage_working_groups", rules.is_authenticated & is_officer)
rules.add_perm("csirt_network.take_part", rules.is_authenticated & (is_programme_staff | has_a_seat))
rules.add_perm("csirt_network.lead_working_group", rules.is_authenticated & goes_on & (is_officer | is_in_the_chair))
rules.add_perm("csirt_network.write_in_working_group", rules.is_authenticated & goes_on & (is_officer | has_a_seat))


# What somebody asks to be told of -------------------------------------------------------------------------------------


rules.add_perm("csirt_network.subscribe", is_of_network | is_programme_staff | speaks_for_a_state)
rules.add_perm("csirt_network.keep_channels", is_representative_of)
