import rules

from accounts.rules import is_officer

rules.add_perm("action_plan.link_instrument", is_officer)
