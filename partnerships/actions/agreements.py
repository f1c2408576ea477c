"""Agreements: entered, corrected, moved along their life, amended and renewed; who reads them. By the programme."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max, ProtectedError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from common.days import today
from common.translated import SUFFIXES
from partnerships.life import Way, standing_of
from partnerships.models import (
    Agreement,
    AgreementInstrument,
    AgreementMove,
    Amendment,
    Audience,
    Party,
    Standing,
)
from partnerships.terms import TERMS, terms_of
from review.actions import Refused

RESERVED = {"new", "files"}  # words of addresses below /agreements/
TRIES = 50
FEWEST = 2  # parties of what is signed
PHASES = {Standing.ENDED: Agreement.Phase.CONCLUDED}


class EditedMeanwhile(Exception):
    """Somebody saved the agreement since it was opened: nothing was changed."""


@dataclass(frozen=True)
class Side:
    """A party as it was entered; without a partner it is the OAS."""

    partner_id: int | None
    as_stated: str = ""


@transaction.atomic
def add_agreement(*, agreement: Agreement, sides: Iterable[Side], instruments: Iterable[Any], by: Any) -> Agreement:
    """A draft, for the staff alone."""
    agreement.phase, agreement.audience = Agreement.Phase.DRAFT, Audience.STAFF
    _save_under_new_slug(agreement)
    _set_sides(agreement, sides)
    _set_instruments(agreement, instruments)
    return agreement


@transaction.atomic
def change_agreement(
    *, agreement: Agreement, fields: Iterable[str], sides: Iterable[Side], instruments: Iterable[Any], by: Any
) -> None:
    """A correction: saves `fields` as they stand in `agreement`, its parties and instruments.

    Or EditedMeanwhile, or Refused.
    """
    _hold(agreement)
    Agreement.objects.filter(pk=agreement.pk).update(**{name: getattr(agreement, name) for name in fields})
    _set_sides(agreement, sides)
    _set_instruments(agreement, instruments)


@transaction.atomic
def move(*, agreement: Agreement, way: Way, by: Any, day: date | None = None, reason: str = "") -> AgreementMove:
    """Along `way`, kept in the ledger; or Refused."""
    now = Agreement.objects.select_for_update().get(pk=agreement.pk)
    before, reason = standing_of(now), reason.strip()
    _check(now, way, day, reason)
    changes: dict[str, Any] = {"phase": PHASES.get(way.end, way.end), "ended_on": None, "ended_because": ""}
    if way.end == Standing.ENDED:
        changes |= {"ended_on": day, "ended_because": reason}
    elif way.verb == "conclude" and day:
        changes |= {"concluded_on": day, "precision": Agreement.Precision.DAY}
    Agreement.objects.filter(pk=now.pk).update(**changes, edited=F("edited") + 1)
    return AgreementMove.objects.create(agreement=now, before=before, after=way.end, reason=reason, by=by)


@transaction.atomic
def give_to(*, agreement: Agreement, audience: str, by: Any) -> None:
    """Who reads it from now on. Or EditedMeanwhile."""
    _hold(agreement)
    Agreement.objects.filter(pk=agreement.pk).update(audience=audience)


@transaction.atomic
def amend(*, agreement: Agreement, agreed_on: date, what: str, by: Any) -> Amendment:
    """The terms as they stand in `agreement` are its own from now on; those before are kept. Or EditedMeanwhile."""
    _hold(agreement)
    now = Agreement.objects.get(pk=agreement.pk)
    if standing_of(now) != Standing.CONCLUDED:
        raise Refused(_("Only what is signed and was not ended early is amended. Correct it with “Edit” instead."))
    earlier, later = terms_of(now), terms_of(agreement)
    if earlier == later:
        raise Refused(_("Nothing is different from the terms in force. Change what the amendment changes."))
    Agreement.objects.filter(pk=now.pk).update(**{name: getattr(agreement, name) for name in TERMS})
    last = now.amendments.aggregate(last=Max("number"))["last"] or 0
    return Amendment.objects.create(
        agreement=now, number=last + 1, agreed_on=agreed_on, what=what, earlier=earlier, later=later, by=by
    )


@transaction.atomic
def renew(*, agreement: Agreement, by: Any) -> Agreement:
    """A draft with the same parties and terms, that renews it; the one there is already, if there is one."""
    now = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if now.phase != Agreement.Phase.CONCLUDED:
        raise Refused(_("Only what is signed can be renewed."))
    open_already = Agreement.objects.filter(renews=now, ended_on=None).order_by("pk").first()
    if open_already:
        return open_already
    kept = {name: getattr(now, name) for name in TERMS if name not in ("starts_on", "end", "ends_on")}
    successor = Agreement(**kept, kind=now.kind, owner=now.owner, renews=now)
    sides = [Side(row.partner_id, row.as_stated) for row in now.parties.order_by("position", "pk")]
    return add_agreement(
        agreement=successor, sides=sides, instruments=[row.instrument for row in now.implements.all()], by=by
    )


def _hold(agreement: Agreement) -> None:
    """Takes the next number of `edited` for a change."""
    rows = Agreement.objects.filter(pk=agreement.pk, edited=agreement.edited)
    if not rows.update(edited=F("edited") + 1):
        raise EditedMeanwhile


def _check(agreement: Agreement, way: Way, day: date | None, reason: str) -> None:
    here = standing_of(agreement)
    if here not in way.start:
        stands = {"status": here.label}
        raise Refused(_("A colleague changed its status meanwhile: it is “%(status)s” now.") % stands)
    if way.needs_reason and not reason:
        raise Refused(_("Write why: the reason is kept and shown."))
    if day and day > today():
        raise Refused(_("That day has not come yet. Enter the day when it happened."))
    if way.end == Standing.ENDED and day is None:
        raise Refused(_("Enter the day on which it ended."))
    if way.verb == "conclude" and day is None and agreement.concluded_on is None:
        raise Refused(
            _("Enter the day on which it was signed. What is known to the month alone is entered with “Edit”.")
        )
    if way.end == Standing.CONCLUDED and agreement.parties.count() < FEWEST:
        raise Refused(_("An agreement has two parties at least. Enter them first."))


def _set_sides(agreement: Agreement, sides: Iterable[Side]) -> None:
    """In the order given. Who stays keeps the row that people and commitments hang on."""
    wanted = list(sides)
    there = {row.partner_id: row for row in agreement.parties.all()}
    gone = there.keys() - {side.partner_id for side in wanted}
    try:
        Party.objects.filter(pk__in=[there[partner].pk for partner in gone]).delete()
    except ProtectedError as held:
        raise Refused(_("A party that people or commitments belong to stays. Take those away first.")) from held
    for position, side in enumerate(wanted):
        known = there.get(side.partner_id)
        if known is None:
            Party.objects.create(
                agreement=agreement, partner_id=side.partner_id, as_stated=side.as_stated, position=position
            )
        elif (known.as_stated, known.position) != (side.as_stated, position):
            Party.objects.filter(pk=known.pk).update(as_stated=side.as_stated, position=position)


def _set_instruments(agreement: Agreement, instruments: Iterable[Any]) -> None:
    wanted = {one.pk for one in instruments}
    there = AgreementInstrument.objects.filter(agreement=agreement)
    there.exclude(instrument__in=wanted).delete()
    missing = wanted - set(there.values_list("instrument", flat=True))
    AgreementInstrument.objects.bulk_create(
        AgreementInstrument(agreement=agreement, instrument_id=pk) for pk in sorted(missing)
    )


def _save_under_new_slug(agreement: Agreement) -> None:
    """Of its name and year. The address stays when the name changes."""
    names: Mapping[str, str] = {suffix: getattr(agreement, f"name_{suffix}") for suffix in SUFFIXES}
    words = slugify(next(filter(None, names.values()), ""))[:60].strip("-") or slugify(agreement.kind)
    day = agreement.concluded_on
    year = f"-{day.year}" if day and str(day.year) not in words else ""
    for number in range(1, TRIES):
        agreement.slug = f"{words}{year}" if number == 1 else f"{words}{year}-{number}"
        if agreement.slug not in RESERVED and not Agreement.objects.filter(slug=agreement.slug).exists():
            try:
                with transaction.atomic():
                    agreement.save(force_insert=True)
            except IntegrityError:
                continue
            return
    raise Refused(_("There are many agreements of this name already. Give it a name of its own."))
