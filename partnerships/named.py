"""Whom public texts name at an agreement or an activity, and where texts contradict each other, for their pages."""

from typing import Any

from action_plan.models import Activity
from action_plan.records import record
from documents.models import Reading
from documents.readings import by_fact
from partnerships.blocks import block
from partnerships.facts_read import subject_of
from partnerships.models import Agreement, Appearance, Partner


@record("partnerships/of_people.html")
def people_at_activity(activity: Activity, user: Any) -> Any:
    return _people(user, activity=activity)


@block("partnerships/of_people.html", order=60)
def people_at_agreement(agreement: Agreement, user: Any) -> Any:
    return _people(user, agreement=agreement)


def _people(user: Any, **where: Any) -> Any:
    found = Appearance.objects.visible_to(user).filter(**where).select_related("person", "source").order_by("pk")
    people = list(found)
    return {"people": people} if people else None


@block("partnerships/of_readings.html", order=70)
def readings_of(thing: Agreement | Partner, user: Any) -> Any:
    said = Reading.objects.visible_to(user).filter(subject=subject_of(thing)).select_related("source")
    found = list(by_fact(said).values())
    return {"readings": found} if found else None
