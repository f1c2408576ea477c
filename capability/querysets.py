"""Who sees which rounds, updates, answers and facts: the first wall, in the words of the second."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Case, DateTimeField, Exists, Model, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, TruncDate

from common.days import ZONE, today
from common.scope import reach_of

if TYPE_CHECKING:
    from capability.models import (
        Answer,
        AnswerDecision,
        Contributor,
        DraftAnswer,
        DraftContributor,
        DraftEvidence,
        Evidence,
        Extension,
        Round,
        SharingChange,
        Submission,
        Update,
        UpdateMove,
    )

M = TypeVar("M", bound=Model)


def own_state(user: Any) -> Q:
    return Q(state_id__in=reach_of(user).states)


def shared_with(user: Any) -> Q:
    """Public to everybody; shared among states to the liaisons of any state."""
    audiences = ["public", "states"] if reach_of(user).states else ["public"]
    return Q(audience__in=audiences)


class FrameworkQuerySet(models.QuerySet[M]):
    """The maturity model is public."""

    def visible_to(self, user: Any) -> Self:
        return self


class OwnOrShared(models.QuerySet[M]):
    def visible_to(self, user: Any) -> Self:
        return self if reach_of(user).staff else self.filter(own_state(user) | shared_with(user))


class OwnOnly(models.QuerySet[M]):
    """Seen by the state and by the programme's staff."""

    def visible_to(self, user: Any) -> Self:
        return self if reach_of(user).staff else self.filter(own_state(user))


class StateOnly(models.QuerySet[M]):
    """Drafts belong to the state: staff see none, and neither does a staff member who is also a liaison."""

    def visible_to(self, user: Any) -> Self:
        return self.none() if reach_of(user).staff else self.filter(own_state(user))


class RoundQuerySet(models.QuerySet["Round"]):
    def visible_to(self, user: Any) -> "RoundQuerySet":
        """Staff see all rounds; liaisons those that were opened."""
        if reach_of(user).staff or user.is_staff:
            return self
        return self.exclude(opened_at=None) if reach_of(user).states else self.none()

    def open(self) -> "RoundQuerySet":
        return self.filter(opened_at__isnull=False, closed_at=None)


class UpdateQuerySet(OwnOrShared["Update"]):
    def in_full(self, user: Any) -> "UpdateQuerySet":
        """Whose submissions, decisions and history `user` may read: not those that are only shared."""
        return self if reach_of(user).staff else self.filter(own_state(user))

    def in_rounds(self) -> "UpdateQuerySet":
        """Without the published baselines."""
        return self.exclude(round=None)

    def waiting_for_review(self) -> "UpdateQuerySet":
        return self.filter(status="submitted")

    def accepted(self) -> "UpdateQuerySet":
        return self.filter(status="accepted")

    def still_open(self) -> "UpdateQuerySet":
        """Where the state may answer: `Update.is_open` as a question to the database."""
        opened = self.filter(round__opened_at__isnull=False)
        return opened.filter(Q(round__closed_at=None) | Q(status="returned") | Q(extended_until__gte=today()))

    def to_fill(self) -> "UpdateQuerySet":
        return self.still_open().filter(status__in=("draft", "returned"))

    def in_order_of_due_date(self) -> "UpdateQuerySet":
        return self.order_by(Coalesce("extended_until", "round__due_on"), "pk")

    def with_timeliness(self) -> "UpdateQuerySet":
        """Adds when each was first sent, and whether that was on time, late, or is missing.

        An update that was taken back counts from when it is sent again; more time given counts as time.
        """
        submissions = apps.get_model("capability", "Submission")._base_manager.all()
        first = submissions.filter(update_sent=OuterRef("pk")).exclude(taken_back()).order_by("number")
        due = Coalesce("update_sent__extended_until", "update_sent__round__due_on")
        is_in_time = When(Q(sent_on__lte=due), then=Value("on_time"))
        said = first.annotate(sent_on=TruncDate("submitted_at", tzinfo=ZONE)).annotate(
            said=Case(is_in_time, default=Value("late"))
        )
        return self.annotate(
            first_sent_at=Subquery(first.values("submitted_at")[:1], output_field=DateTimeField()),
            timeliness=Coalesce(Subquery(said.values("said")[:1]), Value("missing")),
        )

    def on_time(self) -> "UpdateQuerySet":
        return self.in_rounds().with_timeliness().filter(Q(timeliness="on_time"))

    def late(self) -> "UpdateQuerySet":
        return self.in_rounds().with_timeliness().filter(Q(timeliness="late"))

    def missing(self) -> "UpdateQuerySet":
        """Invited and not sent, whether or not it is due already."""
        return self.in_rounds().with_timeliness().filter(Q(timeliness="missing"))


def taken_back() -> Exists:
    """Of a submission: its update was withdrawn after it was sent, and it counts no more."""
    moves = apps.get_model("capability", "UpdateMove")._base_manager.all()
    return Exists(
        moves.filter(
            subject=OuterRef("update_sent"),
            status_before="submitted",
            status_after="draft",
            at__gt=OuterRef("submitted_at"),
        )
    )


class ExtensionQuerySet(OwnOnly["Extension"]):
    pass


class SubmissionQuerySet(OwnOnly["Submission"]):
    def with_withdrawal(self) -> "SubmissionQuerySet":
        return self.annotate(is_withdrawn=taken_back())


class UpdateMoveQuerySet(OwnOnly["UpdateMove"]):
    pass


class SharingChangeQuerySet(OwnOnly["SharingChange"]):
    pass


class DraftAnswerQuerySet(StateOnly["DraftAnswer"]):
    pass


class DraftEvidenceQuerySet(StateOnly["DraftEvidence"]):
    pass


class DraftContributorQuerySet(StateOnly["DraftContributor"]):
    pass


class ContributorQuerySet(OwnOnly["Contributor"]):
    pass


class AmongStaffQuerySet(models.QuerySet[M]):
    """What the programme's staff say among themselves: nothing of it of a state that the reader speaks for."""

    def visible_to(self, user: Any) -> Self:
        reach = reach_of(user)
        return self.exclude(state_id__in=reach.states) if reach.staff else self.none()


class EvidenceQuerySet(OwnOnly["Evidence"]):
    pass


class AnswerQuerySet(OwnOrShared["Answer"]):
    def current(self) -> "AnswerQuerySet":
        """The profile: what was accepted last, per state and indicator."""
        return self.filter(is_current=True)


class DecisionQuerySet(models.QuerySet["AnswerDecision"]):
    def visible_to(self, user: Any) -> "DecisionQuerySet":
        """A state sees a decision when it was released with the others, and so do staff who speak for it."""
        if reach_of(user).staff:
            return self.exclude(own_state(user), is_released=False)
        return self.filter(own_state(user), is_released=True)


class FactQuerySet(models.QuerySet[M]):
    def visible_to(self, user: Any) -> "FactQuerySet[M]":
        if reach_of(user).staff or not self._has_audience:
            return self
        return self.filter(own_state(user) | shared_with(user))

    def current(self) -> "FactQuerySet[M]":
        return self.filter(is_current=True)

    @property
    def _has_audience(self) -> bool:
        return any(field.name == "audience" for field in self.model._meta.fields)
