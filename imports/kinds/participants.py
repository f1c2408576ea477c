from collections import defaultdict
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rules.permissions import has_perm

from action_plan.actions import attendance, certificates
from action_plan.actions.selection import Decision, decide
from action_plan.forms.training import PersonForm
from action_plan.models import Attendance, Course, CourseSession, Nomination
from imports.cells import spelled
from imports.kinds.base import Kind, RowRefused

DECISION = ("status", "because")


class ParticipantForm(PersonForm):
    """With what three pages have: the person, what was decided, and who was there at each session."""

    status = forms.ChoiceField(label=gettext_lazy("Decision"), choices=Nomination.Status.choices, required=False)
    because = forms.CharField(label=gettext_lazy("Reason"), max_length=1000, required=False)

    def __init__(self, *args: Any, sessions: list[CourseSession], **more: Any) -> None:
        super().__init__(*args, **more)
        for session in sessions:
            label = f"{session.title} ({localtime(session.starts_at):%Y-%m-%d %H:%M})"
            choices = [("yes", _("Was there")), ("no", _("Was not there"))]
            self.fields[f"session_{session.pk}"] = forms.ChoiceField(label=label, choices=choices, required=False)


class Participants(Kind):
    """Of one course: `of` is the course."""

    code = "participants"
    names_people = True
    told: ClassVar = {"state": gettext_lazy("State")}

    def __init__(self, by: Any, of: Course) -> None:
        super().__init__(by, of)
        self.course = of
        self.there: dict[int, dict[int, bool]] = defaultdict(dict)

    @classmethod
    def may(cls, user: Any) -> bool:
        return bool(has_perm("action_plan.run_course", user))

    def about(self) -> str:
        return _(
            "States nominate, so a table changes those whom they nominated: what is known of them, who is"
            " selected, and who was there at which session. Somebody is known by the id, or by the e-mail"
            " address."
        )

    @cached_property
    def sessions(self) -> dict[str, CourseSession]:
        found = CourseSession.objects.visible_to(self.by).filter(course=self.course).order_by("starts_at", "pk")
        return {f"session_{session.pk}": session for session in found}

    def form(self, thing: Any = None, data: Any = None) -> ParticipantForm:
        return ParticipantForm(data, instance=thing, sessions=list(self.sessions.values()))

    def things(self) -> Any:
        found = Nomination.objects.visible_to(self.by).filter(course=self.course).kept()
        return found.select_related("state", "course__activity").order_by("nominated_at", "pk")

    @cached_property
    def attended(self) -> dict[tuple[int, int], bool]:
        rows = Attendance.objects.visible_to(self.by).filter(course=self.course)
        return {(row.nomination_id, row.session_id): row.was_there for row in rows}

    def values(self, thing: Any) -> dict[str, Any]:
        kept = {name: getattr(thing, name) for name in (*PersonForm.Meta.fields, *DECISION)}
        words = {True: "yes", False: "no", None: ""}
        there = {name: words[self.attended.get((thing.pk, one.pk))] for name, one in self.sessions.items()}
        return kept | there

    def told_of(self, thing: Any) -> dict[str, str]:
        return {"state": thing.state.slug}

    def id(self, thing: Any) -> str:
        return str(thing.pk)

    def called(self, cells: dict[str, str]) -> str:
        return cells.get("name", "") or cells.get("email", "")

    def natural(self, cells: dict[str, str]) -> str:
        return spelled(cells.get("email", ""))

    def check(self, thing: Any) -> None:
        if not has_perm("action_plan.correct_nomination", self.by, thing):
            raise RowRefused(_("You speak for the state of this person. Ask a colleague to change it."))

    def add(self, form: ParticipantForm) -> Any:
        raise RowRefused(_("Nobody of this address is nominated. States nominate, on the page of the course."), "email")

    def change(self, thing: Any, form: ParticipantForm, changed: set[str]) -> None:
        given, was = form.cleaned_data, thing.status
        if fields := sorted(changed & set(PersonForm.Meta.fields)):
            certificates.correct(nomination=form.instance, fields=fields, by=self.by)
        if changed & set(DECISION):
            decision = Decision(nomination=thing.pk, status=given["status"], because=given["because"], was=was)
            decide(course=self.course, decisions=[decision], by=self.by)
        for name in sorted(changed & set(self.sessions)):
            self._note(thing, self.sessions[name], given[name], given["status"], name)

    def _note(self, thing: Any, session: CourseSession, said: str, status: str, name: str) -> None:
        if not session.has_begun:
            raise RowRefused(_("This session has not begun yet."), name)
        if status != Nomination.Status.SELECTED:
            raise RowRefused(_("Attendance is recorded of those who are selected."), name)
        if not said:
            raise RowRefused(_("What was recorded is not taken back by a table. Write yes or no."), name)
        self.there[session.pk][thing.pk] = said == "yes"

    def finish(self) -> None:
        for session in self.sessions.values():
            if there := self.there.get(session.pk):
                attendance.record(course=self.course, session=session, was_there=there, by=self.by)
