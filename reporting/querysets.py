"""Schedules are the staff's; finished reports are also their state's, and that of the region every state's."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from common.scope import Reach, reach_of
from notices.querysets import FAILED_OF_LATE, JobQuerySet
from reporting.kinds import KINDS

if TYPE_CHECKING:
    from reporting.models import Delivery, Run, RunFile, Schedule


def _bulletin(reach: Reach) -> Q:
    """The network's bulletin is read by its community."""
    return Q(kind="network bulletin") if reach.community else Q(pk__in=())


def _regional(reach: Reach) -> Q:
    """The region at a glance holds what every member state may read: its liaisons read it (decision 0032)."""
    return Q(kind="region at a glance") if reach.states else Q(pk__in=())


def _of_runs(which: Q) -> Q:
    """As a subquery: a join with a run that the wall hides would hide the row too."""
    runs = apps.get_model("reporting", "Run")._base_manager.filter(which, status="done")
    return Q(run__in=runs.values("pk"))


class ScheduleQuerySet(models.QuerySet["Schedule"]):
    def visible_to(self, user: Any) -> "ScheduleQuerySet":
        return self if reach_of(user).staff or user.is_staff else self.none()

    def active(self) -> "ScheduleQuerySet":
        return self.filter(is_active=True)


class RunQuerySet(JobQuerySet["Run"]):
    def visible_to(self, user: Any) -> "RunQuerySet":
        reach = reach_of(user)
        if reach.staff:
            return self
        return self.filter(Q(state_id__in=reach.states) | _bulletin(reach) | _regional(reach), status="done")

    def of_region(self) -> "RunQuerySet":
        return self.filter(kind="region at a glance")

    def made_with(self, run: "Run") -> "RunQuerySet":
        """Those of one slot of one schedule, or of one order, with itself: an order has a moment of its own."""
        return self.filter(kind=run.kind, schedule=run.schedule_id, asked_by=run.asked_by_id, slot=run.slot)

    def ready(self) -> "RunQuerySet":
        return self.filter(status="done")

    def unfinished(self) -> "RunQuerySet":
        return self.filter(status__in=("queued", "running"))

    def failed(self) -> "RunQuerySet":
        return self.filter(status="failed")

    def failed_of_late(self) -> "RunQuerySet":
        """Those that may be missed: what was to be told longer ago is told by a newer one."""
        return self.failed().filter(finished_at__gte=timezone.now() - FAILED_OF_LATE)


class RunFileQuerySet(models.QuerySet["RunFile"]):
    def visible_to(self, user: Any) -> "RunFileQuerySet":
        reach = reach_of(user)
        if reach.staff:
            return self
        return self.filter(Q(state_id__in=reach.states) | _of_runs(_bulletin(reach) | _regional(reach)))

    def with_run(self) -> "RunFileQuerySet":
        """With what its name is made of."""
        return self.select_related("run__round", "run__schedule", "run__agreement", "state")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, user: Any) -> "DeliveryQuerySet":
        """A liaison sees what she was sent about the own state, a team's people their bulletins; staff all."""
        reach = reach_of(user)
        if reach.staff:
            return self
        return self.filter(Q(state_id__in=reach.states) | _of_runs(_bulletin(reach)), person_id=reach.person)

    def with_mail(self) -> "DeliveryQuerySet":
        """Adds what came of the mail or of the digest it came in: `sent_at`, `mail_status` and the `reason` if any."""
        kinds = [When(run__kind=kind.code, then=Value(kind.mail)) for kind in KINDS.values()]
        mail = apps.get_model("notices", "Mail").objects.filter(
            kind=OuterRef("mail_kind"), object_id=OuterRef("run_id"), threshold="", person=OuterRef("person_id")
        )
        asked = self.annotate(mail_kind=Case(*kinds, default=Value("")))
        return asked.annotate(
            sent_at=Subquery(mail.values(at=Coalesce("sent_at", "digest__sent_at"))),
            mail_status=Subquery(mail.values(standing=Coalesce("digest__status", "status"))),
            reason=Subquery(
                mail.values(why=Coalesce(NullIf("digest__reason", Value("", models.TextField())), "reason"))
            ),
        )
