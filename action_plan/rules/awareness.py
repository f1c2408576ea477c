import rules

from accounts.rules import is_officer

rules.add_perm("action_plan.edit_campaign", rules.is_authenticated & is_officer)
