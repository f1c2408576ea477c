"""What was sent to whom, and what came of it: deliveries with their mails and the first download of each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Min
from django.utils.translation import gettext

from accounts.models import AuditEntry
from common.downloads import slices
from reporting.models import RunFile


@dataclass(frozen=True)
class Told:
    """One delivery. `downloaded_at`: when its recipient first took a file of the report; `expired_at`: since when none
    of its files is kept."""

    delivery: Any
    downloaded_at: datetime | None
    expired_at: datetime | None

    @property
    def look(self) -> str:
        """The code of its standing in the table of looks."""
        if self.delivery.sent_at:
            return "sent"
        return "none" if self.delivery.mail_status == "done" else str(self.delivery.mail_status or "none")

    @property
    def why(self) -> str:
        """Why it was not sent, or not yet; a reason is stored as a message of the catalogue."""
        return gettext(self.delivery.reason) if self.delivery.reason and not self.delivery.sent_at else ""


def told_of(user: Any, deliveries: Any) -> list[Told]:
    """In the order of `deliveries`; three queries, however many there are."""
    return _told(user, list(_whole(deliveries)))


def each_told(user: Any, deliveries: Any) -> Iterator[Told]:
    """The same of an archive that grows for ever: three queries for some at a time."""
    for some in slices(_whole(deliveries)):
        yield from _told(user, some)


def _whole(deliveries: Any) -> Any:
    return deliveries.with_mail().select_related("run__state", "run__round", "run__agreement", "run__schedule")


def _told(user: Any, rows: list[Any]) -> list[Told]:
    runs = {row.run_id for row in rows}
    files = list(RunFile.objects.visible_to(user).filter(run__in=runs).only("run", "expired_at"))
    taken, gone = _downloads(user, {file.pk: file.run_id for file in files}), _expired(files)
    return [Told(row, taken.get((row.run_id, row.person_id)), gone.get(row.run_id)) for row in rows]


def _expired(files: Iterable[RunFile]) -> dict[int, datetime]:
    """Of the runs of which no file is left."""
    found: dict[int, list[datetime | None]] = {}
    for file in files:
        found.setdefault(file.run_id, []).append(file.expired_at)
    return {run: max(filter(None, moments)) for run, moments in found.items() if all(moments)}


def _downloads(user: Any, files: dict[int, int]) -> dict[tuple[int, int], datetime]:
    """The first by run and person. Who read a file stands in the audit trail."""
    reads = AuditEntry.objects.visible_to(user).filter(
        model=RunFile._meta.label_lower, verb=AuditEntry.Verb.READ, object_id__in=files
    )
    found: dict[tuple[int, int], datetime] = {}
    for file, person, at in reads.order_by().values_list("object_id", "by_id").annotate(Min("at")):
        key = (files[file], person)
        found[key] = min(at, found.get(key, at))
    return found
