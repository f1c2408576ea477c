"""Activities of the world, one for each audience, all of Chile; two have a twin of Jamaica."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.actions import digest_of
from action_plan.actions.activities import move
from action_plan.life import WAYS
from action_plan.models import (
    Activity,
    ActivityCost,
    ActivityFile,
    CalendarFeed,
    CheckItem,
    Output,
    ParticipantCount,
)
from common.scope import PROGRAMME, reach_of, scope
from csirt_network.actions.files import keep
from tests.access.canaries import CHILE, JAMAICA, canary
from tests.factories.action_plan import make_activity
from tests.factories.library import a_file

CALENDAR_SECRET = "the-secret-of-a-calendar"
KINDS = {"public": "PUBLIC", "states": "STATES", "own": "SENT", "staff": "DESK", "cancelled": "SENT"}
AUDIENCES = {"own": "participants", "cancelled": "participants"}
WORDS = (
    "title_es", "place", "host", "organisers", "partners", "about", "outcome", "participants_as_stated", "reference",
)  # fmt: skip


def make_activities(world: Any) -> dict[str, Activity]:
    """By audience, as `activity:own` in the matrix. Those of Jamaica are nobody's to name."""
    with scope(PROGRAMME):
        made = {name: _activity(world, CHILE, "chile", name) for name in KINDS}
        _activity(world, JAMAICA, "jamaica", "own")
        _activity(world, JAMAICA, "jamaica", "staff")
        because = canary(CHILE, "SENT", "cancelled")
        move(activity=made["cancelled"], way=WAYS["cancel"], reason=because, by=world.staff)
        Activity.objects.filter(pk=made["cancelled"].pk).update(slug="a-cancelled-one")
    return made


def _activity(world: Any, code: str, slug: str, name: str) -> Activity:
    def sing(field: str) -> str:
        return canary(code, KINDS[name], f"activity-{field}")

    state = world.things[slug]["state"].state
    facts = {"audience": AUDIENCES.get(name, name), "officer": world.people["officer"], "source": world.source}
    facts |= {field: sing(field)[:60] for field in WORDS}
    activity = make_activity(sing("title"), state, slug=f"{slug}-{name}", is_online=True, **facts)
    ParticipantCount.objects.create(activity=activity, state=state, sector="public", women=3, men=2)
    Output.objects.create(activity=activity, what=sing("output"), link=f"https://www.example.org/{sing('link')}")
    keep(
        ActivityFile(activity=activity, title=sing("title-of-file"), added_by=world.people["officer"]),
        upload=a_file(f"{sing('file')}pdf"),
    )
    CheckItem.objects.create(activity=activity, text=canary(code, "DESK", "check"))
    ActivityCost.objects.create(activity=activity, amount=1200, paid_by=canary(code, "DESK", "paid"))
    if activity.status == "planned":
        move(activity=activity, way=WAYS["confirm"], reason=canary(code, "DESK", "moved"), by=world.staff)
        Activity.objects.filter(pk=activity.pk).update(edited=0)
    return activity


def make_calendars(world: Any) -> CalendarFeed:
    """One whose address is known, of somebody who reads what everybody may; and one of a representative."""
    until = timezone.now() + timedelta(days=9)
    ended, team = world.people["ended"], world.people["team"]
    with scope(reach_of(ended)):
        CalendarFeed.objects.create(
            person=ended, name="A phone", digest=digest_of(CALENDAR_SECRET), expires_at=until, last_used_at=until
        )
    with scope(reach_of(team)):
        name = canary(CHILE, "NAMED", "calendar")
        return CalendarFeed.objects.create(person=team, name=name, digest="d" * 64, expires_at=until)


def activity_arguments(world: Any, kind: str, which: str) -> dict[str, Any]:
    """The parts of the path for `activity:own`, `calendar` and `calendar-secret`."""
    if kind != "activity":
        return {"pk": world.calendar.pk, "token": CALENDAR_SECRET}
    activity = world.activities[which]
    with scope(PROGRAMME):
        return {
            "slug": activity.slug,
            "verb": "cancel",
            "token": activity.files.get().token,
            "pk": activity.outputs.get().pk,
        }
