"""The library: officers of the programme and representatives of teams add to it, and keep what they added."""

from typing import Any

import rules

from accounts.rules import is_officer
from csirt_network.models import LibraryItem
from csirt_network.rules.people import is_representative, is_representative_of


@rules.predicate
def is_where_it_comes_from(user: Any, item: LibraryItem | None) -> bool:
    """The programme's officers for what the programme published, a team's representatives for what is their team's."""
    if item is None:
        return False
    return is_representative_of(user, item.from_team) if item.from_team_id else is_officer(user)


@rules.predicate
def stands(user: Any, item: LibraryItem | None) -> bool:
    return item is not None and item.withdrawn_at is None


rules.add_perm("csirt_network.add_to_library", rules.is_authenticated & (is_officer | is_representative))
rules.add_perm("csirt_network.change_library_item", rules.is_authenticated & stands & is_where_it_comes_from)
