"""What somebody asks to be told of."""

import rules

from accounts.rules import is_programme_staff
from csirt_network.rules.people import is_of_network, is_representative_of, speaks_for_a_state

rules.add_perm("csirt_network.subscribe", is_of_network | is_programme_staff | speaks_for_a_state)
rules.add_perm("csirt_network.keep_channels", is_representative_of)
