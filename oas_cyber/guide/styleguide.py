"""Every component of templates/components with what it is for, an example, and how it is included.

A component that belongs to the frame of each page, or to one place alone, is not shown twice: it says where it stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import HttpRequest
from django.template.loader import get_template
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from common.days import today
from notices.badge import Number
from reporting.insight.lines import Reading, StepLine

Words = str | Promise
EVERYWHERE = _("Stands in the frame of every page.")


@dataclass(frozen=True)
class Example:
    """`given` is what the component is included with; `place` says where it stands when it is not shown here."""

    name: str
    about: Words
    given: Mapping[str, Any] = field(default_factory=dict)
    place: Words = ""
    wrap: str = ""  # "table" around cells, "off" around what would act

    @property
    def code(self) -> str:
        told = " ".join(f"{name}={_written(name, value)}" for name, value in self.given.items())
        return f'{{% include "components/{self.name}.html" {"with " + told + " " if told else ""}only %}}'

    def shown(self, request: HttpRequest) -> str:
        context = {name: value() if callable(value) else value for name, value in self.given.items()}
        return get_template(f"components/{self.name}.html").render(context, request)


def _written(name: str, value: Any) -> str:
    """Numbers and codes as they are written; whatever is translated or looked up by its name."""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int):
        return str(value)
    return f'"{value}"' if isinstance(value, str) else name


class ExampleForm(forms.Form):
    name = forms.CharField(label=_("Name"), help_text=_("As it is written in the record."))
    stage = forms.ChoiceField(
        label=_("Stage"), choices=[(1, _("Start-up")), (2, _("Formative"))], widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="shown_%s", prefix="shown")


def _refused() -> forms.Form:
    form = ExampleForm({})
    form.is_valid()
    return form


def _name() -> Any:
    return ExampleForm()["name"]


class Shown(SimpleNamespace):
    def __str__(self) -> str:
        return str(self.name)


CHILE = Shown(code="CL", name=_("Chile"))
LINE = StepLine([Reading(1, True), Reading(2), Reading(4)])
EXAMPLES = (
    Example("stage", _("A stage with its digit and its name."), {"stage": 3}),
    Example("stage_badge", _("The digit of a stage alone, named for screen readers."), {"stage": 4}),
    Example("meter", _("Five blocks up to the stage; a line for the region."), {"stage": 3, "region": 2}),
    Example(
        "step_line",
        _("A stage over time. A table stands beside it."),
        {"line": LINE, "label": "2016: 1; 2025: 2; 2026: 4"},
    ),
    Example(
        "dotrow",
        _("Numbers from 1 to 5 in a row: now, last time, the region."),
        {"now": 3, "last": 2, "region": 4, "label": _("Policy and strategy")},
    ),
    Example("trend", _("How far something moved."), {"change": 1}),
    Example(
        "cell", _("A cell in a table of stages."), {"css": "st3", "text": "3", "title": _("Established")}, wrap="table"
    ),
    Example("mean", _("The cell that stands for a dimension on phones."), {"mean": 2.7, "css": "st3"}, wrap="table"),
    Example("pill", _("A status: icon, word and tint, never colour alone."), {"status": "accepted"}),
    Example(
        "mark", _("A fact as a pill, and who says so."), {"look": "done", "word": _("Adopted"), "note": _("reported")}
    ),
    Example("tlp", _("A TLP label. It is never translated."), {"tlp": "AMBER"}),
    Example("due", _("A date, and the days left or late."), {"date": lambda: today() + timedelta(days=9)}),
    Example("flag", _("The flag of a state, beside its name and never alone."), {"code": "CL", "size": "md"}),
    Example("state_chip", _("A state with its flag."), {"state": CHILE, "url": "/states/chile/"}),
    Example("avatar", _("Initials of a person."), {"name": "Ana Ejemplo"}),
    Example("source_chip", _("Where a figure comes from."), {"reference": "E-046/14"}),
    Example(
        "withdrawn", _("That a file was withdrawn, and when."), {"file": SimpleNamespace(withdrawn_at=timezone.now)}
    ),
    Example("reference", _("With what a fault is found in the log."), {"reference": "4f2a9c"}),
    Example("bar", _("A bar with its value as text."), {"value": 12, "maximum": 35, "label": _("States")}),
    Example(
        "waffle",
        _("Squares, seven in a row. The number stands in words beside them."),
        {"solid": 9, "striped": 4, "empty": 8},
    ),
    Example("squares", _("Factors answered. The number stands in words beside them."), {"done": 3, "of": 5}),
    Example("steps", _("Sections that are complete. The number stands in words beside them."), {"done": 4, "of": 9}),
    Example("progress", _("How far a task is."), {"value": 40, "maximum": 100, "label": _("Progress")}),
    Example(
        "round_bar",
        _("How far a round is: a square for each invited state, with its legend in words."),
        {"accepted": 8, "in_review": 4, "returned": 2, "in_progress": 6, "not_started": 5},
    ),
    Example(
        "timeline",
        _("Dated events."),
        {
            "events": [
                {"when": "2012", "text": _("Founded"), "source": "E-305/12"},
                {"when": "2026", "text": _("Done"), "later": True},
            ]
        },
    ),
    Example(
        "note",
        _("A note on its place: info, good, warn or bad."),
        {"text": _("Nothing is sent before you press “Send”."), "kind": "info"},
    ),
    Example(
        "messages",
        _("What the last action says. The frame of every page includes it."),
        {"messages": [Shown(name=_("Saved."), level_tag="success")]},
    ),
    Example(
        "empty",
        _("What stands where there is nothing, and what to do."),
        {"title": _("Nothing here yet"), "url": "/help/", "action": _("Help")},
    ),
    Example("my_turn", _("How much waits for the reader, on each home page."), {"count": Number(3, has_more=False)}),
    Example(
        "waiting",
        _("Pages where words wait on this device. A script shows it when there are some."),
        {"person": SimpleNamespace(pk=0)},
    ),
    Example("shared_computer", _("The mark of a shared computer. A script shows it where words are kept."), {}),
    Example("theme_choice", _("Light, dark or as the device. A script shows it."), {}),
    Example(
        "error_summary",
        _("What is wrong with a form, with links to the fields. It takes the focus."),
        {"form": _refused},
    ),
    Example("field", _("A field with label, hint and error."), {"field": _name, "width": "medium"}),
    Example("form_fields", _("All fields of a form in their order."), {"form": _refused}),
    Example("field_words", _("Hint and error of a field."), place=_("Is a part of the component “field”.")),
    Example(
        "confirm",
        _("A button that posts."),
        {"url": "#", "label": _("Close"), "csrf_token": "…", "icon": "check"},
        wrap="off",
    ),
    Example("file_row", _("A file or a link."), {"name": "strategy.pdf", "kind": "PDF", "note": "1.2 MB"}),
    Example(
        "tabs",
        _("Pages that belong together."),
        {
            "tabs": [{"url": "/help/", "label": _("Help"), "current": True}, {"url": "/states/", "label": _("States")}],
            "label": _("Example of tabs"),
        },
    ),
    Example(
        "crumbs", _("The way here."), {"crumbs": [{"url": "/states/", "label": _("States")}, {"label": _("Chile")}]}
    ),
    Example("back", _("The way back."), {"url": "/help/", "label": _("Help")}),
    Example("pagination", _("Earlier and later rows."), {"previous_url": "?page=1", "next_url": "?page=3"}),
    Example("logo", _("The globe."), {}),
    Example("brand", _("The globe with the name."), {"subtitle": True}),
    Example(
        "americas", _("The Americas in dots, on the dark blue of the front page."), place=_("Stands on the front page.")
    ),
    Example("language_name", _("The language of the reader, in that language."), {}),
    Example("find_link", _("The way to the search on narrow pages."), {}),
    Example("navigation", _("The way around."), place=EVERYWHERE),
    Example("menu_button", _("Opens the menu on a phone."), place=EVERYWHERE),
    Example("menu_close", _("Closes the menu on a phone."), place=EVERYWHERE),
    Example("find", _("The search of the whole portal."), place=EVERYWHERE),
    Example("language_form", _("The choice of the language."), place=EVERYWHERE),
    Example("footer", _("The foot of the pages of liaisons and of the public."), place=EVERYWHERE),
    Example("footer_public", _("The foot of the public pages: all of them."), place=_("Stands on the public pages.")),
    Example("language_links", _("The languages of a public page."), place=_("Stands on the public pages.")),
    Example("trial_banner", _("That this is a trial."), place=EVERYWHERE),
    Example("patterns", _("Hatchings that charts refer to."), place=EVERYWHERE),
    Example("tour", _("The steps of the first day."), place=_("Stands on the home page until it is left.")),
    Example("sign_in_picture", _("The right half of signing in."), place=_("Stands on the page for signing in.")),
    Example(
        "map",
        _("The member states as links, by the tag “americas_map”."),
        place=_("Stands on the page of the region and on the front page."),
    ),
    Example("map_shapes", _("The outlines of the states."), place=_("Is a part of the component “map”.")),
    Example("map_state", _("One state of the map."), place=_("Is a part of the component “map”.")),
    Example("map_leader", _("The line from a small state to its name."), place=_("Is a part of the component “map”.")),
)
