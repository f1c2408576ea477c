"""Fields that forms of promises share: a due date as exact as it was agreed, activities by their addresses, files."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from action_plan.models import Activity
from common.partial_dates import first_day
from common.translated import SUFFIX_OF_LANGUAGE, SUFFIXES
from documents.checks import ACCEPT, check_upload
from partnerships.models import Agreement, Party

MOST_ACTIVITIES = 60
MOST_AT_ONCE = 5
DAY = {"type": "date"}


class PartialDateField(forms.CharField):
    """A year, a year and month, or a day; empty where none is stated."""

    def __init__(self, **more: Any) -> None:
        hint = gettext_lazy("A year such as 2027, a month such as 2027-06 or a day such as 2027-06-30.")
        super().__init__(**{"max_length": 10, "required": False, "help_text": hint, **more})

    def clean(self, value: Any) -> str:
        typed: str = super().clean(value)
        if typed and first_day(typed) is None:
            raise ValidationError(_("Enter a year such as 2027, or a date such as 2027-06 or 2027-06-30."))
        return typed


class ActivitiesField(forms.CharField):
    """Addresses of activities, one on each line; cleaned to the activities. `seen` are those its reader may name."""

    widget: Any = forms.Textarea({"rows": 4})

    def __init__(self, **more: Any) -> None:
        hint = gettext_lazy("The addresses of their pages, one on each line.")
        super().__init__(**{"required": False, "help_text": hint, "max_length": 20_000, **more})
        self.seen: Any = Activity.objects.none()
        self.most = MOST_ACTIVITIES

    def clean(self, value: Any) -> Any:
        slugs = [_slug(line) for line in str(super().clean(value)).replace("\0", "").split()]
        if len(slugs) > self.most:
            raise ValidationError(_("Name %(most)d at most.") % {"most": self.most})
        found = {one.slug: one for one in self.seen.filter(slug__in=slugs)}
        for slug in slugs:
            if slug not in found:
                raise ValidationError(_("There is no activity at “%(name)s”. Copy its address.") % {"name": slug})
        return list(found.values())


class ActivityField(ActivitiesField):
    """One activity, or none."""

    widget = forms.TextInput

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"help_text": gettext_lazy("The address of its page."), **more})
        self.most = 1

    def clean(self, value: Any) -> Any:
        return next(iter(super().clean(value)), None)


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files that have passed every check before a view sees them; several at once."""

    widget = FilesInput({"accept": ACCEPT})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        uploads = [one for one in (data or []) if one]
        if len(uploads) > MOST_AT_ONCE:
            raise ValidationError(_("Attach %(most)d files at most at once.") % {"most": MOST_AT_ONCE})
        for upload in uploads:
            super().clean(upload, initial)
            check_upload(upload)
        return uploads


class PartyField(forms.ModelChoiceField):
    """One of the agreement's parties, by name."""

    def __init__(self, **more: Any) -> None:
        super().__init__(Party.objects.none(), **more)

    def label_from_instance(self, party: Any) -> str:
        return name_of(party)


class Spoken:
    """What a form says in four languages, for its page."""

    def in_languages(self, prefix: str) -> list[tuple[Any, Any, bool]]:
        """(language, field, whether it is open at first)."""
        rows = []
        for code, name in settings.LANGUAGES:
            field = self[f"{prefix}_{SUFFIX_OF_LANGUAGE[code.split('-')[0]]}"]  # type: ignore[index]
            rows.append((name, field, code == "en" or bool(field.value() or field.errors)))
        return rows

    @property
    def whats(self) -> list[tuple[Any, Any, bool]]:
        return self.in_languages("what")


def parties_of(agreement: Agreement, user: Any) -> QuerySet[Party]:
    return Party.objects.visible_to(user).filter(agreement=agreement).select_related("partner").order_by("position")


def name_of(party: Party) -> str:
    if party.partner_id is None:
        return _("OAS")
    return party.partner.name if party.partner else party.as_stated


def four(prefix: str) -> tuple[str, ...]:
    return tuple(f"{prefix}_{suffix}" for suffix in SUFFIXES)


def lines_of(activities: Any) -> str:
    return "\n".join(activity.address for activity in activities)


def _slug(typed: str) -> str:
    return typed.split("?")[0].split("#")[0].rstrip("/").rsplit("/", 1)[-1]
