"""The button on an application that writes to the head of the team."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from csirt_network.models import Application
from invitations.actions.heads import write_to_head
from review.actions import Refused


@require_POST
def application_write(request: HttpRequest, pk: int) -> HttpResponse:
    application = get_object_or_404(Application.objects.visible_to(request.user).select_related("state"), pk=pk)
    if not request.user.has_perm("csirt_network.write_to_head", application):
        raise PermissionDenied
    if not application.is_to_fill:
        messages.error(request, _("This application was sent already. Nothing was sent a second time."))
        return redirect(application)
    try:
        write_to_head(application=application, by=request.user)
        messages.success(request, _("A mail to %(name)s is on its way.") % {"name": application.head_name})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(application)
