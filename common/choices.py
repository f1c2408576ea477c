"""Lists of what has a name in four languages, to choose one or several from; long ones are answered by a name."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms.models import ModelChoiceIterator
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import ModelChoiceFilter
from django_filters.fields import ChoiceIterator

from common.translated import SUFFIXES, translated

MOST = 100  # to choose from; of more than that the name is typed
NEAREST = 5  # names in the sentence that answers an unknown one
CALLED = (*(f"name_{suffix}" for suffix in SUFFIXES), "short_name", "slug")


class Named(ModelChoiceIterator):
    """Key and name of each row as the database gives them: a thousand objects take ten times as long."""

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        yield from self.queryset.values_list(self.field.to_field_name or "pk", translated("name"))


def offer(field: Any, rows: Any) -> None:
    """Fills `field` with `rows`, by their names."""
    field.iterator, field.queryset = Named, rows


def listed(rows: Any, key: str = "pk") -> list[tuple[Any, str]] | None:
    """Key and name of each of `rows`, or None when they are too many to choose from."""
    found = list(rows.values_list(key, translated("name"))[: MOST + 1])
    return found if len(found) <= MOST else None


def offer_or_ask(form: forms.BaseForm, name: str, rows: Any) -> None:
    """Fills the field `name` with `rows`; when they are too many, it asks for names (`NameField`)."""
    field: Any = form.fields[name]
    choices, is_many = listed(rows), isinstance(field, forms.ModelMultipleChoiceField)
    if choices is None:
        about = {"label": field.label, "required": field.required, "hint": field.help_text}
        form.fields[name] = NameField(rows, is_many=is_many, **about)
    else:
        field.queryset = rows
        field.choices = choices if is_many else [("", field.empty_label), *choices]


def typed_names(rows: Any, keys: Any) -> dict[Any, str]:
    """What to type for each of `keys`: its name, or the end of its address where another of `rows` is called so."""
    chosen = list(rows.filter(pk__in=keys).values_list("pk", translated("name"), "slug"))
    alike = rows.annotate(shown=translated("name")).filter(shown__in=[name for _pk, name, _slug in chosen])
    times = Counter(alike.values_list("shown", flat=True))
    return {pk: name if times[name] == 1 else slug for pk, name, slug in chosen}


class NameField(forms.CharField):
    """One of `rows`, or several with a line each, by a name in any language, the short one or the end of the address.

    Cleaned into the row, or None; for several into a list.
    """

    def __init__(self, rows: Any, *, is_many: bool, hint: Any = "", **more: Any) -> None:
        one = gettext_lazy("Enter the name as its page shows it: there are too many to list them here.")
        many = gettext_lazy("Enter the names as their pages show them, each on a line of its own.")
        widget: Any = forms.Textarea({"rows": 4}) if is_many else forms.TextInput
        how = many if is_many else one
        help_text = format_lazy("{} {}", hint, how) if hint else how
        super().__init__(max_length=4000, widget=widget, help_text=help_text, **more)
        self.rows, self.is_many = rows, is_many
        self.called = [field.name for field in rows.model._meta.fields if field.name in CALLED]

    def prepare_value(self, value: Any) -> Any:
        """Keys of what was chosen before as what to type for them."""
        keys = [value] if isinstance(value, int) else value
        if not isinstance(keys, list):
            return value
        return "\n".join(typed_names(self.rows, keys).values())

    def clean(self, value: Any) -> Any:
        lines = [line for typed in super().clean(value).splitlines() if (line := typed.strip())]
        found = list(dict.fromkeys(self._found(line) for line in lines))
        if self.is_many:
            return found
        if len(found) > 1:
            raise ValidationError(_("Enter one name only."))
        return found[0] if found else None

    def _found(self, text: str) -> Any:
        rows = list(self._like(text, "iexact")[: NEAREST + 1])
        if len(rows) == 1:
            return rows[0]
        if rows:
            raise ValidationError(
                _("Several are called “%(text)s”. Enter the end of its page’s address instead: %(ends)s."),
                params={"text": text, "ends": ", ".join(row.slug for row in rows)},
            )
        near = ", ".join(row.name for row in self._like(text, "icontains")[:NEAREST])
        if near:
            raise ValidationError(
                _("Nothing is called “%(text)s”. Did you mean one of these: %(names)s?"),
                params={"text": text, "names": near},
            )
        raise ValidationError(
            _("Nothing is called “%(text)s”. Enter the name as its page shows it."), params={"text": text}
        )

    def _like(self, text: str, lookup: str) -> Any:
        words = Q()
        for name in self.called:
            words |= Q(**{f"{name}__unaccent__{lookup}": text})
        return self.rows.filter(words)


class NamedFilter(ModelChoiceFilter):
    """One of the rows, by its slug; where they are too many to choose from, by whatever it is called."""

    @property
    def field(self) -> Any:
        if not hasattr(self, "_field"):
            rows = self.get_queryset(self.get_request())
            choices = listed(rows, "slug")
            if choices is None:
                self._field = NameField(rows, is_many=False, required=False, label=self.label)
            else:
                field: Any = super().field
                field.iterator, field.choices = ChoiceIterator, choices
        return self._field
