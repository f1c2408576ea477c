import rules

from accounts.rules import is_administrator, is_officer, is_programme_staff

rules.add_perm("notices.read_mailbox", is_programme_staff)
rules.add_perm("notices.view_undelivered", is_programme_staff | is_administrator)
rules.add_perm("notices.keep_addresses", is_officer | is_administrator)
rules.add_perm("notices.send_again", is_officer)
