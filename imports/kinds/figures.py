from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rules.permissions import has_perm

from action_plan.actions.activities import EditedMeanwhile
from action_plan.actions.activity_parts import Key, set_participants
from action_plan.figures import GENDER_NAMES
from action_plan.forms.activity_parts import MOST_LINES, CountForm
from action_plan.models import Activity, ParticipantCount
from common.downloads import AT_ONCE
from imports.kinds.base import Kind, RowRefused
from member_states.models import MemberState
from review.actions import Refused

LONGEST_ID = 18  # digits


class FigureForm(CountForm):
    """One line of the page, and the activity whose page it is."""

    activity = forms.CharField(
        label=gettext_lazy("Activity"), help_text=gettext_lazy("Its id, as in the table of activities.")
    )
    state = forms.ModelChoiceField(
        label=gettext_lazy("State"),
        queryset=MemberState.objects.none(),
        required=False,
        help_text=gettext_lazy("Empty: no member state, or not stated."),
    )

    def __init__(self, *args: Any, kind: "Figures", **more: Any) -> None:
        super().__init__(*args, states=[], **more)
        self.kind = kind
        state: Any = self.fields["state"]
        state.queryset = MemberState.objects.visible_to(kind.by).in_order()
        self.fields["sector"].help_text = _("Empty: not stated.")

    def clean_activity(self) -> str:
        slug: str = self.cleaned_data["activity"]
        if self.kind.table_of(slug) is None:
            raise forms.ValidationError(_("No activity has this id."))
        return slug

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data | {
            name: self.cleaned_data[name] or 0 for name in GENDER_NAMES if name in self.cleaned_data
        }

    @property
    def key(self) -> Key:
        state = self.cleaned_data["state"]
        return state.pk if state else None, self.cleaned_data["sector"]


@dataclass
class Table:
    """All lines of an activity: as they were, and what they are to be."""

    activity: Activity
    lines: dict[str, ParticipantCount]
    known: dict[str, str]  # ids by state and sector
    figures: dict[Key, dict[str, int]] = field(default_factory=dict)
    is_changed: bool = False

    def __post_init__(self) -> None:
        for line in self.lines.values():
            self.figures[_key(line)] = {gender: getattr(line, gender) for gender in GENDER_NAMES}


class Figures(Kind):
    """An activity is read when the first row is about it: there may be a million lines of all activities."""

    code = "figures"
    told: ClassVar = {"title": gettext_lazy("Title")}

    def __init__(self, by: Any, of: Any = None) -> None:
        super().__init__(by, of)
        self.tables: dict[str, Table | None] = {}

    @classmethod
    def may(cls, user: Any) -> bool:
        return bool(has_perm("action_plan.edit_activity", user))

    def about(self) -> str:
        return _(
            "A row is one line of the participants of an activity: a state, a sector, and numbers. A row without an id"
            " adds a line, unless the activity has one of this state and sector; a line whose numbers are all zero is"
            " taken away. Of a course, recording attendance counts them anew."
        )

    def form(self, thing: Any = None, data: Any = None) -> FigureForm:
        return FigureForm(data, kind=self)

    def names(self) -> tuple[str, ...]:
        return ("activity", "state", "sector", *GENDER_NAMES)

    def things(self) -> Iterator[ParticipantCount]:
        return self._lines().order_by("activity_id", "state_id", "sector").iterator(AT_ONCE)

    def values(self, thing: Any) -> dict[str, Any]:
        return {name: getattr(thing, name) for name in self.names()} | {"activity": thing.activity.slug}

    def told_of(self, thing: Any) -> dict[str, str]:
        return {"title": thing.activity.title}

    def id(self, thing: Any) -> str:
        return str(thing.pk)

    def called(self, cells: dict[str, str]) -> str:
        return ", ".join(filter(None, (cells.get(name, "") for name in ("activity", "state", "sector"))))

    def natural(self, cells: dict[str, str]) -> str:
        words = (cells.get(name, "") for name in ("activity", "state", "sector"))
        return " ".join(words) if cells.get("activity") else ""

    def id_known(self, cells: dict[str, str]) -> str:
        table = self.table_of(cells.get("activity", ""))
        return table.known.get(self.natural(cells), "") if table else ""

    def with_id(self, pk: str) -> ParticipantCount | None:
        is_number = pk.isdecimal() and len(pk) <= LONGEST_ID
        slug = self._lines().filter(pk=pk).values_list("activity__slug", flat=True).first() if is_number else None
        table = self.table_of(slug) if slug else None
        return table.lines.get(pk) if table else None

    def table_of(self, slug: str) -> Table | None:
        """None when the reader knows no such activity."""
        if slug not in self.tables:
            activity = Activity.objects.visible_to(self.by).filter(slug=slug).first()
            self.tables[slug] = self._read(activity) if activity else None
        return self.tables[slug]

    def _read(self, activity: Activity) -> Table:
        lines = {self.id(line): line for line in self._lines().filter(activity=activity)}
        return Table(activity, lines, {self.natural(self.texts(line)): pk for pk, line in lines.items()})

    def add(self, form: FigureForm) -> Activity:
        if not any(form.figures.values()):
            raise RowRefused(_("Nobody is counted in this row. Give a number, or leave the row out."), "women")
        return self._set(form, None)

    def change(self, thing: Any, form: FigureForm, changed: set[str]) -> None:
        if "activity" in changed:
            raise RowRefused(_("A line stays with its activity. Write a new row for the other one."), "activity")
        self._set(form, thing)

    def finish(self) -> None:
        for table in self.tables.values():
            if table and table.is_changed:
                try:
                    set_participants(activity=table.activity, figures=table.figures, by=self.by)
                except EditedMeanwhile as error:
                    about = {"activity": table.activity.title}
                    raise Refused(_("A colleague saved “%(activity)s” meanwhile. Try again.") % about) from error

    def _set(self, form: FigureForm, line: ParticipantCount | None) -> Activity:
        """The page saves all lines of an activity at once: so does `finish`."""
        table: Any = self.table_of(form.cleaned_data["activity"])
        if not has_perm("action_plan.edit_activity", self.by, table.activity):
            raise RowRefused(_("A state that you speak for takes part in it. Ask a colleague to change it."))
        figures = {key: row for key, row in table.figures.items() if line is None or key != _key(line)}
        if form.key in figures:
            raise RowRefused(_("This state and sector have a line already: add the numbers there."), "sector")
        if any(form.figures.values()):
            figures[form.key] = form.figures
        if len(figures) > MOST_LINES:
            raise RowRefused(_("An activity has at most %(most)d lines.") % {"most": MOST_LINES})
        table.figures, table.is_changed = figures, True
        activity: Activity = table.activity
        return activity

    def _lines(self) -> Any:
        return ParticipantCount.objects.visible_to(self.by).select_related("activity", "state")


def _key(line: ParticipantCount) -> Key:
    return line.state_id, line.sector
