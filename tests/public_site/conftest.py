"""Chile publishes, Jamaica does not; of everything else there is one that everybody reads and one that not all do."""

from datetime import date
from typing import Any

import pytest

from common.scope import PROGRAMME, scope
from common.tlp import Tlp
from partnerships.models import Commitment
from tests.factories.action_plan import make_activity
from tests.factories.capability import make_accepted, make_round, make_update
from tests.factories.library import make_item, publish
from tests.factories.partnerships import make_agreement, make_partner

SECRET = "CANARY-not-for-visitors"
OPEN = "Open to everybody"


@pytest.fixture
def region(edition: Any, manager: Any, officer: Any, chile: Any, jamaica: Any, lead_chl: Any, lead_jam: Any) -> None:
    held = make_round(edition, by=manager, number=1, closed=True)
    make_accepted(make_update(held, chile), by=lead_chl, stage=4, audience="public")
    make_accepted(make_update(held, jamaica), by=lead_jam, stage=3, audience="states", number=2)
    with scope(PROGRAMME):
        activities(chile, jamaica)
        promised = make_partner(OPEN), make_partner(SECRET, is_published=False)
        agreed = make_agreement(f"{OPEN} agreement", *promised, audience="public", concluded_on=date(2026, 3, 1))
        hidden = make_agreement(f"{SECRET} agreement", promised[0])
        Commitment.objects.create(agreement=agreed, party=agreed.parties.all()[1], what_en=OPEN)
        Commitment.objects.create(agreement=hidden, party=hidden.parties.all()[1], what_en=SECRET)
    publish(make_item(officer, title_en=OPEN), officer, tlp=Tlp.CLEAR)
    publish(make_item(officer, title_en=SECRET), officer, tlp=Tlp.GREEN)


def activities(chile: Any, jamaica: Any) -> None:
    make_activity(OPEN, chile, audience="public")
    make_activity(SECRET, chile, audience="participants")
    make_activity(SECRET, jamaica, audience="staff")
