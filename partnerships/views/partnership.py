"""Where the contacts of a partner begin: what they owe, what was agreed, what came of it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.scope import reach_of
from documents.views import layout_of
from partnerships.models import Commitment, Partner, PartnerContact
from partnerships.partner_page import activities_of, agreements_of
from partnerships.views.partners import may

SHOWN = 50


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    if not may(request, "partnerships.view_own_partnership"):
        raise PermissionDenied
    user, mine = request.user, list(reach_of(request.user).partners)
    owed: Any = Commitment.objects.visible_to(user).with_status().filter(partner__in=mine)
    owed = owed.exclude(status="delivered")
    contacts = PartnerContact.objects.visible_to(user).current().filter(partner__in=mine)
    context = {
        "partners": Partner.objects.own(user).in_order(),
        "waiting": owed.select_related("agreement").order_by("due_by", "pk")[:SHOWN],
        "agreements": agreements_of(user, mine),
        "activities": activities_of(user, mine),
        "contacts": contacts.select_related("person", "partner").order_by("person__name"),
        "layout": layout_of(request),
    }
    return render(request, "partnerships/partnership.html", context)
