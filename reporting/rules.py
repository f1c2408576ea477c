"""Who may open what reads across the house."""

import rules

from accounts.rules import is_programme_staff

rules.add_perm("reporting.view_region", is_programme_staff)
