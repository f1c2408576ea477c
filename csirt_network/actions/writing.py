"""Drafts of alerts: written, written again, and what hangs on them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from csirt_network.actions.audiences import make_audience
from csirt_network.models import Alert, AlertFile, Audience, Indicator, Quote, Recipient, Team
from documents.actions import keep_content
from review.actions import Refused


class Changed(Exception):
    """Somebody else saved it meanwhile."""


@dataclass(frozen=True)
class Seen:
    """One indicator as it was written: its one form, when it was first seen, a note."""

    kind: str
    value: str
    first_seen: str = ""
    note: str = ""


@dataclass(frozen=True)
class Written:
    """What an author gives: columns of the alert, and what hangs on it."""

    columns: Mapping[str, Any]
    recipients: Sequence[Recipient] = ()
    indicators: Sequence[Seen] = ()
    quotes: Sequence[Alert] = ()
    uploads: Sequence[Any] = ()
    upload_tlp: str = ""
    taken_away: Iterable[int] = field(default=())


@transaction.atomic
def write(*, written: Written, origin: Team | None, by: Any) -> Alert:
    """A draft of `origin`, or of the programme's staff."""
    audience = make_audience(origin=origin, chosen=list(written.recipients), by=by)
    alert = Alert.objects.create(
        **written.columns, audience=audience, from_team=origin, with_programme=origin is None, author=by, edited_by=by
    )
    _keep_parts(alert, written, by)
    return alert


@transaction.atomic
def rewrite(*, alert: Alert, written: Written, edited: int, by: Any) -> Alert:
    """`edited` is the state that was before the author; raises Changed when it is not that of today."""
    held = lock(alert, edited)
    if held.is_out:
        raise Refused(_("It is out already. Publish a new version instead."))
    put(held, written, by)
    return held


def lock(alert: Alert, edited: int | None = None) -> Alert:
    """The alert as it stands, held until the transaction ends."""
    held = Alert.objects.select_for_update(no_key=True).get(pk=alert.pk)
    if edited is not None and held.edited != edited:
        raise Changed
    return held


def put(held: Alert, written: Written, by: Any, **more: Any) -> None:
    """Writes what was given; whom it is for only where that has changed, since an audience is written once."""
    columns = {**written.columns, **more, "edited": held.edited + 1, "edited_by": by}
    if _named(written.recipients) != _named(held.audience.recipients.all()):
        origin = held.audience.origin
        columns["audience"] = make_audience(origin=origin, chosen=list(written.recipients), by=by)
    Alert.objects.filter(pk=held.pk).update(**columns)
    for name, value in columns.items():
        setattr(held, name, value)
    _keep_parts(held, written, by)


def audience_of(alert: Alert) -> Audience:
    return Audience.objects.select_related("origin").get(pk=alert.audience_id)


def _named(recipients: Iterable[Recipient]) -> set[tuple[Any, ...]]:
    return {(r.kind, r.sub_region, r.group_id, r.team_id, r.person_id) for r in recipients}


def _keep_parts(alert: Alert, written: Written, by: Any) -> None:
    _keep_indicators(alert, written.indicators)
    _keep_quotes(alert, written.quotes)
    _take_away(AlertFile.objects.filter(alert=alert, pk__in=list(written.taken_away)), alert)
    for upload in written.uploads:
        keep_content(AlertFile(alert=alert, tlp=written.upload_tlp, uploaded_by=by), upload=upload)


def _keep_indicators(alert: Alert, indicators: Sequence[Seen]) -> None:
    """Rows stay what they are: sightings hang on them. One that comes back stands again."""
    before = {(row.kind, row.value): row for row in Indicator.objects.filter(alert=alert)}
    given = {(seen.kind, seen.value): (position, seen) for position, seen in enumerate(indicators)}
    gone = [row.pk for key, row in before.items() if key not in given and row.gone_in is None]
    _take_away(Indicator.objects.filter(pk__in=gone), alert)
    for key, (position, seen) in given.items():
        row = before.get(key) or Indicator(alert=alert, kind=seen.kind, value=seen.value)
        facts = (seen.first_seen, seen.note, position, None)
        row.returned += row.gone_in is not None
        if (row.first_seen, row.note, row.position, row.gone_in) != facts or row.pk is None:
            row.first_seen, row.note, row.position, row.gone_in = facts
            row.save()


def _take_away(rows: Any, alert: Alert) -> None:
    """Of a draft for good; of what is out, from the version on that is being made."""
    if alert.is_out:
        rows.update(gone_in=alert.version)
    else:
        rows.delete()


def _keep_quotes(alert: Alert, quotes: Sequence[Alert]) -> None:
    wanted = {quoted.pk for quoted in quotes}
    held = set(Quote.objects.filter(alert=alert).values_list("quoted", flat=True))
    Quote.objects.filter(alert=alert, quoted__in=held - wanted).delete()
    Quote.objects.bulk_create(Quote(alert=alert, quoted_id=pk) for pk in sorted(wanted - held))
