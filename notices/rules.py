import rules

from accounts.rules import is_programme_staff

rules.add_perm("notices.read_mailbox", is_programme_staff)
