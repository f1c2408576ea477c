"""Taking away a second factor that its person has lost."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.forms import ReasonForm
from accounts.models import User
from accounts.resetting import reset_second_factor
from accounts.views.second_factor import fresh


@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def reset_factor(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm("accounts.reset_second_factor", person):
        raise PermissionDenied
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reset_second_factor(person=person, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The second factor of %(name)s is reset.") % {"name": person.name})
        return redirect("person", person.pk)
    context: dict[str, Any] = {"person": person, "form": form}
    return render(request, "accounts/factor_reset.html", context, status=422 if form.is_bound else 200)
