from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from capability.actions.sharing import set_sharing
from capability.forms.sharing import SharingForm
from capability.models import Update
from member_states.models import MemberState


@require_http_methods(["GET", "POST"])
def state_sharing(request: HttpRequest, state: str) -> HttpResponse:
    """The lead liaison of a state chooses who sees what it had accepted."""
    found = get_object_or_404(MemberState.objects.visible_to(request.user), slug=state)
    if not request.user.has_perm("member_states.set_sharing", found):
        raise PermissionDenied
    form = SharingForm(request.POST or None, initial={"sharing": found.sharing})
    if form.is_valid():
        set_sharing(state=found, sharing=form.cleaned_data["sharing"], by=request.user)
        messages.success(request, _("Saved. It holds for all accepted answers from now on."))
        return redirect("state-sharing", found.slug)
    accepted = Update.objects.visible_to(request.user).accepted().in_rounds().filter(state=found)
    context = {"state": found, "form": form, "accepted": accepted.select_related("round").order_by("-accepted_at")}
    return render(request, "capability/state_sharing.html", context, status=422 if form.errors else 200)
