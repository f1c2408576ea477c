"""Documents that prove answers, published sources, and reports that were made."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from capability.models import Answer, Evidence
from documents.models import Source
from reporting.models import Run
from search.kinds import PROGRAMME, PUBLIC, Kind, in_each_language, named, searchable
from search.kinds.updates import not_outdated


@searchable
class Documents(Kind[Evidence]):
    """Evidence as it was sent, of answers that stand, not withdrawn: for the state and the programme's staff."""

    code, name, model, audience = "document", _("Documents"), Evidence, PROGRAMME

    def standing(self, rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
        answers = not_outdated(Answer._base_manager.exclude(submission=None))
        left = rows.filter(answer__in=answers.values("pk"), file__withdrawn_at=None)
        return left.select_related("state", "file", "answer__submission__update_sent__round")

    def words(self, row: Evidence) -> Iterable[str]:
        return [row.title, row.file.name if row.file else row.link, *named(row.state)]

    def text(self, row: Evidence) -> str:
        name = row.file.name if row.file else row.link
        return "" if name == row.title else name

    def url(self, row: Evidence, user: Any) -> str:
        sent: Any = row.answer.submission
        return reverse("submission-detail", args=[row.state.slug, sent.update_sent.round.slug, sent.number])


@searchable
class Sources(Kind[Source]):
    code, name, model, audience = "source", _("Sources"), Source, PUBLIC

    def words(self, row: Source) -> Iterable[str]:
        return [row.title, row.publisher, row.reference, row.dated, row.caution]

    def text(self, row: Source) -> str:
        return ". ".join(filter(None, (row.publisher, row.dated, row.caution)))

    def url(self, row: Source, user: Any) -> str:
        return f"{reverse('source-list')}#{row.key}"


@searchable
class Reports(Kind[Run]):
    """Those that are ready."""

    code, name, model, audience = "report", _("Reports"), Run, PROGRAMME

    def standing(self, rows: QuerySet[Run]) -> QuerySet[Run]:
        return rows.filter(status=Run.Status.DONE).select_related("state")

    def words(self, row: Run) -> Iterable[str]:
        return [*in_each_language(row.get_kind_display), *named(row.state), str(row.slot.year)]

    def title(self, row: Run) -> str:
        return row.get_kind_display()

    def text(self, row: Run) -> str:
        return f"{row.slot:%Y-%m-%d}"

    def url(self, row: Run, user: Any) -> str:
        return row.get_absolute_url()
