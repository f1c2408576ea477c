"""Writing alerts. Analysts write, representatives publish; the programme's officers do both for the programme."""

from typing import Any

import rules

from accounts.rules import is_officer
from csirt_network.makers import is_of_programme, origin_team
from csirt_network.models import Alert, Lowering
from csirt_network.rules.people import is_of_network, is_representative_of


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
rules.add_perm("csirt_network.give_back_alert", is_offered & holds)
rules.add_perm("csirt_network.revise_alert", is_running & holds)
rules.add_perm("csirt_network.close_alert", is_running & holds)
rules.add_perm("csirt_network.label_alert", ~is_draft & acts_for_origin)
