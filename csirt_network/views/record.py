"""Keeping a team's entry: facts, contacts, keys and memberships elsewhere."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from csirt_network.actions.directory import add_key, remove, save_affiliation, save_contact, save_facts
from csirt_network.forms.directory import AffiliationForm, ContactForm, FactsForm, KeyForm
from csirt_network.models import Affiliation, Contact, Team, TeamKey, TeamProfile
from csirt_network.rfc2350 import chapters
from csirt_network.views.found import team_for
from documents.views import layout_of

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
def team_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The facts as a form, and the way to everything else of the entry."""
    team = team_for(request, slug, "edit_team")
    form = FactsForm(request.POST if request.method == "POST" else None, instance=team)
    if form.is_valid():
        save_facts(team=team, facts=form.cleaned_data, by=request.user)
        messages.success(request, _("The entry is saved."))
        return redirect("team-edit", slug)
    context = {
        "layout": layout_of(request),
        "team": Team.objects.select_related("state").get(pk=team.pk),
        "form": form,
        "profile": TeamProfile.objects.visible_to(request.user).filter(team=team).first(),
        "chapters": list(chapters()),
        "contacts": Contact.objects.visible_to(request.user).filter(team=team),
        "keys": TeamKey.objects.visible_to(request.user).filter(team=team),
        "affiliations": _affiliations(request, team),
    }
    return render(request, "csirt_network/team_edit.html", context, status=422 if form.errors else 200)


def _affiliations(request: HttpRequest, team: Team) -> list[tuple[str, Any, Affiliation | None]]:
    held = {one.body: one for one in Affiliation.objects.visible_to(request.user).filter(team=team)}
    return [(body.value, body.label, held.get(body.value)) for body in Affiliation.Body]


@form_page
def contact_new(request: HttpRequest, slug: str) -> HttpResponse:
    return _contact(request, team_for(request, slug, "edit_team"), Contact())


@form_page
def contact_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    team = team_for(request, slug, "edit_team")
    return _contact(request, team, get_object_or_404(Contact.objects.visible_to(request.user), team=team, pk=pk))


def _contact(request: HttpRequest, team: Team, contact: Contact) -> HttpResponse:
    is_new = contact.pk is None
    form = ContactForm(request.POST if request.method == "POST" else None, instance=contact)
    if form.is_valid():
        save_contact(team=team, contact=form.instance, by=request.user)
        messages.success(request, _("The contact is saved."))
        return redirect("team-edit", team.slug)
    return _form(request, team, form, _("Add a contact") if is_new else _("Change a contact"))


@require_POST
def contact_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    team = team_for(request, slug, "edit_team")
    contact = get_object_or_404(Contact.objects.visible_to(request.user), team=team, pk=pk)
    return _removed(request, team, contact, _("The contact is removed."))


@form_page
def key_new(request: HttpRequest, slug: str) -> HttpResponse:
    team = team_for(request, slug, "edit_team")
    form = KeyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            add_key(team=team, text=form.cleaned_data["armoured"], by=request.user)
            messages.success(request, _("The key is added."))
            return redirect("team-edit", slug)
        except ValidationError as refused:
            form.add_error("armoured", refused)
    return _form(request, team, form, _("Add a key"))


@require_POST
def key_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    team = team_for(request, slug, "edit_team")
    key = get_object_or_404(TeamKey.objects.visible_to(request.user), team=team, pk=pk)
    return _removed(request, team, key, _("The key is removed."))


@form_page
def affiliation_edit(request: HttpRequest, slug: str, body: str) -> HttpResponse:
    team, held = _affiliation(request, slug, body)
    form = AffiliationForm(request.POST if request.method == "POST" else None, instance=held, body=body)
    if form.is_valid():
        save_affiliation(team=team, body=body, facts=form.cleaned_data, by=request.user)
        messages.success(request, _("The membership is saved."))
        return redirect("team-edit", slug)
    return _form(request, team, form, Affiliation.Body(body).label)


@require_POST
def affiliation_remove(request: HttpRequest, slug: str, body: str) -> HttpResponse:
    team, held = _affiliation(request, slug, body)
    if held is None:
        raise Http404
    return _removed(request, team, held, _("The membership is removed."))


def _affiliation(request: HttpRequest, slug: str, body: str) -> tuple[Team, Affiliation | None]:
    team = team_for(request, slug, "edit_team")
    if body not in Affiliation.Body.values:
        raise Http404
    return team, Affiliation.objects.visible_to(request.user).filter(team=team, body=body).first()


def _removed(request: HttpRequest, team: Team, thing: Any, said: str) -> HttpResponse:
    remove(thing=thing, by=request.user)
    messages.success(request, said)
    return redirect("team-edit", team.slug)


def _form(request: HttpRequest, team: Team, form: Any, title: str) -> HttpResponse:
    context = {"team": team, "form": form, "title": title}
    return render(request, "csirt_network/team_form.html", context, status=422 if form.errors else 200)
