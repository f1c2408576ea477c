"""Reminders: what is due by now and is not in the ledger (notices.Mail) yet.

Everything is found anew from the database, whenever this is called and however often: a worker that was away for three
days makes up for them, and two at the same moment write the same rows once. Where several thresholds have passed, only
the latest is mailed. Days are those of capability/days.py, so that no reminder comes before its day has begun anywhere.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, OuterRef, Subquery
from django.db.models.functions import Greatest

from accounts.models import User
from capability.models import Extension, Update
from capability.waiting import LIAISON, MANAGER, OFFICER, Waiting, waiting
from common.days import day_of, today
from common.scope import PROGRAMME, scope
from member_states.models import Liaison
from notices.models import Mail
from notices.outbox import post
from review.states import Status

UPDATE_DUE, DRAFT_UNTOUCHED, RETURN_UNANSWERED, DIGEST = (
    "update due",
    "draft untouched",
    "return unanswered",
    "staff digest",
)
AROUND_DUE_DATE = (-14, -3, 1)  # days; the name of the threshold in the ledger, with the due date it counts from
KIND = {Status.DRAFT: DRAFT_UNTOUCHED, Status.RETURNED: RETURN_UNANSWERED}

Reminder = tuple[str, int, str]  # kind, record, threshold


def remind() -> None:
    """Posts all that is due now. Raises nothing that a second call would not raise again."""
    with scope(PROGRAMME, page="reminders"):
        day = today()
        _tell_liaisons({**_by_due_date(day), **_by_silence(day)})
        _tell_staff(day)


def remind_by_hand(updates: Iterable[Update]) -> None:
    """Once per day and person, however often the button is pressed. In the scope of whoever pressed it."""
    _tell_liaisons({(UPDATE_DUE, update.pk, by_hand()): update for update in updates})


def by_hand() -> str:
    """The threshold of a reminder that somebody of the programme sent."""
    return f"hand {today()}"


def reminded_today(updates: Iterable[Update]) -> set[int]:
    ledger = Mail.objects.filter(kind=UPDATE_DUE, object_id__in=[update.pk for update in updates])
    return set(ledger.filter(threshold=by_hand()).values_list("object_id", flat=True))


def passed(due_on: date, asked_on: date, day: date) -> int | None:
    """The last threshold that has come by `day`; those before the state was asked at all never count."""
    come = [days for days in AROUND_DUE_DATE if asked_on < due_on + timedelta(days=days) <= day]
    return come[-1] if come else None


def _by_due_date(day: date) -> dict[Reminder, Update]:
    extended = Extension.objects.filter(update=OuterRef("pk")).order_by("-pk").values("at")[:1]
    updates: Any = Update.objects.missing().to_fill().select_related("round")
    due: dict[Reminder, Update] = {}
    for update in updates.annotate(asked_at=Greatest("round__opened_at", Subquery(extended))):
        if update.due_on and (days := passed(update.due_on, day_of(update.asked_at), day)):
            due[(UPDATE_DUE, update.pk, f"{days:+} {update.due_on}")] = update
    return due


def _by_silence(day: date) -> dict[Reminder, Update]:
    """Once for each day since when nothing happens: whoever saves, sends or returns begins a new count."""
    silent = (one for one in waiting(Update.objects.all()) if one.is_due(LIAISON, day))
    return {(KIND[Status(one.what)], one.update.pk, f"since {one.since}"): one.update for one in silent}


def _tell_liaisons(due: Mapping[Reminder, Update]) -> None:
    """Those not told yet; a liaison who comes later is not sent what was due before."""
    people = defaultdict(list)
    liaisons = Liaison.objects.current().filter(state__in={update.state_id for update in due.values()})
    for liaison in liaisons.select_related("person"):
        people[liaison.state_id].append(liaison.person)
    for kind, pk, threshold in due.keys() - _ledger(due):
        state = due[kind, pk, threshold].state_id
        post(kind=kind, object_id=pk, people=people[state], threshold=threshold)


def _ledger(due: Iterable[Reminder]) -> set[Reminder]:
    keys = list(due)
    rows = Mail.objects.filter(kind__in={key[0] for key in keys}, object_id__in={key[1] for key in keys})
    return set(rows.values_list("kind", "object_id", "threshold"))


def _tell_staff(day: date) -> None:
    """One digest a day, and only when something is due since the last one; what waits is looked up when it is sent."""
    found = waiting(Update.objects.all())
    for person in User.objects.with_staff_role(OFFICER, MANAGER):
        last = Mail.objects.filter(kind=DIGEST, person=person).aggregate(Max("threshold"))["threshold__max"] or ""
        if any(_is_news(one, person, last, day) for one in found):
            post(kind=DIGEST, object_id=person.pk, people=[person], threshold=str(day))


def _is_news(one: Waiting, person: Any, last: str, day: date) -> bool:
    days = [one.due_on(role) for role in person.staff_roles]
    return any(last < str(due_on) <= str(day) for due_on in days if due_on)
