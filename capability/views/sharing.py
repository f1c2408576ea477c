from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.views.second_factor import fresh_to_act
from capability.actions.sharing import set_sharing
from capability.audiences import Sight, fingerprint, sights, sights_after
from capability.forms.sharing import SharingForm
from capability.models import SharingChange
from capability.reads import note_profile
from capability.shared_items import SharedItems
from common.scope import reach_of
from member_states.models import MemberState, Sharing


@require_http_methods(["GET", "POST"])
@fresh_to_act
def state_sharing(request: HttpRequest, state: str) -> HttpResponse:
    """Who sees what a state had accepted, thing by thing; its lead liaison chooses, sees what it does, and confirms."""
    found = get_object_or_404(MemberState.objects.visible_to(request.user), slug=state)
    may_set = request.user.has_perm("member_states.set_sharing", found)
    if not (may_set if request.method == "POST" else request.user.has_perm("member_states.view_sharing", found)):
        raise PermissionDenied
    form = SharingForm(request.POST or None, initial={"sharing": found.sharing})
    if not form.is_valid():
        context = {"may_set": may_set, "form": form}
        return _page(request, found, sights(found), context, status=422 if request.method == "POST" else 200)
    return _preview_or_set(request, found, form)


def _preview_or_set(request: HttpRequest, state: MemberState, form: SharingForm) -> HttpResponse:
    """Confirmed is what was seen: when anything changed since, it is shown again."""
    chosen, seen = form.cleaned_data["sharing"], form.cleaned_data["seen"]
    after = sights_after(state, chosen, request.user)
    sign = fingerprint(chosen, after)
    if seen == sign:
        set_sharing(state=state, sharing=chosen, by=request.user)
        messages.success(request, _("Saved. It holds for all accepted answers from now on."))
        return redirect("state-sharing", state.slug)
    context = {"may_set": True, "form": form, "chosen": Sharing(chosen), "sign": sign, "is_outdated": bool(seen)}
    return _page(request, state, after, context, status=409 if seen else 200)


def _page(
    request: HttpRequest, state: MemberState, seen: list[Sight], context: dict[str, Any], status: int
) -> HttpResponse:
    note_profile(request, state)
    changes = SharingChange.objects.visible_to(request.user).filter(state=state).select_related("by")
    layout = "layouts/workspace.html" if reach_of(request.user).staff else "layouts/service.html"
    shown = {"state": state, "layout": layout, "items": SharedItems(request.user, state, seen), "changes": changes}
    return render(request, "capability/state_sharing.html", shown | context, status=status)
