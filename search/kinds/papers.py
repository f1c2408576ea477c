"""Documents that prove answers, published sources, and reports that were made."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from capability.models import Answer, Evidence
from documents.models import Source
from partnerships.models import Party
from reporting.models import Kind as Report
from reporting.models import Run
from search.kinds import COMMUNITY, PROGRAMME, PUBLIC, STATES, Kind, four, in_each_language, named, searchable
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
    """Those that are ready. One about a state is that state's, others are read by whom `Run.visible_to` names."""

    code, name, model = "report", _("Reports"), Run
    READ_BY: ClassVar = {Report.REGION_AT_A_GLANCE: STATES, Report.NETWORK_BULLETIN: COMMUNITY}

    def standing(self, rows: QuerySet[Run]) -> QuerySet[Run]:
        parties = Party.objects.select_related("partner")
        ready = rows.filter(status=Run.Status.DONE).select_related("state", "round", "agreement", "schedule")
        return ready.prefetch_related(Prefetch("agreement__parties", parties, to_attr="known_sides"))

    def words(self, row: Run) -> Iterable[str]:
        agreed: Any = row.agreement
        partners = [side.partner for side in agreed.known_sides if side.partner] if agreed else []
        names = [name for partner in partners for name in (*four(partner, "name"), partner.short_name)]
        about = [*in_each_language(lambda: row.about), *named(row.state), *(four(agreed, "name") if agreed else ())]
        return [*in_each_language(row.get_kind_display), *about, *names, str(row.slot.year)]

    def title(self, row: Run) -> str:
        return f"{row.get_kind_display()}, {row.about}"

    def text(self, row: Run) -> str:
        return f"{row.slot:%Y-%m-%d}"

    def url(self, row: Run, user: Any) -> str:
        return row.get_absolute_url()

    def audience_of(self, row: Run) -> str:
        return self.READ_BY.get(Report(row.kind), PROGRAMME)
