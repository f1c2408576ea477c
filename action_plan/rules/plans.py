import rules

from accounts.rules import is_officer

rules.add_perm("action_plan.add_activity", is_officer)
rules.add_perm("action_plan.edit_activity", is_officer)
rules.add_perm("action_plan.draft_plan", is_officer)
