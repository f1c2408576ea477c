"""What the pages of one country plan show, as far as the reader may know of it."""

from functools import cached_property
from typing import Any

from django.db.models import F
from django.utils import timezone

from action_plan.actions.plans import version_in_force
from action_plan.board import Board, Lane
from action_plan.difference import PointChanges, difference
from action_plan.models import Activity, ActivityState, CountryPlan, ParticipantCount, PlanMove, PlanVersion
from action_plan.needs import Present
from action_plan.preparations import Preparation, preparations_of
from action_plan.progress import Progress, Target, progress_of, stages_of, target_of, whole
from action_plan.querysets.plans import CountryPlanQuerySet
from action_plan.states import Verb
from action_plan.text import PlanText, of_version, written
from action_plan.touched import Touch, touches
from common.mandate import Sector
from common.scope import reach_of


class PlanPage:
    """`version`, where one is asked for by its number; else the one in force, or what is being written or offered."""

    def __init__(self, user: Any, plan: CountryPlan, version: PlanVersion | None = None) -> None:
        self.user, self.plan, self.state = user, plan, plan.state
        self.is_staff = reach_of(user).staff
        self.in_force = version_in_force(plan)
        self.asked = version

    @cached_property
    def version(self) -> PlanVersion | None:
        """None while staff look at lines that were never signed."""
        if self.asked or self.in_force:
            return self.asked or self.in_force
        return None if self.is_staff else self.versions[0]

    @cached_property
    def text(self) -> PlanText:
        return of_version(self.version) if self.version else written(self.plan)

    @cached_property
    def versions(self) -> list[PlanVersion]:
        """The newest first, each with its `answer`: the step by which it was signed, sent back or taken back."""
        versions = list(PlanVersion.objects.visible_to(self.user).filter(plan=self.plan).select_related("offered_by"))
        answers = {move.version_id: move for move in self.moves if move.verb != Verb.OFFER and move.version_id}
        for version in versions:
            version.answer = answers.get(version.pk)  # type: ignore[attr-defined]
        return versions

    @cached_property
    def moves(self) -> list[PlanMove]:
        moves = PlanMove.objects.visible_to(self.user).filter(plan=self.plan)
        return list(moves.annotate(version_number=F("version__number")).order_by("-pk"))

    @property
    def signature(self) -> PlanMove | None:
        """Of the version shown."""
        signed = (move for move in self.moves if move.verb == Verb.AGREE)
        return next((move for move in signed if self.version and move.version_id == self.version.pk), None)

    @property
    def closing(self) -> PlanMove | None:
        return next((move for move in self.moves if move.verb == Verb.CLOSE), None)

    @property
    def sent_back(self) -> PlanMove | None:
        """While the programme has not offered anything since."""
        last = next((move for move in self.moves if move.version_id), None)
        return last if last and last.verb == Verb.SEND_BACK and self.plan.is_being_written else None

    @property
    def waiting(self) -> PlanVersion | None:
        return self.versions[0] if self.plan.is_offered and self.versions else None

    # Progress ---------------------------------------------------------------------------------------------------------

    @cached_property
    def by_line(self) -> dict[int, Progress]:
        return progress_of(self.user, [line.id for line in self.text.lines])

    @property
    def progress(self) -> Progress:
        return whole(self.by_line, self.text)

    @cached_property
    def targets(self) -> dict[int, Target]:
        """By point."""
        stages = stages_of(self.user, [self.state.pk]).get(self.state.pk, {})
        return {line.point: target for line in self.text.lines if (target := target_of(line, stages))}

    @property
    def targets_count(self) -> int:
        return len(self.targets)

    @property
    def targets_reached(self) -> int:
        return sum(target.is_reached is True for target in self.targets.values())

    @cached_property
    def touches(self) -> list[Touch]:
        return touches(self.text, Present(self.user, self.state)) if self.is_staff else []

    # Activities -------------------------------------------------------------------------------------------------------

    @cached_property
    def rows(self) -> list[ActivityState]:
        lines = [line.id for line in self.text.lines]
        rows = ActivityState.objects.visible_to(self.user).filter(line__in=lines).select_related("activity__officer")
        return list(rows.order_by("activity__starts_on", "activity_id"))

    @cached_property
    def preparations(self) -> dict[int, Preparation]:
        return preparations_of(self.user, [row.activity_id for row in self.rows])

    def board(self, page: int | None) -> Board:
        """Its "today" is the day on the reader's own wall; its activities know how far they are `prepared`."""
        shown = [row for row in self.rows if row.activity.status != Activity.Status.CANCELLED]
        for row in self.rows:
            row.activity.prepared = self.preparations.get(row.activity_id)  # type: ignore[attr-defined]
        return Board(self.text, shown, timezone.localdate(), page)

    def lanes(self, board: Board) -> list[Lane]:
        return board.lanes(self.by_line)

    def selected(self, slug: str) -> Activity | None:
        """The one asked for, else one under way or the next to come."""
        activities = [row.activity for row in self.rows]
        asked = next((activity for activity in activities if activity.slug == slug), None)
        today = timezone.localdate()
        coming = (one for one in activities if (one.ends_on or one.starts_on or today) >= today)
        return asked or next((one for one in coming if one.status not in ENDED), None)

    def sectors(self, activity: Activity | None) -> list[tuple[str, int]]:
        """Participants by sector, those of objective 4 even at nothing; empty while nobody was counted."""
        if activity is None:
            return []
        counts = dict.fromkeys(Sector.values, 0)
        for row in ParticipantCount.objects.visible_to(self.user).filter(activity=activity):
            counts[row.sector] = counts.get(row.sector, 0) + row.total
        known = [(str(dict(Sector.choices).get(sector, "")), n) for sector, n in counts.items() if sector]
        return known if any(counts.values()) else []

    # Versions ---------------------------------------------------------------------------------------------------------

    @cached_property
    def changes(self) -> list[PointChanges]:
        """Of the version asked for against the one signed before it."""
        if self.asked is None:
            return []
        signed = [move for move in self.moves if move.verb == Verb.AGREE and move.version_id != self.asked.pk]
        earlier = [version for version in self.versions if version.number < self.asked.number]
        before = next((v for v in earlier if v.pk in {move.version_id for move in signed}), None)
        return difference(of_version(before), self.text) if before else []

    @property
    def proposed(self) -> list[PointChanges]:
        """What is being written or offered, against what is in force; for staff."""
        return difference(of_version(self.in_force), written(self.plan)) if self.in_force else []


ENDED = (Activity.Status.DONE, Activity.Status.CANCELLED)


def plans_for(user: Any) -> CountryPlanQuerySet:
    return CountryPlan.objects.visible_to(user).with_period_for(user).select_related("state", "owner")
