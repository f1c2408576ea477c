"""All ways by which somebody meets alerts and items of the library: each says which of them it shows.

A channel is a function of a reader and of the numbers there are; `shown_by` asks all of them.
"""

import csv
import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from defusedxml import ElementTree
from django.test import Client

from accounts.actions import make_token
from accounts.models import AuditEntry, User
from common.scope import reach_of, scope
from csirt_network.actions.feeds import make_feed
from csirt_network.models import Alert, Announcement, LibraryItem, Subscription, Team
from exchange.misp.feeds import events_in
from exchange.misp.of_alerts import uuid_of
from exchange.models import Collection, StixObject
from exchange.stix.ids import stix_id
from notices.models import Mail
from notices.sending import write
from tests.signing_in import sign_in_from_inside

COLLECTIONS = "/taxii2/network/collections/"
ENTRY = "{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}id"
Shown = set[int]


class Visitor:
    """Somebody at a browser, with a program, a feed and a mail address of their own; nobody is at a browser alone."""

    def __init__(self, person: Any, *, is_first: bool = False) -> None:
        """`is_first`: of the cast of its world."""
        self.is_first = is_first
        self.person = User.objects.get(pk=person.pk) if person.is_authenticated else person
        self.reach = reach_of(self.person)
        self.browser = Client()
        self.headers: dict[str, str] = {}
        if self.person.is_authenticated:
            sign_in_from_inside(self.browser, self.person)
            token = make_token(name="A program", scopes=["read"], days=30, by=self.person)[1]
            self.headers = {"Authorization": f"Bearer {token}"}
            with scope(self.reach):
                Subscription.objects.create(person=self.person)  # to everything

    def page(self, path: str, wanted: Iterable[int] = (200,)) -> str:
        """What it says; nothing where it is refused as `wanted` lets."""
        return self._said(self.browser.get(path), path, wanted)

    def told(self, path: str, wanted: Iterable[int] = (200,)) -> Any:
        """By the API."""
        answer = Client().get(f"/api/v1/{path}", headers=self.headers)
        self._said(answer, path, wanted)
        return answer.json()

    def _said(self, answer: Any, path: str, wanted: Iterable[int]) -> str:
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert answer.status_code in wanted, f"{self.person} {path}: {answer.status_code}"
        return str(body.decode()) if answer.status_code == 200 else ""

    def feed(self, team: int | None = None) -> str:
        with scope(self.reach):
            of = Team.objects.get(pk=team) if team else None
            secret = make_feed(name="A reader", team=of, by=self.person)[1]
        return self._said(Client().get(f"/feeds/{secret}/alerts.atom"), "feed", (200,))

    def gets(self, kind: str, number: int) -> bool:
        """Whether there is a mail to write when it is to be sent."""
        return write(Mail(kind=kind, object_id=number, person=self.person)) is not None


# Of alerts ------------------------------------------------------------------------------------------------------------


def alert_page(who: Visitor, alerts: list[Alert]) -> Shown:
    return {alert.pk for alert in alerts if who.page(f"/alerts/{alert.pk}/", (200, 404))}


def alert_list(who: Visitor, alerts: list[Alert]) -> Shown:
    return linked("/alerts/", who.page("/alerts/"))


def alert_csv(who: Visitor, alerts: list[Alert]) -> Shown:
    by_code = {alert.code: alert.pk for alert in alerts if alert.published_at}
    lines = list(csv.reader(who.page("/alerts.csv").splitlines()))[1:]
    return {by_code[line[0]] for line in lines}


def alert_search(who: Visitor, alerts: list[Alert]) -> Shown:
    return linked("/alerts/", who.page("/search/?q=zebra&kind=alert"))


def alert_api_list(who: Visitor, alerts: list[Alert]) -> Shown:
    return {row["id"] for row in who.told("alerts/")["results"]}


def alert_api_detail(who: Visitor, alerts: list[Alert]) -> Shown:
    return {alert.pk for alert in alerts if who.told(f"alerts/{alert.pk}/", (200, 404)).get("id") == alert.pk}


def alert_api_search(who: Visitor, alerts: list[Alert]) -> Shown:
    groups = who.told("search/?q=zebra&kind=alert")["groups"]
    return {result["id"] for group in groups for result in group["results"]}


def alert_feed(who: Visitor, alerts: list[Alert]) -> Shown:
    return entries(who.feed() if who.person.is_authenticated else who.page("/alerts.atom"))


def alert_stix(who: Visitor, alerts: list[Alert]) -> Shown:
    return {alert.pk for alert in alerts if is_bundle_of(alert, who.page(f"/alerts/{alert.pk}/stix/", (200, 404)))}


def alert_api_stix(who: Visitor, alerts: list[Alert]) -> Shown:
    return {one.pk for one in alerts if is_bundle_of(one, json.dumps(who.told(f"alerts/{one.pk}/stix/", (200, 404))))}


def is_bundle_of(alert: Alert, text: str) -> bool:
    objects = json.loads(text or "{}").get("objects", ())
    return stix_id("report", "alert", alert.pk) in [value["id"] for value in objects]


