"""Django's own command, which here draws each model once instead of thousands of times.

After each operation Django draws the changed model and all that are related to it anew, for the operations that follow.
Here the drawn model itself is given what came to it: docs/decisions/0043.
"""

from typing import Any
from unittest.mock import patch

from django.core.management.commands import migrate
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import NOT_PROVIDED


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with patch.multiple(
            ProjectState, add_model=add, add_field=add_field, _append_option=append, _remove_option=remove
        ):
            super().handle(*args, **options)


def add(state: ProjectState, model: ModelState) -> None:
    key = model.app_label, model.name_lower
    state.models[key] = model
    if state._relations is not None:  # type: ignore[attr-defined]
        state.resolve_model_relations(key)
    if _are_drawn(state):
        state.apps.render_multiple([model])


def add_field(
    state: ProjectState, app_label: str, model_name: str, name: str, field: Any, preserve_default: bool
) -> None:
    if not preserve_default:
        field = field.clone()
        field.default = NOT_PROVIDED
    key = app_label, model_name
    state.models[key].fields[name] = field
    if state._relations is not None:  # type: ignore[attr-defined]
        state.resolve_model_field_relations(key, name, field)
    if _are_drawn(state):
        state.apps.get_model(*key).add_to_class(name, field.clone())
        state.apps.clear_cache()


def append(state: ProjectState, app_label: str, model_name: str, option: str, added: Any) -> None:
    _keep(state, app_label, model_name, option, lambda all_of_them: [*all_of_them, added])


def remove(state: ProjectState, app_label: str, model_name: str, option: str, name: str) -> None:
    _keep(state, app_label, model_name, option, lambda all_of_them: [one for one in all_of_them if one.name != name])


def _keep(state: ProjectState, app_label: str, model_name: str, option: str, change: Any) -> None:
    options = state.models[app_label, model_name].options
    options[option] = change(options[option])
    if _are_drawn(state):
        setattr(state.apps.get_model(app_label, model_name)._meta, option, options[option])


def _are_drawn(state: ProjectState) -> bool:
    return "apps" in state.__dict__  # Django asks so itself: to ask for them would draw them
