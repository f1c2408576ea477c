"""Rounds, updates and what was answered in them. Drafts are no kind, so they cannot be found."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from capability.models import Answer, Round, Submission, Update
from common.scope import reach_of
from review.states import Status
from search.kinds import PROGRAMME, Kind, four, in_each_language, named, searchable


@searchable
class Updates(Kind[Update]):
    """Those that were sent, for whoever may read them in full."""

    code, name, model, audience = "update", _("Updates"), Update, PROGRAMME

    def rows(self, user: Any) -> QuerySet[Update]:
        return self.standing(Update.objects.visible_to(user).in_full(user))

    def standing(self, rows: QuerySet[Update]) -> QuerySet[Update]:
        sent = rows.exclude(round=None).exclude(status=Status.DRAFT)
        return sent.select_related("state", "round", "edition")

    def words(self, row: Update) -> Iterable[str]:
        return [*named(row.state), *in_each_language(lambda: row.round), *in_each_language(lambda: self.name)]

    def text(self, row: Update) -> str:
        return row.get_status_display()

    def url(self, row: Update, user: Any) -> str:
        return row.get_absolute_url()


@searchable
class Answers(Kind[Answer]):
    """The texts of a state's profile, and those that are sent and not decided yet."""

    code, name, model = "answer", _("Answers"), Answer

    def standing(self, rows: QuerySet[Answer]) -> QuerySet[Answer]:
        return not_outdated(rows.exclude(text="")).select_related("state", "indicator")

    def words(self, row: Answer) -> Iterable[str]:
        indicator = [row.indicator.code, *four(row.indicator, "name")] if row.indicator else []
        return [row.text, *indicator, *named(row.state)]

    def title(self, row: Answer) -> str:
        return f"{row.indicator.code} {row.indicator.name}" if row.indicator else str(row.state)

    def text(self, row: Answer) -> str:
        return row.text

    def url(self, row: Answer, user: Any) -> str:
        if row.is_current:
            return reverse("state-maturity", args=[row.state.slug])
        page = "update-review" if reach_of(user).staff else "update-detail"
        return reverse(page, args=[row.state.slug, row.waiting_in])  # type: ignore[attr-defined]


def not_outdated(answers: QuerySet[Answer]) -> QuerySet[Answer]:
    """In the profile, or last sent of an update that is under review; `waiting_in` is the slug of its round.

    What was taken back belongs to an update that is a draft again.
    """
    later = Submission._base_manager.filter(update_sent=OuterRef("update_sent"), number__gt=OuterRef("number"))
    waiting = Submission._base_manager.filter(
        ~Exists(later), pk=OuterRef("submission"), update_sent__status__in=(Status.SUBMITTED, Status.RETURNED)
    )
    found = answers.annotate(waiting_in=Subquery(waiting.values("update_sent__round__slug")))
    return found.filter(Q(is_current=True) | Q(waiting_in__isnull=False))


@searchable
class Rounds(Kind[Round]):
    """For the programme's staff."""

    code, name, model, audience = "round", _("Rounds"), Round, PROGRAMME

    def rows(self, user: Any) -> QuerySet[Round]:
        return Round.objects.visible_to(user) if reach_of(user).staff else Round.objects.none()

    def words(self, row: Round) -> Iterable[str]:
        return [row.slug, *in_each_language(lambda: row), *four(row, "invitation")]

    def text(self, row: Round) -> str:
        return row.invitation

    def url(self, row: Round, user: Any) -> str:
        return row.get_absolute_url()
