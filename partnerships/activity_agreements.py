"""On the page of an activity: the agreements under which it takes place, as far as the reader may read them."""

from typing import Any

from action_plan.models import Activity
from action_plan.records import record
from partnerships.models import Agreement, AgreementActivity


@record("partnerships/of_activity.html")
def agreements_of(activity: Activity, user: Any) -> list[Agreement]:
    links = AgreementActivity.objects.visible_to(user).filter(activity=activity)
    return list(Agreement.objects.visible_to(user).filter(pk__in=links.values("agreement")).order_by("-pk"))
