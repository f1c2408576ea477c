"""More time for one state."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from capability.actions.extending import extend
from capability.forms.rounds import ExtensionForm
from capability.models import Extension
from capability.views.finding import find_update
from review.actions import Refused
from review.states import Status


@require_http_methods(["GET", "POST"])
def update_extend(request: HttpRequest, state: str, round: str) -> HttpResponse:
    """Extends, or reopens once the round is closed."""
    update = find_update(request.user, state, round)
    if not request.user.has_perm("capability.extend_update", update):
        raise PermissionDenied
    if update.round is None:
        raise Http404
    form = ExtensionForm(request.POST or None, update=update)
    if request.method == "POST" and form.is_valid():
        try:
            extend(update=update, by=request.user, **form.cleaned_data)
            words = _("%(state)s has until the new date, and its liaisons get a mail now.")
            messages.success(request, words % {"state": update.state})
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect(update.round)
    given = Extension.objects.visible_to(request.user).filter(update=update).select_related("by").order_by("-pk")
    is_sent = update.status not in (Status.DRAFT, Status.RETURNED)
    context = {"update": update, "form": form, "given": given, "is_sent": is_sent}
    return render(request, "capability/update_extend.html", context, status=422 if form.errors else 200)
