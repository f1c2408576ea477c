"""Who asks colleagues: the liaisons of the state, as with its drafts."""

import rules

from accounts.rules import is_programme_staff
from capability.rules import is_liaison_of_its_state

rules.add_perm("ministry_desk.ask_colleague", is_liaison_of_its_state & ~is_programme_staff)
