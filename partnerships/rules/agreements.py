import rules

from accounts.rules import is_manager, is_officer

rules.add_perm("partnerships.edit_agreement", is_officer)
rules.add_perm("partnerships.conclude_agreement", is_manager)  # managers approve agreements
