"""What is known of a round, read once in the programme's reach. Of drafts only how far they are, not what they say."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Max

from capability.models import Round, Update, UpdateMove
from capability.questions import questions_of
from capability.reminders import DRAFT_UNTOUCHED, RETURN_UNANSWERED, UPDATE_DUE
from capability.waiting import waiting
from common.days import day_of
from common.scope import PROGRAMME, Reach, scope
from notices.models import Mail
from review.states import Status

if TYPE_CHECKING:
    from reporting.models import Run

REMINDERS = (UPDATE_DUE, DRAFT_UNTOUCHED, RETURN_UNANSWERED)
STATE, PROGRAMME_STAFF, NOBODY = "state", "programme", ""


@dataclass(frozen=True)
class ProgrammeReader:
    """Whoever is of the programme's staff."""

    reach: Reach = PROGRAMME
    is_authenticated: bool = True
    is_programme_staff: bool = True


@dataclass(frozen=True)
class StateFacts:
    """`before`: its status at the time of the last report; None when there was none, or nothing has changed."""

    update: Any
    waits_since: date | None
    waits_for: str
    reminded_at: datetime | None
    before: str | None

    @property
    def status(self) -> str:
        return str(self.update.display_status)


@dataclass(frozen=True)
class RoundFacts:
    """`questions`: how many there are to answer. `last_at`: when the facts of the last report were read."""

    round: Round
    as_of: datetime
    questions: int
    last_at: datetime | None
    states: tuple[StateFacts, ...]


def facts_of(run: "Run") -> RoundFacts:
    """The same number of queries, however many states were invited."""
    with scope(PROGRAMME, read_only=True):
        return _facts_of(run, ProgrammeReader())


def _facts_of(run: "Run", reader: Any) -> RoundFacts:
    round: Any = run.round  # never empty: the database holds runs of this kind to it
    as_of: Any = run.as_of
    updates = Update.objects.visible_to(reader).filter(round=round)
    idle = {one.update.pk: one.since for one in waiting(updates)}
    last_at = _last_report(run, reader)
    moved = _moved_since(last_at, updates)
    reminded = _reminded(updates)
    rows = updates.with_timeliness().select_related("state")
    for update in (found := list(rows)):
        update.round = round
    return RoundFacts(
        round=round,
        as_of=as_of,
        questions=len(questions_of(round.edition)),
        last_at=last_at,
        states=tuple(
            StateFacts(update, *_wait(update, idle), reminded.get(update.pk), moved.get(update.pk)) for update in found
        ),
    )


def _wait(update: Update, idle: dict[int, date]) -> tuple[date | None, str]:
    """Since when, and for whom. An update that nobody has begun waits since the round was opened."""
    if update.status == Status.SUBMITTED:
        return idle.get(update.pk), PROGRAMME_STAFF
    if not update.is_to_fill or not update.round or not update.round.opened_at:
        return None, NOBODY
    return idle.get(update.pk) or day_of(update.round.opened_at), STATE


def _last_report(run: "Run", reader: Any) -> datetime | None:
    earlier = type(run).objects.visible_to(reader).ready().filter(round=run.round, as_of__lt=run.as_of)
    last: datetime | None = earlier.aggregate(Max("as_of"))["as_of__max"]
    return last


def _moved_since(last_at: datetime | None, updates: Any) -> dict[int, str]:
    """By update that moved since: its status then. Without an earlier report also asked, and nothing found."""
    moves = UpdateMove.objects.filter(subject__in=updates.values("pk"), at__gt=last_at) if last_at else None
    first: dict[int, str] = {}
    for subject, before in (
        (moves or UpdateMove.objects.none()).order_by("at", "pk").values_list("subject_id", "status_before")
    ):
        first.setdefault(subject, before)
    return first


def _reminded(updates: Any) -> dict[int, datetime]:
    """When the state's liaisons last got a reminder, by update."""
    sent = Mail.objects.filter(kind__in=REMINDERS, object_id__in=updates.values("pk"), sent_at__isnull=False)
    return dict(sent.order_by().values_list("object_id").annotate(Max("sent_at")))
