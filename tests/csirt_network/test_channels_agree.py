"""For everybody and every item all channels agree: page, list, search, API, feed, collection, mail, table, trail.

It is `visible_to`. On invented worlds (those of test_differential.py) each channel is asked what it shows somebody, and
must show all of it that is the channel's to show, and nothing else. OAS_EXAMPLES is the number of worlds.
"""

import itertools
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from common.scope import PROGRAMME, Reach, reach_of, scope
from common.tlp import Pap, Tlp
from csirt_network.models import Alert, Announcement, LibraryItem, Team
from csirt_network.team_reader import TeamReader
from exchange.actions.collections import keep_collections
from exchange.mirroring import catch_up
from search.indexing import sweep
from tests.access.visits import undone
from tests.csirt_network import channels
from tests.csirt_network.channels import Channel, Shown, Visitor
from tests.csirt_network.test_differential import (
    ITEM,
    NETWORK,
    READERS,
    Ground,
    Item,
    Who,
    join,
    make_alert,
    make_audience,
    make_library,
    person,
)
from tests.factories.csirt_network import make_member
from tests.factories.exchange import bearer, make_machine_token
from tests.house.time_left import is_over

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("OAS_EXAMPLES", "4"))
CAST = st.lists(READERS.map(lambda who: replace(who, is_active=True)), min_size=2, max_size=2)
WITH_MORE = st.tuples(ITEM, st.sampled_from([Pap.AMBER, Pap.AMBER, Pap.RED]), st.sampled_from([False, False, True]))
Given = tuple[Item, str, bool]
FOR_ALL: dict[str, Channel] = {
    "page": channels.alert_page,
    "list": channels.alert_list,
    "table": channels.alert_csv,
    "search": channels.alert_search,
    "STIX": channels.alert_stix,
    "CSAF": channels.alert_csaf,
}
FOR_PROGRAMS: dict[str, Channel] = {
    "API, list": channels.alert_api_list,
    "API, one": channels.alert_api_detail,
    "API, search": channels.alert_api_search,
    "API, STIX": channels.alert_api_stix,
}


@pytest.fixture
def ground(db: None) -> Ground:
    made = Ground()
    while sweep():
        pass
    return made


NUMBERS = itertools.count()
ANSWERS: Counter[str] = Counter()
WORLDS = itertools.count()


@pytest.fixture(autouse=True)
def _told(record_testsuite_property: Any) -> Iterator[None]:
    """How many times a channel said what it shows somebody, and in how many worlds."""
    yield
    record_testsuite_property("answers", sum(ANSWERS.values()))
    record_testsuite_property("worlds", next(WORLDS))


@given(network=NETWORK, items=st.lists(WITH_MORE, min_size=3, max_size=5), cast=CAST)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a world is dear: what is found is told as it was found
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_all_channels_agree(ground: Ground, network: list[int], items: list[Given], cast: list[Who]) -> None:
    """The first of the cast is named by some items and wrote others; the last is nobody."""
    if is_over():
        return
    next(WORLDS)
    with undone():
        people = [person(ground, who) for who in cast]
        join(ground, network, people[0])
        made = publish(ground, items, people[0])
        keep_collections()
        catch_up()
        while sweep():
            pass
        visitors = [Visitor(people[0], is_first=True), Visitor(people[1]), Visitor(AnonymousUser())]
        faults = [f"{who.person}: {fault}" for who in visitors for fault in faults_of(ground, who, made)]

        assert not faults, "\n".join(faults)


@dataclass(frozen=True)
class Made:
    """One invented item, as an alert and as an item of the library."""

    item: Item
    alert: Alert
    entry: LibraryItem


def publish(ground: Ground, items: list[Given], reader: Any) -> list[Made]:
    """All with a word by which they are found."""
    made = []
    for item, pap, is_exercise in items:
        author = reader if item.author else ground.author
        origin = None if item.origin is None else ground.teams[item.origin]
        with scope(Reach(teams=(origin.pk,) if origin else (), person=author.pk, staff=origin is None)):
            audience = make_audience(ground, item, origin, author, [author, *([reader] if item.named else [])])
            words = {"title_en": "Zebra", "language": "en", "pap": pap, "is_exercise": is_exercise}
            alert = make_alert(item, audience, origin, author, **words)
            made.append(Made(item, alert, make_library(item, audience, origin, author, title_en="Zebra")))
        if item.is_out:
            with scope(PROGRAMME):
                Announcement.objects.bulk_create([Announcement(alert=alert, version=alert.version)])
    return made


# What each channel is to show -----------------------------------------------------------------------------------------


