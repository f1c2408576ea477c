"""A long walk of invented deeds through the life of alerts, which asks after each of them who reads what.

Persons of four teams, of a constituent and of the programme write, quote, publish, hand over, give back, revise, raise,
lower, countersign and close, as their scopes and rules let them. `Walk.faults` says where a deed let somebody read what
it should not have; empty is what is promised.
"""

import random
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from common.scope import PROGRAMME, reach_of, scope
from common.tlp import ORDER, Tlp
from csirt_network.actions.labels import agree_to_lower, lower_label, raise_label
from csirt_network.actions.publishing import close, countersign, give_back, hand_over, publish, revise
from csirt_network.actions.writing import Changed, Written, rewrite, write
from csirt_network.models import Alert, GroupMember, Lowering, Quote, Recipient, SharingGroup, Team
from review.actions import Refused
from tests.factories.accounts import make_staff
from tests.factories.csirt_network import make_member, make_team
from tests.factories.member_states import make_liaison, make_state

LATELY, TRIES = 40, 8  # deeds are about the newest alerts
STATES = ("chile", "jamaica", "brazil", "haiti")
NOT_DONE = (Refused, Changed, DatabaseError, Alert.DoesNotExist)


class Ground:
    """Teams and people that stand while walks come and go."""

    def __init__(self) -> None:
        self.staff = [make_staff("Olga Officer", "officer"), make_staff("Marta Gestora", "manager")]
        with scope(PROGRAMME):
            self.teams = [make_team(f"CSIRT of {slug}", make_state(slug)) for slug in STATES]
            home = self.teams[0]
            self.teams.append(make_team("CSIRT of the banks", home.state, kind="sector", constituent_of=home))
            self.group = SharingGroup.objects.create(name="Two of them", slug="two", made_by=self.staff[0])
            for team in self.teams[:2]:
                GroupMember.objects.create(group=self.group, team=team)
        people = [(make_member(f"{kind} {t.slug}", t, kind), t) for t in self.teams for kind in KINDS]
        self.of_teams: list[tuple[User, Team | None]] = [*people, *((person, None) for person in self.staff)]
        self.liaison = make_liaison("Camila Muestra", self.teams[0].state)


KINDS = ("representative", "analyst")


class Walk:
    """`may` says, for each alert, who ever was allowed to read it; `reads` who does now."""

    def __init__(self, ground: Ground, seed: int) -> None:
        self.ground, self.random = ground, random.Random(seed)
        self.everybody: list[Any] = [AnonymousUser(), ground.liaison, *(person for person, _ in ground.of_teams)]
        self.reads: dict[int, set[Any]] = {}
        self.ever: dict[int, set[Any]] = {}
        self.questions: dict[Any, tuple[str, Any]] = {}
        self.done: dict[str, int] = {}
        self.faults: list[str] = []

    def steps(self, number: int) -> None:
        for _ in range(number):
            self.step()

    def step(self) -> None:
        person, team = self.random.choice(self.ground.of_teams)
        deed = self.random.choices(list(DEEDS), weights=list(DEEDS.values()))[0]
        try:
            with scope(reach_of(person)), transaction.atomic():
                touched = deed(self, person, team)
        except NOT_DONE:
            return
        if touched is not None:
            name = deed.__name__.strip("_")
            self.done[name] = self.done.get(name, 0) + 1
            self.look(name, touched)

    # What must hold ---------------------------------------------------------------------------------------------------

    def look(self, deed: str, touched: Alert) -> None:
        now = self.who_reads()
        for pk, readers in now.items():
            grown = readers - self.reads.get(pk, set())
            if grown and not (pk == touched.pk and deed in WIDENS):
                self.faults.append(f"{deed} of alert {touched.pk}: alert {pk} is read by {_names(grown)} as well")
            self.ever[pk] = self.ever.get(pk, set()) | readers
        self.reads = now
        if touched.published_at and deed in WIDENS:
            self.look_at_quotes(deed, touched)

    def look_at_quotes(self, deed: str, touched: Alert) -> None:
        """Whoever reads what quotes could read what is quoted; an origin may send on what is its own."""
        with scope(PROGRAMME):
            pairs = list(Quote._base_manager.raw(QUOTES, [touched.pk]))
        for pair in pairs:
            if pair.same_origin:
                continue
            beyond = self.reads[touched.pk] - self.ever.get(pair.quoted_id, set())
            if beyond:
                what = f"alert {touched.pk} quotes {pair.quoted_id} to {_names(beyond)}"
                self.faults.append(f"{deed}: {what}")

    def who_reads(self) -> dict[int, set[Any]]:
        """By the second wall; where the first says something else, that is a fault."""
        found: dict[int, set[Any]] = {}
        for person in self.everybody:
            with scope(reach_of(person)):
                shown = set(Alert._base_manager.values_list("pk", flat=True))
                let = self.let_through(person)
            if shown != let:
                self.faults.append(f"the walls differ for {person}: {shown ^ let}")
            for pk in shown:
                found.setdefault(pk, set()).add(person)
        return found

    def let_through(self, person: Any) -> set[int]:
        """The question is made once for each: who is of what does not change in a walk."""
        if person not in self.questions:
            self.questions[person] = Alert.objects.visible_to(person).values("pk").query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(*self.questions[person])
            return {pk for (pk,) in cursor.fetchall()}

    # What is done -----------------------------------------------------------------------------------------------------

    def some_alert(self, person: Any, perm: str = "", **where: Any) -> Alert | None:
        """One of the newest that the person may act on."""
        found = list(Alert.objects.visible_to(person).filter(**where).order_by("-pk")[:LATELY])
        for alert in self.random.sample(found, min(TRIES, len(found))):
            if not perm or person.has_perm(f"csirt_network.{perm}", alert):
                return alert
        return None

    def recipients(self, tlp: str) -> list[Recipient]:
        choose, people = self.random, self.everybody[1:]
        if tlp == Tlp.RED or choose.random() < 0.1:
            return [Recipient(kind="person", person=who) for who in choose.sample(people, choose.randint(1, 2))]
        kind = choose.choice(["network", "sub-region", "group", "team", "team", "team", "programme"])
        if kind == "team":
            return [
                Recipient(kind="team", team=team) for team in choose.sample(self.ground.teams, choose.randint(1, 3))
            ]
        facts: dict[str, Any] = {"sub-region": {"sub_region": "Caribbean"}, "group": {"group": self.ground.group}}
        more = [Recipient(kind="programme")] if kind != "programme" and choose.random() < 0.3 else []
        return [Recipient(kind=kind, **facts.get(kind, {})), *more]

    def another_label(self, alert: Alert, *, higher: bool) -> str:
        """Mostly one that is asked for in earnest."""
        fitting = [label for label in Tlp.values if (ORDER[label] > ORDER[alert.tlp]) == higher and label != alert.tlp]
        return self.random.choice(fitting if fitting and self.random.random() < 0.9 else Tlp.values)

    def written(self, person: Any) -> Written:
        tlp = self.random.choice(Tlp.values)
        texts = {"title_en": "x", "happening_en": "x", "language": "en"}
        columns = {"kind": "warning", "tlp": tlp, "rsit": ["fraud"], **texts}
        quoted = self.some_alert(person, published_at__isnull=False) if self.random.random() < 0.3 else None
        return Written(columns=columns, recipients=self.recipients(tlp), quotes=[quoted] if quoted else [])


