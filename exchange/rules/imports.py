from typing import Any

import rules

from csirt_network.rules.people import is_of_network, is_representative_of
from exchange.models import StixObject


@rules.predicate
def acts_for_its_team(user: Any, thing: StixObject | None) -> bool:
    """Of the team that brought it; what the portal made of an alert is changed with the alert."""
    return thing is not None and thing.alert_id is None and bool(is_representative_of(user, thing.from_team))


rules.add_perm("exchange.import_objects", is_of_network)
rules.add_perm("exchange.remove_object", acts_for_its_team)
