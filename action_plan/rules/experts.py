"""The roster is kept by officers and read by the programme's staff; what a state needs is read by its liaisons too.

Officers who are liaisons as well find nobody for their own state.
"""

import rules

from accounts.rules import is_officer, is_programme_staff
from action_plan.rules.missions import is_liaison, speaks_for_its_state
from member_states.rules import writes_for_its_state

rules.add_perm("action_plan.view_experts", is_programme_staff)
rules.add_perm("action_plan.keep_roster", is_officer)
rules.add_perm("action_plan.view_expertise", is_programme_staff | is_liaison)
rules.add_perm("action_plan.run_expertise", is_officer & ~speaks_for_its_state)
rules.add_perm("action_plan.evaluate_expertise", is_officer | writes_for_its_state)
