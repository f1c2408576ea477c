"""Chile and Jamaica with one of everything at every point of its life, and a canary in every sensitive field."""

import hashlib
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Max
from django.test import Client
from django.utils import timezone

from accounts.actions import make_token
from accounts.models import AuditEntry, SignInLink, User
from capability.models import (
    Indicator,
    Round,
    ThreatClass,
    Update,
)
from common.scope import PROGRAMME, scope
from common.sealing import seal
from csirt_network.models import TeamMember
from documents.models import Source
from member_states.models import MemberState
from ministry_desk.guests import BROWSER
from notices.kinds import matters
from notices.models import Mail
from notices.outbox import post
from notices.stopping import address_to_stop
from notices.work import work
from reporting.models import Run, Schedule
from search.indexing import build
from tests.access.canaries import CHILE, JAMAICA, canary
from tests.access.cast import cast
from tests.access.correspondence import KINDS as OF_CORRESPONDENCE
from tests.access.correspondence import correspondence_arguments, make_correspondence
from tests.access.dead_addresses import make_dead_addresses
from tests.access.enquiries import A_BROWSER, GUEST_TOKEN
from tests.access.exchange_claims import KINDS as OF_CLAIMS
from tests.access.exchange_claims import claim_arguments, make_claims
from tests.access.exchange_feeds import KINDS as OF_FEEDS
from tests.access.exchange_feeds import feed_arguments, make_collections
from tests.access.exchange_objects import KINDS as OF_OBJECTS
from tests.access.exchange_objects import make_objects, object_arguments
from tests.access.invitations import INVITED, make_invitations
from tests.access.machines import KINDS as OF_MACHINES
from tests.access.machines import machine_arguments, make_machines
from tests.access.network_admission import arguments_of
from tests.access.network_alerts import make_alerts, parts_of
from tests.access.network_directory import arguments as of_directory
from tests.access.network_directory import make_directory
from tests.access.network_freshness import arguments as of_freshness
from tests.access.network_freshness import make_freshness
from tests.access.network_groups import make_working_groups
from tests.access.network_library import make_groups, make_library
from tests.access.network_maturity import KINDS as OF_MATURITY
from tests.access.network_maturity import make_maturity, maturity_arguments
from tests.access.network_subscriptions import KINDS as OF_SUBSCRIPTIONS
from tests.access.network_subscriptions import make_subscriptions, subscription_arguments
from tests.access.network_writing import make_written, parts_of_written
from tests.access.partner_agreements import agreement_arguments, make_agreements
from tests.access.partner_contacts import KINDS as OF_PARTNERS
from tests.access.partner_contacts import make_partnerships, partner_arguments
from tests.access.partner_operations import KINDS as OF_OPERATIONS
from tests.access.partner_operations import make_operations, operation_arguments
from tests.access.partner_promises import KINDS as OF_PROMISES
from tests.access.partner_promises import make_promises, promise_arguments
from tests.access.plan_activities import activity_arguments, make_activities, make_calendars
from tests.access.plan_awareness import make_campaigns
from tests.access.plan_exercises import exercise_arguments, make_exercises
from tests.access.plan_experts import KINDS as OF_EXPERTS
from tests.access.plan_experts import expert_arguments, make_experts
from tests.access.plan_mandate import arguments as of_mandate
from tests.access.plan_mandate import make_mandate
from tests.access.plan_missions import KINDS as OF_MISSIONS
from tests.access.plan_missions import make_missions, mission_arguments
from tests.access.plan_requests import arguments as of_requests
from tests.access.plan_requests import make_requests
from tests.access.plan_training import arguments as of_training
from tests.access.plan_training import make_training
from tests.access.states import State
from tests.access.tables_brought import KINDS as OF_TABLES
from tests.access.tables_brought import make_table, table_arguments
from tests.access.visits import checksums, reaches
from tests.factories.capability import four, make_edition
from tests.passkeys import Passkey
from tests.signing_in import sign_in_from_inside

LINK = "the-token-of-one-link"
NO_UUID = "00000000-0000-4000-8000-000000000000"
MAIL_NAME = "20260801T090000-0123abcd"

# Each round holds the update of each state at one point of its life.
ROUNDS = {
    "draft": (2026, 2),
    "submitted": (2026, 1),  # every answer accepted, nothing released
    "objected": (2025, 2),  # sent, one answer to be returned, nothing released
    "undecided": (2025, 1),
    "returned": (2024, 2),
    "accepted": (2024, 1),
    "closed": (2023, 2),  # a draft that was never sent; its round is closed
    "late": (2023, 1),  # sent and all accepted; its round was closed before the review
}


