"""Who sees what can be connected, and who lets programs in: whoever acts for the team."""

import rules

from accounts.rules import is_programme_staff
from csirt_network.rules.people import is_of_network, is_representative, is_representative_of

rules.add_perm("exchange.connect", is_of_network | is_programme_staff)
rules.add_perm("exchange.see_channels", is_of_network)
rules.add_perm("exchange.see_tokens", is_representative)
rules.add_perm("exchange.keep_tokens", is_representative_of)
