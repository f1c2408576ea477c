"""Who reads an agreement, and what its dates make of it on a day."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Case, CharField, DateField, Exists, F, Model, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, TruncDate

from common.days import today
from common.scope import reach_of

if TYPE_CHECKING:
    from partnerships.models import (
        Agreement,
        AgreementActivity,
        AgreementFile,
        AgreementInstrument,
        AgreementLink,
        Amendment,
        Party,
    )

M = TypeVar("M", bound=Model)
# What an agreement that nobody ended and nothing followed is worth (objective 5 counts these).
STANDING = ("in force", "end not stated")
CLOSED = ("expired", "ended", "renewed")
NEWEST_FIRST = ["-is_of_the_oas", "-day", "-pk"]
NO_DAY = date(1, 1, 1)  # of what was concluded on a day that no source names


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, user: Any) -> "AgreementQuerySet":
        reach = reach_of(user)
        if reach.staff:
            return self
        shared = Q(audience__in=["public", "states"] if reach.states else ["public"])
        return self.filter(shared | (~Q(audience="staff") & Q(party_ids__overlap=list(reach.partners))))

    def with_status(self, day: date | None = None) -> "AgreementQuerySet":
        """Adds `status` on `day` or today: draft, negotiation, signed (not yet in force), in force, end not stated,
        expired, ended or renewed. A renewal counts as far as the reader sees it."""
        on = day or today()
        begun = Q(starts_on=None) | Q(starts_on__lte=on)
        is_followed = Exists(self.model._base_manager.filter(begun, renews=OuterRef("pk"), phase="concluded"))
        cases = (
            (Q(phase="draft"), "draft"),
            (Q(phase="negotiation"), "negotiation"),
            (Q(ended_on__lte=on), "ended"),
            (Q(is_followed), "renewed"),
            (Q(ends_on__lt=on), "expired"),
            (Q(starts_on__gt=on), "signed"),
            (Q(end="not stated"), "end not stated"),
        )
        whens = [When(condition, then=Value(status)) for condition, status in cases]
        return self.annotate(status=Case(*whens, default=Value("in force"), output_field=CharField()))

    def with_standing(self) -> "AgreementQuerySet":
        """Adds `is_of_the_oas`: whether the OAS is a party."""
        parties: Any = apps.get_model("partnerships", "Party").objects
        return self.annotate(is_of_the_oas=Exists(parties.filter(agreement=OuterRef("pk"), partner=None)))

    def newest_first(self) -> "AgreementQuerySet":
        """Those of the OAS before the others; by `day`, which of what is not concluded is the one it was entered on."""
        concluded = Coalesce(F("concluded_on"), Value(NO_DAY), output_field=DateField())
        entered = ~Q(phase="concluded") & Q(concluded_on=None)
        day = Case(When(entered, then=TruncDate("made_at")), default=concluded, output_field=DateField())
        ordered: AgreementQuerySet = self.with_standing().annotate(day=day)
        return ordered.order_by(*NEWEST_FIRST)

    def after(self, last: "Agreement") -> "AgreementQuerySet":
        """The rest of `newest_first` after this one of it."""
        is_of_the_oas, day = last.is_of_the_oas, last.day  # type: ignore[attr-defined]
        beside = Q(is_of_the_oas=is_of_the_oas) & (Q(day__lt=day) | Q(day=day, pk__lt=last.pk))
        rest: Any = beside | Q(is_of_the_oas=False) if is_of_the_oas else beside
        return self.filter(rest)


class OfAgreement(models.QuerySet[M]):
    """What hangs on an agreement is read by whoever reads the agreement."""

    def visible_to(self, user: Any) -> Self:
        if reach_of(user).staff:
            return self
        agreements: Any = apps.get_model("partnerships", "Agreement").objects.visible_to(user)
        return self.filter(Exists(agreements.filter(pk=OuterRef("agreement"))))


class PartyQuerySet(OfAgreement["Party"]):
    pass


class AgreementInstrumentQuerySet(OfAgreement["AgreementInstrument"]):
    pass


class AgreementLinkQuerySet(OfAgreement["AgreementLink"]):
    """Both agreements are the reader's to see."""

    def visible_to(self, user: Any) -> Self:
        agreements: Any = apps.get_model("partnerships", "Agreement").objects.visible_to(user)
        return super().visible_to(user).filter(Exists(agreements.filter(pk=OuterRef("other"))))


class AmendmentQuerySet(OfAgreement["Amendment"]):
    pass


class AgreementFileQuerySet(OfAgreement["AgreementFile"]):
    pass


class AgreementActivityQuerySet(OfAgreement["AgreementActivity"]):
    """Agreement and activity are both the reader's to see."""

    def visible_to(self, user: Any) -> Self:
        activities: Any = apps.get_model("action_plan", "Activity").objects.visible_to(user)
        return super().visible_to(user).filter(Exists(activities.filter(pk=OuterRef("activity"))))
