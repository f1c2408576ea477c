"""Who may work with links that lead nowhere."""

import rules

from accounts.rules import is_programme_staff

rules.add_perm("documents.view_broken_links", is_programme_staff)
