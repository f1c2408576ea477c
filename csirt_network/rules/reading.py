"""Reading alerts. Whoever was sent one answers it; the network discusses it; whom it comes from decides corrections."""

from typing import Any

import rules

from accounts.rules import is_officer
from common.tlp import Tlp
from csirt_network.answers import may_see_who_answered, sides_of
from csirt_network.models import Alert
from csirt_network.rules.people import is_of_network
from csirt_network.rules.writing import holds


@rules.predicate
def is_asked(user: Any, alert: Alert | None) -> bool:
    """A team of the person was sent the alert, or it names the person."""
    return alert is not None and bool(sides_of(alert, user))


@rules.predicate
def may_see_answers(user: Any, alert: Alert | None) -> bool:
    return alert is not None and may_see_who_answered(alert, user)


@rules.predicate
def is_named_by(user: Any, alert: Alert | None) -> bool:
    """Whoever reads an alert under TLP:RED is named by it, or wrote it."""
    return alert is not None and alert.tlp == Tlp.RED and user.is_authenticated


rules.add_perm("csirt_network.answer_alert", is_asked)
rules.add_perm("csirt_network.view_answers", may_see_answers)
rules.add_perm("csirt_network.comment_alert", is_of_network | is_officer | is_named_by)
rules.add_perm("csirt_network.sight_alert", is_of_network)
rules.add_perm("csirt_network.correct_alert", is_of_network & ~holds)
rules.add_perm("csirt_network.decide_correction", holds)
