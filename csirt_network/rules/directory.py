"""The directory: a team keeps its own entry; officers keep it for those that cannot yet."""

import rules

from accounts.rules import is_officer, is_programme_staff
from csirt_network.rules.people import is_liaison_of_its_state, is_member_of, is_of_network, is_representative_of

rules.add_perm("csirt_network.edit_team", is_representative_of | is_officer)
rules.add_perm("csirt_network.see_history", is_member_of | is_liaison_of_its_state | is_programme_staff)
rules.add_perm("csirt_network.download_contacts", is_of_network | is_programme_staff)
rules.add_perm("csirt_network.confirm_team", is_member_of)
rules.add_perm("csirt_network.answer_drill", is_member_of)
rules.add_perm("csirt_network.look_after_entries", is_programme_staff)
rules.add_perm("csirt_network.start_drill", is_officer)