def faults_of(ground: Ground, who: Visitor, made: list[Made]) -> list[str]:
    alerts, entries = [one.alert for one in made], [one.entry for one in made]
    asked = {f"alerts: {name}": (channel, alerts, wanted) for name, channel, wanted in of_alerts(ground, who, made)}
    asked |= {f"library: {name}": (channel, entries, wanted) for name, channel, wanted in of_library(who, entries)}
    shown = {name: (channel(who, rows), wanted) for name, (channel, rows, wanted) in asked.items()}
    ANSWERS.update(shown.keys())
    faults = [f"{name}: {found} instead of {wanted}" for name, (found, wanted) in shown.items() if found != wanted]
    for model, channel_of in ((Alert, "alerts"), (LibraryItem, "library")):
        beyond = channels.in_trail(who, model) - readable(who.person, model)
        faults += [f"{channel_of}: the trail speaks of {beyond}"] if beyond else []
    return faults


Asked = Iterator[tuple[str, Channel, Shown]]


def of_alerts(ground: Ground, who: Visitor, made: list[Made]) -> Asked:
    seen = readable(who.person, Alert)
    out = {one.alert.pk for one in made if one.item.is_out and one.alert.pk in seen}
    yield from ((name, channel, out) for name, channel in FOR_ALL.items())
    by_program = {one.alert.pk for one in made if may_go_by_program(one.alert)}
    if not who.person.is_authenticated:
        yield "public feed", channels.alert_feed, out & by_program
        yield "public collection", partial(channels.in_collections, who), out & by_program
        yield "public feed of MISP", partial(channels.in_misp, who), out & by_program
        yield "provider of advisories", channels.csaf_provider, out & by_program
        return
    yield from ((name, channel, out) for name, channel in FOR_PROGRAMS.items())
    yield "page of a draft", channels.draft_page, seen - out
    yield "drafts", channels.drafts, seen - out if who.person.has_perm("csirt_network.write_alert") else set()
    sent = {one.alert.pk for one in made if is_sent(ground, who, one)}
    yield "mail", channels.alert_mail, out & sent
    if who.person.has_perm("csirt_network.subscribe"):
        yield "feed", channels.alert_feed, out & by_program
        own = {one.alert.pk for one in made if one.alert.author_id == who.person.pk or one.alert.is_exercise}
        yield "subscription", channels.alert_subscription, out - own
    for team in who.reach.teams:
        reader = TeamReader(team)
        read = readable(reader, Alert)
        yield f"collections of team {team}", partial(channels.in_collections, reader), read & by_program
        yield f"feeds of MISP of team {team}", partial(channels.in_misp, reader), read & by_program
        yield f"TAXII of team {team}", partial(channels.taxii, signs_in(team)), read & by_program
        yield f"feed of team {team}", partial(channels.team_feed, team), read & by_program


def signs_in(team: int) -> dict[str, str]:
    """As a program with a token that somebody of the team made; nothing is read in that person's name."""
    with scope(PROGRAMME):
        found = Team.objects.get(pk=team)
    token, secret = make_machine_token(
        make_member(f"Rita Representative {next(NUMBERS)}", found, "representative"), found
    )
    return {**bearer(token, secret), "Accept": "application/taxii+json;version=2.1"}


def of_library(who: Visitor, entries: list[LibraryItem]) -> Asked:
    """A draft has a page for its makers, and stands in the list of those who may add to the library."""
    seen = readable(who.person, LibraryItem)
    out = {one.pk for one in entries if one.published_at and one.pk in seen}
    yield "page", channels.item_page, seen
    yield "list", channels.item_list, out | (seen if who.person.has_perm("csirt_network.add_to_library") else set())
    yield "table", channels.item_csv, out
    yield "search", channels.item_search, out
    if who.person.is_authenticated:
        yield "API, list", channels.item_api_list, out
        yield "API, one", channels.item_api_detail, out


def readable(user: Any, model: Any) -> Shown:
    """The truth."""
    with scope(reach_of(user)):
        return set(model.objects.visible_to(user).values_list("pk", flat=True))


def may_go_by_program(alert: Alert) -> bool:
    return bool(alert.published_at) and not (alert.is_exercise or alert.tlp == Tlp.RED or alert.pap == Pap.RED)


def is_sent(ground: Ground, who: Visitor, one: Made) -> bool:
    """A mail comes to whom it was sent, by name or as a team, and to the programme that was given it."""
    by_name = one.alert.author_id == who.person.pk or (one.item.named and who.is_first)
    to_team = any(ground.teams[number].pk in who.reach.teams for number in one.item.sent_to)
    return by_name or to_team or (who.reach.staff and one.alert.with_programme)
