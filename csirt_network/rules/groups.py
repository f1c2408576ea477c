"""Sharing groups and working groups are made by the programme.

In a working group the team in the chair calls meetings, and who takes part adds papers.
"""

from typing import Any

import rules

from accounts.rules import is_officer, is_programme_staff
from csirt_network.models import WorkingGroup, WorkingGroupSeat
from csirt_network.rules.people import is_of_network, is_representative_of


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
rules.add_perm("csirt_network.vote", rules.is_authenticated & goes_on & has_a_seat)
rules.add_perm("csirt_network.write_in_working_group", rules.is_authenticated & goes_on & (is_officer | has_a_seat))
rules.add_perm("csirt_network.manage_groups", rules.is_authenticated & is_officer)
rules.add_perm("csirt_network.download_groups", rules.is_authenticated & is_programme_staff)
rules.add_perm("csirt_network.view_groups", rules.is_authenticated & (is_programme_staff | is_of_network))
