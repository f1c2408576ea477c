"""Lists of what has a name in four languages, to choose one or several from."""

from collections.abc import Iterator
from typing import Any

from django.forms.models import ModelChoiceIterator
from django_filters import ModelChoiceFilter
from django_filters.fields import ModelChoiceField

from common.translated import translated


class Named(ModelChoiceIterator):
    """Key and name of each row as the database gives them: a thousand objects take ten times as long."""

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        yield from self.queryset.values_list(self.field.to_field_name or "pk", translated("name"))


def offer(field: Any, rows: Any) -> None:
    """Fills `field` with `rows`, by their names."""
    field.iterator, field.queryset = Named, rows


class NamedField(ModelChoiceField):
    iterator = Named


class NamedFilter(ModelChoiceFilter):
    field_class = NamedField
