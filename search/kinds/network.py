"""Library, alerts and working groups of the network. What is under TLP:AMBER and above is in no index (decision 0022).

Read by few, so the newest that somebody may read are looked through when they search. For whoever is not of the
community so is what is under TLP:GREEN: it may name them, and the index tells of it to the community alone.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from common.scope import reach_of
from common.tlp import Tlp
from csirt_network.models import Alert, LibraryItem, WorkingGroup
from search.kinds import COMMUNITY, PUBLIC, Kind, four, in_each_language, searchable

INDEXED = (Tlp.CLEAR, Tlp.GREEN)


def beyond_index(rows: Any, user: Any) -> Any:
    """Of what `user` may read."""
    reach = reach_of(user)
    told = INDEXED if reach.community or reach.staff else (Tlp.CLEAR,)
    return rows.exclude(tlp__in=told).order_by("-pk") if reach.person else None


@searchable
class Library(Kind[LibraryItem]):
    """Not what was withdrawn."""

    code, name, model = "library", _("Library"), LibraryItem

    def rows(self, user: Any) -> QuerySet[LibraryItem]:
        return LibraryItem.objects.visible_to(user).standing()

    def standing(self, rows: QuerySet[LibraryItem]) -> QuerySet[LibraryItem]:
        return rows.filter(published_at__isnull=False, withdrawn_at=None, tlp__in=INDEXED)

    def unindexed(self, user: Any) -> QuerySet[LibraryItem] | None:
        return beyond_index(self.rows(user), user)

    def words(self, row: LibraryItem) -> Iterable[str]:
        return [*four(row, "title"), *four(row, "summary"), *in_each_language(row.get_kind_display), *row.sim3]

    def title(self, row: LibraryItem) -> str:
        return row.heading

    def text(self, row: LibraryItem) -> str:
        """The label goes wherever the words go."""
        return f"{row.get_tlp_display()}. {row.about}"

    def url(self, row: LibraryItem, user: Any) -> str:
        return row.get_absolute_url()

    def audience_of(self, row: LibraryItem) -> str:
        return PUBLIC if row.tlp == Tlp.CLEAR else COMMUNITY


@searchable
class Alerts(Kind[Alert]):
    code, name, model = "alert", _("Alerts"), Alert

    def rows(self, user: Any) -> QuerySet[Alert]:
        return Alert.objects.visible_to(user).out()

    def standing(self, rows: QuerySet[Alert]) -> QuerySet[Alert]:
        return rows.filter(published_at__isnull=False, tlp__in=INDEXED)

    def unindexed(self, user: Any) -> QuerySet[Alert] | None:
        return beyond_index(self.rows(user), user)

    def words(self, row: Alert) -> Iterable[str]:
        texts = [text for name in ("title", "happening", "to_do") for text in four(row, name)]
        return [row.code, *texts, row.products, *row.cves, *row.rsit, *in_each_language(row.get_kind_display)]

    def title(self, row: Alert) -> str:
        return f"{row.code} {row.title_in_any}"

    def text(self, row: Alert) -> str:
        """The label goes wherever the words go."""
        return f"{row.get_tlp_display()}. {row.happening}"

    def url(self, row: Alert, user: Any) -> str:
        return row.get_absolute_url()

    def audience_of(self, row: Alert) -> str:
        return PUBLIC if row.tlp == Tlp.CLEAR else COMMUNITY


@searchable
class WorkingGroups(Kind[WorkingGroup]):
    """What the network reads of them: name and mandate."""

    code, name, model, audience = "group", _("Working groups"), WorkingGroup, COMMUNITY

    def words(self, row: WorkingGroup) -> Iterable[str]:
        kind = in_each_language(lambda: WorkingGroup._meta.verbose_name)
        return [*four(row, "name"), *four(row, "mandate"), *kind]

    def text(self, row: WorkingGroup) -> str:
        return row.aim

    def url(self, row: WorkingGroup, user: Any) -> str:
        return row.get_absolute_url()
