"""Whom to tell of a weakness in the portal, and what happens then: the policy that security.txt names."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def disclosure_policy(request: HttpRequest) -> HttpResponse:
    contacts = [contact.strip() for contact in settings.SECURITY_CONTACTS]
    named = [(contact, contact.removeprefix("mailto:").removeprefix("tel:")) for contact in contacts]
    return render(request, "public_site/disclosure_policy.html", {"contacts": named})
