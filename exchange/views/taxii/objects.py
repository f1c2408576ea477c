"""The objects of a collection, read, posted and deleted (sections 5.3 to 5.8).

A page is one query over an index, whatever the size of the collection; its answer is made by joining the texts of the
objects, which nobody reads or writes anew.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exchange.actions.holding import stamp
from exchange.actions.portal import unsay
from exchange.actions.removing import remove
from exchange.machines import spend, too_many
from exchange.models import Collection, StixObject
from exchange.pushing import TooManyWait, push
from exchange.stix.cutting import MOST_BYTES, Uncuttable, too_long
from exchange.views.taxii.answers import STIX_TYPE, Wrong, answer, is_taxii, taxii, written
from exchange.views.taxii.collections import collection_of, require, require_writable
from exchange.views.taxii.filters import Asked, asked
from exchange.views.taxii.root import status_of

OF_ALL = ("id", "type", "version", "spec_version")
OF_ONE = ("version", "spec_version")
READ_AT_ONCE = 65_536
WAIT_SECONDS = 60


@taxii
@require_http_methods(["GET", "HEAD", "POST"])
def objects(request: HttpRequest, collection: str) -> HttpResponseBase:
    held = collection_of(request, collection)
    if request.method == "POST":
        return _posted(request, held)
    require(request, "read")
    wanted = asked(request, held, fields=OF_ALL, about="objects")
    return _envelope(wanted, wanted.of(_standing(request, held)))


@taxii
@require_safe
def manifest(request: HttpRequest, collection: str) -> HttpResponseBase:
    held = collection_of(request, collection)
    require(request, "read")
    wanted = asked(request, held, fields=OF_ALL, about="manifest")
    found, is_more = _page(wanted, wanted.of(_standing(request, held)), "stix_id", "version")
    listed = [
        {"id": row["stix_id"], "date_added": stamp(row["date_added"]), "version": stamp(row["version"]),
         "media_type": STIX_TYPE}
        for row in found
    ]  # fmt: skip
    return _listed("objects", listed, wanted, found, is_more)


@taxii
@require_http_methods(["GET", "HEAD", "DELETE"])
def object_detail(request: HttpRequest, collection: str, stix_id: str) -> HttpResponseBase:
    held = collection_of(request, collection)
    if request.method == "DELETE":
        return _deleted(request, held, stix_id)
    require(request, "read")
    wanted = asked(request, held, fields=OF_ONE, about=f"object {stix_id}")
    return _envelope(wanted, wanted.of(_of_one(request, held, stix_id)))


@taxii
@require_safe
def versions(request: HttpRequest, collection: str, stix_id: str) -> HttpResponseBase:
    held = collection_of(request, collection)
    require(request, "read")
    wanted = asked(request, held, fields=("spec_version",), about=f"versions {stix_id}")
    rows = wanted.of(_of_one(request, held, stix_id), versions="all")
    found, is_more = _page(wanted, rows, "version")
    return _listed("versions", [stamp(row["version"]) for row in found], wanted, found, is_more)


def _standing(request: HttpRequest, held: Collection) -> QuerySet[StixObject]:
    return StixObject.objects.visible_to(request.machine).standing().filter(collection=held)  # type: ignore[attr-defined]


def _of_one(request: HttpRequest, held: Collection, stix_id: str) -> QuerySet[StixObject]:
    """404 for an object that is not there, has been deleted or may not be read."""
    rows = _standing(request, held).filter(stix_id=stix_id)
    if not rows.exists():
        raise Http404
    return rows


def _page(wanted: Asked, rows: QuerySet[Any], *columns: str) -> tuple[list[dict[str, Any]], bool]:
    """The rows of the page, and whether there is more after them."""
    found = list(rows.order_by("date_added").values("date_added", *columns)[: wanted.limit + 1])
    return found[: wanted.limit], len(found) > wanted.limit


def _envelope(wanted: Asked, rows: QuerySet[Any]) -> HttpResponse:
    found, is_more = _page(wanted, rows, "body")
    listed = ",".join([row["body"] for row in found])
    return written(_with_list("objects", listed, wanted, found, is_more), headers=_dates(found))


def _listed(name: str, listed: Iterable[Any], wanted: Asked, found: list[Any], is_more: bool) -> HttpResponse:
    texts = ",".join(json.dumps(one) for one in listed)
    return written(_with_list(name, texts, wanted, found, is_more), headers=_dates(found))


def _with_list(name: str, listed: str, wanted: Asked, found: list[Any], is_more: bool) -> str:
    """`next` stands in manifests and versions as well: its parameter serves there, and programs ask for it."""
    cursor = f',"next":{json.dumps(wanted.cursor(found[-1]["date_added"]))}' if is_more else ""
    objects_ = f',"{name}":[{listed}]' if found else ""
    return f'{{"more":{json.dumps(is_more)}{cursor}{objects_}}}'


def _dates(found: list[Any]) -> dict[str, str]:
    """Of an empty answer there are none."""
    if not found:
        return {}
    first, last = found[0]["date_added"], found[-1]["date_added"]
    return {"X-TAXII-Date-Added-First": stamp(first), "X-TAXII-Date-Added-Last": stamp(last)}


def _posted(request: HttpRequest, held: Collection) -> HttpResponse:
    require_writable(request, held)
    if not is_taxii(request.headers.get("Content-Type", "")):
        raise Wrong(415, _("Send an envelope of TAXII 2.1, as application/taxii+json;version=2.1."))
    machine: Any = request.machine  # type: ignore[attr-defined]
    try:
        body = _body(request)
        spend(machine.token, pushed=len(body))
        about = {"collection": held, "team": machine.team, "by": machine.made_by, "token": machine.token}
        made = push(body=body, **about)
    except Uncuttable as wrong:
        raise Wrong(422, str(wrong)) from None
    except TooManyWait:
        raise too_many(WAIT_SECONDS) from None
    return answer(status_of(made), status=202)


def _body(request: HttpRequest) -> bytes:
    """No more of it is read than is taken."""
    announced = request.headers.get("Content-Length") or "0"
    if not announced.isdecimal() or int(announced) > MOST_BYTES:
        raise Wrong(413, too_long())
    read = bytearray()
    while len(read) <= MOST_BYTES and (chunk := request.read(READ_AT_ONCE)):
        read += chunk
    if len(read) > MOST_BYTES:
        raise Wrong(413, too_long())
    return bytes(read)


def _deleted(request: HttpRequest, held: Collection, stix_id: str) -> HttpResponse:
    """All versions, unless some are named. Only those that the team itself brought."""
    require(request, "read")
    require_writable(request, held)
    wanted = asked(request, held, fields=OF_ONE, about="delete")
    rows = list(wanted.of(_of_one(request, held, stix_id), versions="all"))
    if not rows:
        raise Http404
    team = request.machine.team  # type: ignore[attr-defined]
    if any(row.from_team_id != team.pk or row.alert_id for row in rows):
        raise Wrong(403, _("Another team brought this object. Only that team deletes it."))
    remove(rows)
    unsay(rows)
    return written("")
