"""Mail that did not arrive, for staff: why, what to do, and the addresses to which none is sent any more."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from common.downloads import each, table_response, where
from notices.addresses import Refused, mark, works_again
from notices.forms import DeadAddressForm
from notices.models import DeadAddress, Mail
from notices.work import retry

ON_A_PAGE = 50
ADDRESSES = "addresses"


@require_safe
@permission_required("notices.view_undelivered", raise_exception=True)
def undelivered(request: HttpRequest) -> HttpResponse:
    """`show=addresses`: those that do not work; else mails that failed within the last 30 days."""
    is_of_addresses = request.GET.get("show") == ADDRESSES
    rows = _addresses(request.user) if is_of_addresses else _failed(request.user)
    context = {
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
        "is_of_addresses": is_of_addresses,
        "tabs": _tabs(is_of_addresses),
        "may_keep": request.user.has_perm("notices.keep_addresses"),
        "may_send": request.user.has_perm("notices.send_again"),
    }
    return render(request, "notices/undelivered.html", context)


@require_safe
@permission_required("notices.view_undelivered", raise_exception=True)
def undelivered_table(request: HttpRequest, form: str = "csv") -> HttpResponseBase:
    if request.GET.get("show") == ADDRESSES:
        return table_response(_address_lines(_addresses(request.user)), "addresses-that-do-not-work", form)
    return table_response(_failed_lines(_failed(request.user)), "mail-undelivered", form)


def _failed_lines(mails: Any) -> Iterator[list[Any]]:
    yield [_("Person"), _("Address"), _("Why"), _("Since"), *where()]
    page = settings.SITE_URL + reverse("mail-undelivered")
    for one in each(mails):
        yield [one.person.name, one.address or one.person.email, one.why, one.finished_at, one.pk, page]


def _address_lines(addresses: Any) -> Iterator[list[Any]]:
    yield [_("Person"), _("Address"), _("Why"), _("Since"), _("Marked by"), *where()]
    page = f"{settings.SITE_URL}{reverse('mail-undelivered')}?show={ADDRESSES}"
    for one in each(addresses):
        yield [one.person.name, one.address, one.reason, localtime(one.at).date(), one.by.name, one.pk, page]


@require_POST
@permission_required("notices.send_again", raise_exception=True)
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    mail = get_object_or_404(Mail.objects.visible_to(request.user), pk=pk)
    if retry(mail):
        messages.success(request, _("The mail is in the outbox again."))
    else:
        messages.error(request, _("This mail waits in the outbox already, or was sent."))
    return redirect("mail-undelivered")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("notices.keep_addresses", raise_exception=True)
def address_mark(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    form = DeadAddressForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            mark(person=person, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("No more mail goes to this address. Its owner reads so at the next sign-in."))
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect(f"{reverse('mail-undelivered')}?show={ADDRESSES}")
    context = {"form": form, "person": person}
    return render(request, "notices/address_mark.html", context, status=422 if form.errors else 200)


@require_POST
@permission_required("notices.keep_addresses", raise_exception=True)
def address_works(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    if works_again(person=person, by=request.user):
        messages.success(request, _("Mail goes to this address again."))
    else:
        messages.error(request, _("This address is not marked any more."))
    return redirect(f"{reverse('mail-undelivered')}?show={ADDRESSES}")


def _failed(user: Any) -> Any:
    return Mail.objects.visible_to(user).failed().select_related("person").order_by("-finished_at", "-pk")


def _addresses(user: Any) -> Any:
    return DeadAddress.objects.visible_to(user).standing().select_related("person", "by").order_by("-at", "-pk")


def _tabs(is_of_addresses: bool) -> list[dict[str, Any]]:
    page = reverse("mail-undelivered")
    return [
        {"url": page, "label": _("Mails that failed"), "current": not is_of_addresses},
        {
            "url": f"{page}?show={ADDRESSES}",
            "label": _("Addresses that do not work"),
            "current": is_of_addresses,
        },
    ]