class World:
    """What stands, who looks at it, and what the tables held before anybody came."""

    def __init__(self) -> None:
        self.edition = make_edition()
        self.indicators = list(Indicator.objects.select_related("factor__dimension"))
        self.threats = [_threat("phishing", 1), _threat("ransomware", 2)]
        self.people = cast()
        self.staff = self.people["manager"]
        self.rounds = {name: self._round(*slug, name) for name, slug in ROUNDS.items()}
        self.planned = self._round(2027, 1, "planned")
        self.source = Source.objects.create(key="a-source", title="A source")
        self.things: dict[str, dict[str, Any]] = {}
        for code, slug, liaison in ((CHILE, "chile", "own"), (JAMAICA, "jamaica", "other")):
            State(self, code, slug, self.people[liaison])
        self.schedule = self._schedule()
        self.progress = self._progress()
        self.invitations = make_invitations(self)
        self.maturity = make_maturity(self)
        self.library, self.groups = make_library(self), make_groups(self)
        self.directory = make_directory(self)
        self.drill = make_freshness(self)
        self.alerts = make_alerts(self)
        self.working_groups = make_working_groups(self)
        self.subscriptions = make_subscriptions(self)
        self.collections = make_collections()
        self.written = make_written(self)
        self.objects = make_objects(self)
        self.claims = make_claims(self)
        self.requests = make_requests(self)
        self.campaigns = make_campaigns(self)
        self.training = make_training(self)
        self.instrument = make_mandate(self)
        self.missions = make_missions(self)
        self.activities, self.calendar = make_activities(self), make_calendars(self)
        self.experts = make_experts(self)
        self.partnerships = make_partnerships(self)
        make_agreements(self)
        self.promises = make_promises(self)
        self.operations = make_operations(self)
        self.exercises = make_exercises(self)
        self.machines = make_machines(self)
        self.correspondence = make_correspondence(self)
        self.table = make_table(self)
        self.regional = self._regional()
        self._mail()
        self.failed_mail = make_dead_addresses(self)
        self._doors()
        build()
        self._look_around()

    def _round(self, year: int, number: int, name: str) -> Round:
        now, today = timezone.now(), timezone.localdate()
        opened = {} if name == "planned" else {"opened_by": self.staff, "opened_at": now - timedelta(days=20)}
        closed = {"closed_by": self.staff, "closed_at": now} if name in ("closed", "late") else {}
        return Round.objects.create(
            year=year,
            number=number,
            slug=f"{year}-{number}",
            edition=self.edition,
            period_from=today - timedelta(days=150),
            period_to=today,
            due_on=today + timedelta(days=9),
            **opened,
            **closed,
        )

    def _schedule(self) -> Schedule:
        schedule = Schedule.objects.create(
            languages=["en"], every="month", day=1, at="09:00", made_by=self.people["officer"]
        )
        schedule.states.set(MemberState.objects.filter(slug__in=("chile", "jamaica")))
        schedule.recipients.set([self.people["officer"]])
        return schedule

    def _regional(self) -> Run:
        """Made in earnest, of all that stands in the world: in the reach of a liaison of any state."""
        with scope(PROGRAMME):
            facts = {"kind": "region at a glance", "asked_by": self.people["officer"], "languages": ["en"]}
            run = Run.objects.create(slot=timezone.now(), as_of=timezone.now(), **facts)
        work(Run, run.pk)
        return run

    def _progress(self) -> Run:
        """Made in earnest of the round whose updates are drafts; it names all states, so no state has it."""
        with scope(PROGRAMME):
            facts = {"kind": "round progress", "round": self.rounds["draft"], "asked_by": self.people["officer"]}
            run = Run.objects.create(slot=timezone.now(), languages=["en"], **facts)
        work(Run, run.pk)
        return run

    def _mail(self) -> None:
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        letter = f"Subject: {canary(CHILE, 'SENT', 'mail')}\nTo: a@example.org\n\n{canary(CHILE, 'SENT', 'mail')}\n"
        (folder / f"{MAIL_NAME}.eml").write_text(letter)
        for things in self.things.values():
            updates, sent = things["updates"], things["submissions"]
            asked = [
                ("round opened", updates["draft"].pk),
                ("update sent", sent["submitted"].pk),
                ("update waiting", updates["undecided"].pk),
                ("update returned", sent["returned"].pk),
                ("update accepted", updates["accepted"].pk),
            ]
            with scope(PROGRAMME):
                for kind, object_id in asked:  # to everybody, whomever it concerns
                    post(kind=kind, object_id=object_id, people=self.people.values(), threshold="a test")

    def _doors(self) -> None:
        """A sign-in link and a link for a new password, both of an officer; an access token of a liaison."""
        digest = hashlib.sha256(LINK.encode()).hexdigest()
        SignInLink.objects.create(person=self.people["officer"], digest=digest)
        SignInLink.objects.update(made_at=timezone.now() + timedelta(days=1))  # so that it lives as long as the world
        officer = User.objects.get(pk=self.people["officer"].pk)
        self.token = make_token(name="A program", scopes=["read"], days=30, by=self.people["own"])[0]
        self.passkey = self._factors_of_a_liaison()
        self.reset = {"uidb36": user_pk_to_url_str(officer), "key": default_token_generator.make_token(officer)}

    def _factors_of_a_liaison(self) -> Authenticator:
        person, key = self.people["own"], Passkey()
        Authenticator.objects.create(user=person, type="totp", data={"secret": seal("JBSWY3DPEHPK3PXP")})
        credential = key.create({"publicKey": {"challenge": "eHg"}})
        data = {"name": canary(CHILE, "PEOPLE", "passkey"), "credential": credential}
        return Authenticator.objects.create(user=person, type="webauthn", data=data)

    def _look_around(self) -> None:
        """Everybody signs in; then one is disabled, whose session lives on."""
        self.clients = {role: Client() for role in ("anon", *self.people)}
        for role, person in self.people.items():
            sign_in_from_inside(self.clients[role], person)
        self.cookies = {
            role: {name: morsel.value for name, morsel in client.cookies.items()} | {BROWSER: A_BROWSER}
            for role, client in self.clients.items()
        }
        User.objects.filter(pk=self.people["disabled"].pk).update(is_active=False)
        self.roles = {person.pk: role for role, person in self.people.items()}
        self.team_people = list(TeamMember.objects.values_list("team", "person"))
        self.state_ids = list(MemberState.objects.values_list("pk", flat=True))
        self.last_audit_entry, self.last_mail = _last(self, AuditEntry), _last(self, Mail)
        self.refused: dict[tuple[str, bool], Any] = {}  # what the door of the administration answers to whom
        self.checksums = checksums(self)

    # What a row of the matrix names --------------------------------------------------------------------------------

    def arguments(self, thing: str, state: str = "chile") -> dict[str, Any]:
        """The parts of the path for `update:draft`, `round:planned`, `file:sent`, `run:done` and so on."""
        kind, _, which = thing.partition(":")
        own = self.things[state]
        found: dict[str, Any] = {"state": state, "slug": state, "number": 1, "question": "D1.1"}
        found |= {"section": "policy-and-strategy", "language": "en", "format": "pdf", "token": LINK, "name": MAIL_NAME}
        found |= {"collection": "community", "stix_id": f"indicator--{NO_UUID}", "status": NO_UUID, "rest": "nowhere"}
        found["purpose"] = "join"
        if kind == "update":
            found["round"] = self.rounds[which].slug
        elif kind == "round":
            found["round"] = (self.planned if which == "planned" else self.rounds[which]).slug
        elif kind == "file":
            found["token"] = own["files"][which].token
        elif kind == "run":
            found["pk"] = {"progress": self.progress, "region": self.regional}.get(which, own["runs"].get(which)).pk
        elif kind == "token":
            found["pk"] = self.token.pk
        elif kind == "person":
            found["pk"] = self.people["officer"].pk
        elif kind == "liaison":
            found["pk"] = self.people["deputy"].pk
        elif kind == "role":
            found["pk"] = self.people["officer"].roles.get().pk
        elif kind == "membership":
            found["pk"] = self.people["deputy"].liaisons.get().pk
        elif kind == "invitation":
            found |= {"pk": self.invitations[state if which == "state" else which].pk, "token": INVITED}
        elif kind == "passkey":
            found["pk"] = self.passkey.pk
        elif kind == "schedule":
            found["pk"] = self.schedule.pk
        elif kind == "opinion":
            found |= {"round": self.rounds[which].slug, "pk": own["opinions"][which].pk}
        elif kind == "enquiry":
            found |= {"round": self.rounds["draft"].slug, "pk": own["enquiries"][which].pk}
        elif kind == "plan":
            found |= {"pk": own["plans"][which].pk, "point": 2}
        elif kind in ("application", "closed-day"):
            found |= arguments_of(own, kind, which)
        elif kind == "letter":
            found["token"] = f"{GUEST_TOKEN}-{CHILE}"
        elif kind == "password":
            found |= self.reset
        elif kind in OF_MATURITY:
            found |= maturity_arguments(self, kind, which)
        elif kind == "working":
            held = self.working_groups
            found |= {"slug": held[which].slug, "group": held[which].slug}
            found |= {"pk": held["meeting"].pk, "token": held["paper"].token}
        elif kind == "working-vote":
            found |= {"slug": self.working_groups["closed"].slug, "pk": self.working_groups[f"vote-{which}"].pk}
        elif kind == "group":
            found["slug"] = self.groups[which].slug
        elif kind == "library":
            item, file = self.library[which or "green"]
            found |= {"pk": item.pk} | ({"token": file.token} if file else {})
        elif kind in OF_TABLES:
            found |= table_arguments(self, kind, which)
        elif kind in OF_OBJECTS:
            found |= object_arguments(self, kind, which)
        elif kind in OF_CORRESPONDENCE:
            found |= correspondence_arguments(self, kind, which, state)
        elif kind in OF_CLAIMS:
            found |= claim_arguments(self, kind, which)
        elif kind in OF_EXPERTS:
            found |= expert_arguments(self, kind, which)
        elif kind == "exercise":
            found |= exercise_arguments(self, which)
        elif kind in OF_MISSIONS:
            found |= mission_arguments(self, kind, which)
        elif kind in OF_SUBSCRIPTIONS:
            found |= subscription_arguments(self, kind)
        elif kind == "alert":
            found |= parts_of(self, which)
        elif kind in OF_FEEDS:
            found |= feed_arguments(self, kind, which)
        elif kind in OF_MACHINES:
            found |= machine_arguments(self, kind, which)
        elif kind in ("activity", "calendar", "calendar-secret"):
            found |= activity_arguments(self, kind, which)
        elif kind in OF_PARTNERS:
            found |= partner_arguments(self, kind, which)
            found |= agreement_arguments(self, which) if kind == "agreement" else {}
        elif kind in OF_PROMISES:
            found |= promise_arguments(self, kind, which)
        elif kind in OF_OPERATIONS:
            found |= operation_arguments(self, kind, which)
        elif kind == "help":
            found["slug"] = "review"
        elif kind == "dataset":
            found["slug"] = which
        elif kind == "sitemap":
            found["name"] = which
        elif kind == "member":
            found["pk"] = self.people["analyst"].teams.get().pk
        elif kind == "csirt":
            found |= of_directory(self, which, state)
        elif kind == "written":
            found |= parts_of_written(self, which)
        elif kind == "drill":
            found |= of_freshness(self, which, state)
        elif kind == "asked":
            found |= of_requests(self, which, state)
        elif kind == "course":
            found |= of_training(self, which, state)
        elif kind in ("instrument", "deployment"):
            found |= of_mandate(self, kind)
        elif kind == "dead-address":
            found["pk"] = self.people["foreign"].pk
        elif kind == "failed-mail":
            found["pk"] = self.failed_mail
        elif kind == "stopping":
            found["token"] = address_to_stop(self.people["own"], [matters()["results"]]).split("/")[-2]
        return found | self.campaigns.get(thing, {})

    def absent(self, thing: str) -> dict[str, Any]:
        """The same for what does not exist."""
        found = self.arguments(thing)
        return found | {
            "round": "1999-9",
            "token": uuid.UUID(int=7),
            "pk": 987654321,
            "version": 987654,
            "collection": uuid.UUID(int=7),
            "document": 987654321,
        }

    def update(self, name: str) -> Update:
        return self.things["chile"]["updates"][name]

    def mails(self) -> list[Mail]:
        with scope(PROGRAMME):
            return list(Mail.objects.select_related("person"))


def _last(world: World, model: Any) -> int:
    """Over what every scope shows."""
    newest = 0
    for reach in reaches(world):
        with scope(reach):
            newest = max(newest, model.objects.aggregate(Max("pk"))["pk__max"] or 0)
    return newest


def _threat(code: str, position: int) -> ThreatClass:
    return ThreatClass.objects.create(code=code, position=position, **four("name", code), **four("help", code))
