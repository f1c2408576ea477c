"""What the page of an agreement shows beside its own row, as far as the reader may read of it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from action_plan.models import Activity
from common.days import today
from common.partial_dates import first_day
from common.scope import reach_of
from partnerships.blocks import Dated, blocks_of, dates_of
from partnerships.dates import in_words
from partnerships.models import (
    Agreement,
    AgreementActivity,
    AgreementFile,
    AgreementInstrument,
    AgreementLink,
    AgreementMove,
    Amendment,
    Appearance,
)


@dataclass(frozen=True)
class Event:
    """A line of the timeline, as its component wants it."""

    when: str
    text: str
    url: str
    source: str
    later: bool


@dataclass(frozen=True)
class Related:
    agreement: Agreement
    why: str


class AgreementPage:
    def __init__(self, user: Any, agreement: Any) -> None:
        self.user, self.agreement = user, agreement

    @cached_property
    def people(self) -> list[Appearance]:
        found = Appearance.objects.visible_to(self.user).filter(agreement=self.agreement)
        return list(found.select_related("person", "party", "source").order_by("pk"))

    @property
    def signatories(self) -> list[tuple[str, list[Appearance]]]:
        """(party, who signed for it) of each party whose signatory a source names."""
        signed = [one for one in self.people if one.part == Appearance.Part.SIGNED]
        rows = [(side.name, [one for one in signed if one.party_id == side.pk]) for side in self.agreement.sides]
        return [(name, people) for name, people in rows if people]

    @cached_property
    def instruments(self) -> list[AgreementInstrument]:
        found = AgreementInstrument.objects.visible_to(self.user).filter(agreement=self.agreement)
        return list(found.select_related("instrument", "source").order_by("instrument__adopted"))

    @cached_property
    def activities(self) -> list[Activity]:
        """What takes place under it, the newest first; and the event at which it was concluded."""
        links = AgreementActivity.objects.visible_to(self.user).filter(agreement=self.agreement)
        return list(Activity.objects.visible_to(self.user).filter(pk__in=links.values("activity")).newest_first())

    @cached_property
    def event(self) -> Activity | None:
        if not self.agreement.event_id:
            return None
        return Activity.objects.visible_to(self.user).filter(pk=self.agreement.event_id).first()

    @cached_property
    def related(self) -> list[Related]:
        """In both directions: a link is told on both pages."""
        links = AgreementLink.objects.visible_to(self.user)
        to = [Related(one.other, one.why) for one in links.filter(agreement=self.agreement).select_related("other")]
        known = {one.agreement.pk for one in to}
        since = [one for one in links.filter(other=self.agreement).select_related("agreement")]
        return to + [Related(one.agreement, one.why) for one in since if one.agreement_id not in known]

    @cached_property
    def family(self) -> list[Agreement]:
        """The agreement that it renews, and those that renew it."""
        agreements = Agreement.objects.visible_to(self.user)
        before = agreements.filter(pk=self.agreement.renews_id) if self.agreement.renews_id else agreements.none()
        return list(before | agreements.filter(renews=self.agreement))

    @cached_property
    def files(self) -> list[AgreementFile]:
        return list(AgreementFile.objects.visible_to(self.user).filter(agreement=self.agreement))

    @cached_property
    def amendments(self) -> list[Amendment]:
        return list(Amendment.objects.visible_to(self.user).filter(agreement=self.agreement).order_by("-number"))

    @cached_property
    def moves(self) -> list[AgreementMove]:
        if not reach_of(self.user).staff:
            return []
        moves = AgreementMove.objects.visible_to(self.user).filter(agreement=self.agreement)
        return list(moves.select_related("by"))

    @cached_property
    def blocks(self) -> list[tuple[str, Any]]:
        return blocks_of(self.agreement, self.user)

    @property
    def timeline(self) -> list[Event]:
        """Newest first; what is still to come stands on top."""
        day = today()
        found = sorted([*self._own_dates(), *self._other_dates()], key=lambda one: one.day, reverse=True)
        return [Event(_capital(in_words(one.day, one.precision)), one.text, one.url, one.source, one.day > day)
                for one in found]  # fmt: skip

    def _own_dates(self) -> list[Dated]:
        one = self.agreement
        concluded = _("It was announced") if one.kind == Agreement.Kind.CONTRIBUTION else _("It was signed")
        dates: list[tuple[date | None, str, str]] = [
            (one.concluded_on if one.phase == Agreement.Phase.CONCLUDED else None, concluded, one.precision),
            (one.starts_on if one.starts_on != one.concluded_on else None, _("It enters into force"), "day"),
            (one.ends_on, _("It ends, as its text says"), "day"),
            (one.ended_on, _("It was ended early"), "day"),
        ]
        return [Dated(day, text, precision) for day, text, precision in dates if day]

    def _other_dates(self) -> list[Dated]:
        adopted = [(first_day(row.instrument.adopted), row.instrument) for row in self.instruments]
        instruments = [Dated(day, one.name, _exact(one.adopted), one.get_absolute_url()) for day, one in adopted if day]
        words = _("Amendment %(number)d")
        amendments = [
            Dated(one.agreed_on, words % {"number": one.number}, url=one.get_absolute_url()) for one in self.amendments
        ]
        activities = [
            Dated(one.starts_on, one.title, one.precision, one.get_absolute_url())
            for one in self.activities
            if one.starts_on
        ]
        return [*instruments, *amendments, *activities, *dates_of(self.agreement, self.user)]


def _exact(partial: str) -> str:
    return {4: "year", 7: "month"}.get(len(partial), "day")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
