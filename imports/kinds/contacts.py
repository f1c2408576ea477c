from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rules.permissions import has_perm

from common.days import today
from correspondence.actions import contacts as actions
from correspondence.forms.contacts import REACHED, NameForm
from correspondence.models import PointOfContact
from imports.cells import spelled
from imports.kinds.base import Kind, RowRefused
from member_states.models import MemberState

NAMED = ("name", "starts_on", "named_reference")
COLUMNS = ("state", "name", *REACHED, "starts_on", "named_reference", "confirmed_on")


class ContactForm(forms.ModelForm):
    """What three pages have: who is named by a state, how they are reached, and when the state last confirmed it."""

    state = forms.ModelChoiceField(label=gettext_lazy("Member state"), queryset=MemberState.objects.none())
    confirmed_on = forms.DateField(label=gettext_lazy("Confirmed on"), required=False)

    class Meta:
        model = PointOfContact
        fields = ("name", *REACHED, "starts_on", "named_reference")
        labels = NameForm.Meta.labels

    def __init__(self, *args: Any, by: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        state: Any = self.fields["state"]
        state.queryset = MemberState.objects.visible_to(by).in_order()

    clean_starts_on = NameForm.clean_starts_on

    def clean_confirmed_on(self) -> Any:
        day = self.cleaned_data["confirmed_on"]
        if day and day > today():
            raise forms.ValidationError(_("This day is still to come."))
        return day


class ContactPoints(Kind):
    code = "contact-points"
    names_people = True

    @classmethod
    def may(cls, user: Any) -> bool:
        return bool(has_perm("correspondence.write_notes", user))

    def about(self) -> str:
        return _(
            "A row without an id enters whom a state named by a note, unless that address stands for the state"
            " already. Who is ended, and which note of the programme a state answers, is said on its page, never by"
            " a table."
        )

    def form(self, thing: Any = None, data: Any = None) -> ContactForm:
        return ContactForm(data, by=self.by, instance=thing)

    def names(self) -> tuple[str, ...]:
        return COLUMNS

    def things(self) -> Any:
        standing = PointOfContact.objects.visible_to(self.by).filter(ended_by=None)
        return standing.select_related("state").order_by("state__name_en", "pk")

    def id(self, thing: Any) -> str:
        return str(thing.pk)

    def called(self, cells: dict[str, str]) -> str:
        return ", ".join(filter(None, (cells.get("name", ""), cells.get("state", ""))))

    def natural(self, cells: dict[str, str]) -> str:
        return f"{cells.get('state', '')} {spelled(cells['email'])}" if cells.get("email") else ""

    def check(self, thing: Any) -> None:
        if not has_perm("correspondence.keep_contacts", self.by, thing):
            raise RowRefused(_("You speak for this state yourself. Ask a colleague to enter it."), "state")

    def add(self, form: ContactForm) -> Any:
        facts = dict(form.cleaned_data)
        state, day = facts.pop("state"), facts.pop("confirmed_on")
        self.check(PointOfContact(state=state))
        contact = actions.name(state=state, by=self.by, **facts)
        if day:
            actions.confirm(contact=contact, on=day)
        return contact

    def change(self, thing: Any, form: ContactForm, changed: set[str]) -> None:
        given = form.cleaned_data
        if fixed := sorted(changed & {"state", *NAMED}):
            raise RowRefused(_("This was said by the note of the state. Another person is a row of its own."), fixed[0])
        if changed & set(REACHED):
            actions.change(contact=thing, edited=thing.edited, **{name: given[name] for name in REACHED})
        if "confirmed_on" in changed:
            if not given["confirmed_on"]:
                raise RowRefused(_("A confirmation is not taken back by a table. Write its day."), "confirmed_on")
            actions.confirm(contact=thing, on=given["confirmed_on"])
