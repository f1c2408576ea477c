"""Asking who reads what, each of the two walls apart."""

from collections.abc import Callable
from typing import Any

from common.scope import Reach, reach_of, scope


class Readers:
    """People by name. `everything` is the reach of somebody from whom the database hides no row of the test."""

    def __init__(self, people: dict[str, Any], everything: Reach) -> None:
        self.people, self.everything = people, everything

    def of(self, model: Any, name_of: Callable[[Any], str]) -> dict[str, set[str]]:
        """For each row, as `name_of` calls it, who reads it; both walls must say so."""
        with scope(self.everything):
            rows = {row.pk: name_of(row) for row in model._base_manager.all()}
        found: dict[str, set[str]] = {name: set() for name in rows.values()}
        for who, person in self.people.items():
            with scope(self.everything):
                let = set(model.objects.visible_to(person).values_list("pk", flat=True))
            with scope(reach_of(person)):
                shown = set(model._base_manager.values_list("pk", flat=True))
            assert let == shown, f"{model._meta.label} to {who}: {[rows[pk] for pk in let ^ shown]}"
            for pk in let:
                found[rows[pk]].add(who)
        return found