def _write(walk: Walk, person: Any, team: Team | None) -> Alert:
    return write(written=walk.written(person), origin=team, by=person)


def _rewrite(walk: Walk, person: Any, team: Team | None) -> Alert | None:
    alert = walk.some_alert(person, "edit_alert", published_at=None)
    if alert is None:
        return None
    return rewrite(alert=alert, written=walk.written(person), edited=alert.edited, by=person)


def _countersign(walk: Walk, person: Any, team: Team | None) -> Alert | None:
    alert = walk.some_alert(person, "countersign_alert", published_at=None)
    if alert is None:
        return None
    countersign(alert=alert, by=person)
    return alert


def _publish(walk: Walk, person: Any, team: Team | None) -> Alert | None:
    alert = walk.some_alert(person, "publish_alert", published_at=None)
    if alert is None:
        return None
    return publish(alert=alert, edited=alert.edited, by=person)


def _revise(walk: Walk, person: Any, team: Team | None) -> Alert | None:
    alert = walk.some_alert(person, "revise_alert", published_at__isnull=False)
    if alert is None:
        return None
    return revise(alert=alert, written=walk.written(person), edited=alert.edited, what_changed="x", by=person)


def _raise(walk: Walk, person: Any, team: Team | None) -> Alert | None:
    alert = walk.some_alert(person, "label_alert", published_at__isnull=False)
    if alert is None:
        return None
    return raise_label(alert=alert, tlp=walk.another_label(alert, higher=True), by=person)


def _lower(walk: Walk, person: Any, team: Team | None) -> Alert | None:
    alert = walk.some_alert(person, "label_alert", published_at__isnull=False)
    if alert is None:
        return None
    lower_label(alert=alert, tlp=walk.another_label(alert, higher=False), reason="x", by=person)
    return alert


def _agree(walk: Walk, person: Any, team: Team | None) -> Alert | None:
    asked = list(Lowering.objects.visible_to(person).select_related("alert").order_by("-pk")[:LATELY])
    lowering = walk.random.choice(asked) if asked else None
    if lowering is None or not person.has_perm("csirt_network.label_alert", lowering.alert):
        return None
    return agree_to_lower(lowering=lowering, by=person)


def _of_alert(perm: str, act: Callable[..., Any], **more: Any) -> Callable[[Walk, Any, Team | None], Alert | None]:
    def deed(walk: Walk, person: Any, team: Team | None) -> Alert | None:
        alert = walk.some_alert(person, perm)
        if alert is None:
            return None
        act(alert=alert, by=person, **more)
        return alert

    deed.__name__ = act.__name__
    return deed


DEEDS: dict[Callable[[Walk, Any, Team | None], Alert | None], int] = {
    _write: 5,
    _rewrite: 2,
    _countersign: 8,
    _publish: 10,
    _revise: 3,
    _raise: 2,
    _lower: 3,
    _agree: 4,
    _of_alert("hand_over_alert", hand_over): 4,
    _of_alert("give_back_alert", give_back, reason="x"): 2,
    _of_alert("close_alert", close, closing="x"): 1,
}
# Deeds by which whom an item comes from says that more may read it. `write` and `rewrite`: a draft and its makers.
WIDENS = {"write", "rewrite", "publish", "revise", "lower", "agree", "hand_over", "give_back"}
QUOTES = """
SELECT quote.*, here.origin_id IS NOT DISTINCT FROM there.origin_id AS same_origin
  FROM csirt_network_quote quote
  JOIN csirt_network_alert a ON a.id = quote.alert_id JOIN csirt_network_audience here ON here.id = a.audience_id
  JOIN csirt_network_alert b ON b.id = quote.quoted_id JOIN csirt_network_audience there ON there.id = b.audience_id
 WHERE quote.alert_id = %s
"""


def _names(people: set[Any]) -> str:
    return ", ".join(sorted(str(person) for person in people))
