"""Who may open what reads across the house."""

import rules

from accounts.rules import is_officer, is_programme_staff

rules.add_perm("reporting.view_region", is_programme_staff)
rules.add_perm("reporting.view_reports", is_programme_staff)
rules.add_perm("reporting.make_run", is_officer)
rules.add_perm("reporting.retry_run", is_officer)
rules.add_perm("reporting.change_schedule", is_officer)