def in_collections(reader: Any, who: Visitor, alerts: list[Alert]) -> Shown:
    """What a program that reads as `reader` finds in all collections together."""
    with scope(reader.reach):
        reports = StixObject.objects.visible_to(reader).newest().filter(type="report")
        return set(reports.values_list("alert", flat=True))


def alert_csaf(who: Visitor, alerts: list[Alert]) -> Shown:
    advisories = {one.pk: who.page(f"/alerts/{one.pk}/csaf/", (200, 404)) for one in alerts}
    return {one.pk for one in alerts if f'"id": "OAS-{one.code}"' in advisories[one.pk]}


def csaf_provider(who: Visitor, alerts: list[Alert]) -> Shown:
    by_name = {f"oas-{one.code}.json": one.pk for one in alerts if one.published_at}
    return {by_name[path.split("/")[1]] for path in who.page("/.well-known/csaf/white/index.txt").splitlines()}


def in_misp(reader: Any, who: Visitor, alerts: list[Alert]) -> Shown:
    """The same of all feeds of MISP; each event stands in one of them."""
    with scope(reader.reach):
        collections = Collection.objects.visible_to(reader)
        events = [event.uuid for one in collections for event in events_in(one, reader)]
    assert len(set(events)) == len(events)
    return {alert.pk for alert in alerts if uuid_of(alert.pk) in events}


def taxii(headers: dict[str, str], who: Visitor, alerts: list[Alert]) -> Shown:
    """What a program with a team's token polls: every collection it is told of."""
    by_id = {stix_id("report", "alert", alert.pk): alert.pk for alert in alerts}
    listed = Client().get(COLLECTIONS, headers=headers).json().get("collections", [])
    asked = [f"{COLLECTIONS}{one['id']}/objects/?match[type]=report" for one in listed]
    objects = [value for path in asked for value in Client().get(path, headers=headers).json().get("objects", [])]
    return {by_id[value["id"]] for value in objects}


def team_feed(team: int, who: Visitor, alerts: list[Alert]) -> Shown:
    return entries(who.feed(team))


def alert_mail(who: Visitor, alerts: list[Alert]) -> Shown:
    return {alert.pk for alert in alerts if who.gets("alert", alert.pk)}


def alert_subscription(who: Visitor, alerts: list[Alert]) -> Shown:
    """Of somebody who asks for everything."""
    with scope(who.reach):
        announced = dict(Announcement.objects.visible_to(who.person).values_list("alert", "pk"))
    return {pk for pk, announcement in announced.items() if who.gets("alert matched", announcement)}


def drafts(who: Visitor, alerts: list[Alert]) -> Shown:
    return linked("/alerts/", who.page("/alerts/drafts/", (200, 403)), "preview/")


def draft_page(who: Visitor, alerts: list[Alert]) -> Shown:
    return {one.pk for one in alerts if not one.published_at and who.page(f"/alerts/{one.pk}/preview/", (200, 404))}


# Of the library -------------------------------------------------------------------------------------------------------


def item_page(who: Visitor, items: list[LibraryItem]) -> Shown:
    return {item.pk for item in items if who.page(item.get_absolute_url(), (200, 404))}


def item_list(who: Visitor, items: list[LibraryItem]) -> Shown:
    return linked("/library/", who.page("/library/"))


def item_csv(who: Visitor, items: list[LibraryItem]) -> Shown:
    return {int(pk) for pk in re.findall(r"/library/(\d+)/", who.page("/library.csv"))}


def item_search(who: Visitor, items: list[LibraryItem]) -> Shown:
    return linked("/library/", who.page("/search/?q=zebra&kind=library"))


def item_api_list(who: Visitor, items: list[LibraryItem]) -> Shown:
    return {row["id"] for row in who.told("library/")["results"]}


def item_api_detail(who: Visitor, items: list[LibraryItem]) -> Shown:
    return {item.pk for item in items if who.told(f"library/{item.pk}/", (200, 404)).get("id") == item.pk}


# The trail ------------------------------------------------------------------------------------------------------------


def in_trail(who: Visitor, model: Any) -> Shown:
    """What entries of the audit trail speak of: those of the filter, and those that the wall shows without one."""
    with scope(who.reach):
        entries = [AuditEntry.objects.visible_to(who.person), AuditEntry._base_manager.all()]
        named = [found.filter(model=model._meta.label_lower) for found in entries]
        return {pk for found in named for pk in found.values_list("object_id", flat=True)}


def linked(path: str, page: str, more: str = "") -> Shown:
    return {int(pk) for pk in re.findall(rf'href="{path}(\d+)/{more}"', page)}


def entries(feed: str) -> Shown:
    ids = [entry.text for entry in ElementTree.fromstring(feed).findall(ENTRY)]
    return {int(address.rstrip("/").rsplit("/", 1)[1]) for address in ids}


Channel = Callable[[Visitor, list[Any]], Shown]
