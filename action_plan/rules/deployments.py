"""A deployment is between its state and the programme, whose officers record it: for no state they speak for."""

import rules

from accounts.rules import is_officer, is_programme_staff
from action_plan.rules.missions import is_liaison
from member_states.rules import is_liaison_of

rules.add_perm("action_plan.view_deployments", is_liaison | is_programme_staff)
rules.add_perm("action_plan.view_deployment", is_liaison_of | is_programme_staff)
rules.add_perm("action_plan.record_deployment", is_officer & ~is_liaison_of)
