"""Chile and Jamaica with one of everything at every point of its life, and a canary in every sensitive field."""

import hashlib
import uuid
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.files.base import ContentFile
from django.db.models import Max
from django.test import Client
from django.utils import timezone

from accounts.actions import make_token
from accounts.models import AuditEntry, SignInLink, User
from capability.models import (
    Answer,
    AnswerDecision,
    CsirtStatus,
    DraftAnswer,
    DraftEvidence,
    Evidence,
    Indicator,
    ReviewAssignment,
    ReviewNote,
    Round,
    SecondOpinion,
    SharingChange,
    StrategyConsultation,
    StrategyStatus,
    StrategyStep,
    StrategyVersion,
    Submission,
    SupportRequest,
    ThreatClass,
    ThreatLevel,
    Update,
    UpdateMove,
)
from common.days import today
from common.scope import PROGRAMME, Reach, scope
from common.sealing import seal
from csirt_network.models import Team, TeamMember
from documents.models import File, Link, Source
from member_states.models import Liaison, MemberState
from ministry_desk.guests import BROWSER
from notices.kinds import matters
from notices.models import Mail
from notices.outbox import post
from notices.stopping import address_to_stop
from notices.work import work
from reporting.models import Delivery, Run, RunFile, Schedule
from review.actions import move
from review.states import ACCEPT, RETURN, SUBMIT
from search.indexing import build
from tests.access.canaries import CHILE, JAMAICA, canary
from tests.access.correspondence import KINDS as OF_CORRESPONDENCE
from tests.access.correspondence import correspondence_arguments, make_correspondence
from tests.access.dead_addresses import make_dead_addresses
from tests.access.enquiries import A_BROWSER, GUEST_TOKEN, make_enquiries
from tests.access.exchange_claims import KINDS as OF_CLAIMS
from tests.access.exchange_claims import claim_arguments, make_claims
from tests.access.exchange_feeds import KINDS as OF_FEEDS
from tests.access.exchange_feeds import feed_arguments, make_collections
from tests.access.exchange_objects import KINDS as OF_OBJECTS
from tests.access.exchange_objects import make_objects, object_arguments
from tests.access.invitations import INVITED, make_invitations
from tests.access.machines import KINDS as OF_MACHINES
from tests.access.machines import machine_arguments, make_machines
from tests.access.network_admission import arguments_of, make_applications
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
from tests.access.partner_contacts import a_contact, make_partnerships, partner_arguments
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
from tests.access.plan_plans import make_plans
from tests.access.plan_requests import arguments as of_requests
from tests.access.plan_requests import make_requests
from tests.access.plan_training import arguments as of_training
from tests.access.plan_training import make_training
from tests.access.tables_brought import KINDS as OF_TABLES
from tests.access.tables_brought import make_table, table_arguments
from tests.access.visits import checksums, reaches
from tests.factories.accounts import make_person, make_staff
from tests.factories.capability import four, make_edition
from tests.factories.csirt_network import make_member, make_team
from tests.factories.member_states import make_liaison, make_state
from tests.passkeys import Passkey
from tests.signing_in import sign_in_from_inside

PASSWORD = "a long enough phrase"
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
REVIEWED = ("submitted", "objected", "undecided", "returned", "accepted")
AUDIENCES = {"D2": ("states", "STATES"), "D3": ("public", "PUBLIC")}


class World:
    """What stands, who looks at it, and what the tables held before anybody came."""

    def __init__(self) -> None:
        self.edition = make_edition()
        self.indicators = list(Indicator.objects.select_related("factor__dimension"))
        self.threats = [_threat("phishing", 1), _threat("ransomware", 2)]
        self.people = _cast()
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


def _cast() -> dict[str, User]:
    chile, jamaica = make_state("chile"), make_state("jamaica")
    ended = make_person("Otto Outside", password=PASSWORD)
    Liaison.objects.create(
        state=chile,
        person=ended,
        kind="lead",
        starts_on=date(2020, 1, 1),
        ends_on=today() - timedelta(days=1),
    )
    teams = _teams(chile, jamaica)
    return {
        "own": _liaison("Camila", chile, CHILE, "lead"),
        "deputy": _liaison("Diego", chile, CHILE, "deputy"),
        "other": _liaison("Marcus", jamaica, JAMAICA, "lead"),
        "team": make_member("Tomas Turno", teams["chile"], "representative", password=PASSWORD),
        "analyst": make_member("Ana Lista", teams["chile"], "analyst", password=PASSWORD),
        "sector": make_member("Sonia Sector", teams["sector"], "representative", password=PASSWORD),
        "foreign": make_member("Fay Foreign", teams["jamaica"], "representative", password=PASSWORD),
        "officer": make_staff("Ana Ejemplo", "officer", password=PASSWORD),
        "manager": make_staff("Marta Gestora", "manager", password=PASSWORD),
        "observer": make_staff("Olive Watcher", "observer", password=PASSWORD),
        "admin": make_staff("Ada Keeper", "administrator", password=PASSWORD),
        "ended": ended,
        "disabled": make_liaison("Dora Disabled", chile, "deputy", password=PASSWORD),
        "partner": a_contact(PASSWORD),
    }


def _teams(chile: MemberState, jamaica: MemberState) -> dict[str, Team]:
    """The national teams of both states, and one of Chile that is a constituent of the national one."""
    with scope(PROGRAMME):
        national = make_team("CSIRT of Chile", chile, slug="csirt-chile")
        sector = make_team("CSIRT of the banks", chile, slug="csirt-banks", kind="sector", constituent_of=national)
        return {
            "chile": national,
            "sector": sector,
            "jamaica": make_team("CIRT of Jamaica", jamaica, slug="cirt-jamaica"),
        }


def _liaison(name: str, state: MemberState, code: str, kind: str) -> User:
    named = f"{name} {canary(code, 'PEOPLE', 'name')}"
    return make_liaison(named, state, kind, email=f"{name.lower()}@example.org", password=PASSWORD)


def _threat(code: str, position: int) -> ThreatClass:
    return ThreatClass.objects.create(code=code, position=position, **four("name", code), **four("help", code))


class State:
    """One state's part of the world, written in the scopes that may write it."""

    def __init__(self, world: World, code: str, slug: str, liaison: User) -> None:
        self.world, self.code, self.by = world, code, liaison
        self.state = MemberState.objects.get(slug=slug)
        self.own = Reach(states=(self.state.pk,), person=liaison.pk)
        self.files: dict[str, File] = {}
        self.submissions: dict[str, Submission] = {}
        with scope(self.own):
            self.files = {"unsent": self._file("DRAFT"), "sent": self._file("SENT")}
            nobody = canary(JAMAICA if self.code == CHILE else CHILE, "DRAFT", "withdrawn")
            self.files["withdrawn"] = self._file("SENT", nobody)
            File.objects.exclude(pk=self.files["unsent"].pk).filter(state_id=self.state.pk).update(is_sent=True)
            self._withdraw()
        with scope(PROGRAMME):
            self.updates = {name: self._update(name, round) for name, round in world.rounds.items()}
            self.opinions = {name: self._talk(update) for name, update in self.updates.items() if name in REVIEWED}
            self._profile()
            self.plans = make_plans(self)
            self._links()
            self.runs = {status: self._run(status) for status in ("done", "failed")}
        with scope(self.own):
            for name in ("draft", "closed"):
                self._drafts(self.updates[name], [indicator.code for indicator in world.indicators])
            self._drafts(self.updates["returned"], ["D1.1"], mended=True)
            self.enquiries = make_enquiries(self)
        applications = make_applications(self)
        things = {"files": self.files, "updates": self.updates, "submissions": self.submissions, "runs": self.runs}
        things["plans"] = self.plans
        things |= {"opinions": self.opinions, "enquiries": self.enquiries, "applications": applications}
        world.things[slug] = things | {"state": self}

    def more_updates(self, names: list[str]) -> None:
        """Sent and decided ones, in further rounds of the world."""
        with scope(PROGRAMME):
            for name in names:
                self.updates[name] = self._update(name, self.world.rounds[name])
                self._decide(name)

    def sing(self, kind: str, field: str) -> str:
        return canary(self.code, kind, field)

    def _file(self, kind: str, word: str = "") -> File:
        content = f"%PDF-1.4 {word or self.sing(kind, 'content')}\n%%EOF\n".encode()
        file = File(
            state_id=self.state.pk,
            name=f"{self.sing(kind, 'file')}pdf",
            media_type="application/pdf",
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            uploaded_by=self.by,
        )
        file.content.save("evidence.pdf", ContentFile(content), save=False)
        file.save()
        return file

    def _withdraw(self) -> None:
        """Its content still lies there, as it does until the transaction has ended: nobody who sees it may hear it."""
        reason = self.sing("SENT", "withdrawn")
        gone = File.objects.filter(pk=self.files["withdrawn"].pk)
        gone.update(withdrawn_at=timezone.now(), withdrawn_by=self.by, withdrawn_because=reason)

    # Updates -------------------------------------------------------------------------------------------------------

    def _update(self, name: str, round: Round) -> Update:
        update = Update.objects.create(round=round, state=self.state, edition=round.edition)
        if name not in ("draft", "closed"):
            self.submissions[name] = self._submission(update, name)
            self._move(update, SUBMIT, self.by)
        if name in ("submitted", "late"):
            self._decide(name)
        elif name == "objected":
            self._decide(name, returned="D1.1")
        elif name == "returned":
            self._decide(name, returned="D1.1", released=True)
            self._move(update, RETURN, self.world.people["officer"])
        elif name == "accepted":
            self._decide(name, released=True)
            together = {"accepted_at": timezone.now() - timedelta(days=90), "audience": "public"}
            self._move(update, ACCEPT, self.world.people["officer"], **together)
        return update

    def _move(self, update: Update, way: Any, by: User, **together: Any) -> None:
        reason = "" if way is SUBMIT else self.sing("SENT", "reason")
        move(update, way, moves=UpdateMove, by=by, reason=reason, together=together, state_id=self.state.pk)

    def _submission(self, update: Update, name: str) -> Submission:
        submission = Submission.objects.create(
            update_sent=update,
            state=self.state,
            key=uuid.uuid4(),
            number=1,
            submitted_by=self.by,
            authors=[self.by.pk],
        )
        answers = Answer.objects.bulk_create(
            Answer(submission=submission, update=update, state=self.state, is_changed=name != "undecided", **content)
            for content in self._contents(accepted=name == "accepted")
        )
        Evidence.objects.bulk_create(self._proofs(Evidence, answers[0], "SENT", self.files["sent"]))
        if name == "accepted":
            Evidence.objects.bulk_create(self._proofs(Evidence, answers[1], "SENT", self.files["withdrawn"])[:1])
        return submission

    def _contents(self, *, accepted: bool) -> list[dict[str, Any]]:
        contents = [self._rated(indicator, accepted=accepted) for indicator in self.world.indicators]
        given = {"is_accepted": True, "is_current": True} if accepted else {}
        return contents + [{"question": q, "facts": facts, **given} for q, facts in self._facts("SENT").items()]

    def _rated(self, indicator: Indicator, *, accepted: bool) -> dict[str, Any]:
        audience, kind = AUDIENCES.get(indicator.code[:2], ("programme", "SENT")) if accepted else ("", "SENT")
        given = {"is_accepted": True, "is_current": True, "audience": audience} if accepted else {}
        text = self.sing(kind, f"answer-{indicator.code}")
        return {"question": indicator.code, "indicator": indicator, "stage": 2, "text": text, **given}

    def _facts(self, kind: str) -> dict[str, dict[str, Any]]:
        threat = {"level": "low", "trend": "steady", "source": self.sing(kind, "threats")}
        return {
            "csirt": {"status": "operational", "name": self.sing(kind, "csirt"), "host": self.sing(kind, "host")},
            "strategy": {
                "step": "drafting",
                "in_force": False,
                "title": self.sing(kind, "strategy"),
                "stages": {"initiation": "2024-05"},
                "versions": [{"title": self.sing(kind, "version"), "adopted": "2019"}],
                "consultations": [{"sector": "academia", "held": "2025", "women": 4}],
            },
            "threats": {threat_class.code: threat for threat_class in self.world.threats}
            | {"source": self.sing(kind, "picture")},
            "requests": {"1": self.sing(kind, "request")},
        }

    def _proofs(self, model: Any, answer: Any, kind: str, file: File) -> list[Any]:
        added = {"state": self.state, "answer": answer, "added_by": self.by, "added_at": timezone.now()}
        link = f"https://www.example.org/{self.sing(kind, 'link')}"
        return [
            model(title=self.sing(kind, "evidence"), file=file, **added),
            model(title=self.sing(kind, "link"), link=link, **added),
        ]

    def _decide(self, name: str, *, returned: str = "", released: bool = False) -> None:
        kind = "SENT" if released else "HELD"
        AnswerDecision.objects.bulk_create(
            AnswerDecision(
                answer=answer,
                state=self.state,
                verdict="return" if answer.question == returned else "accept",
                comment=self.sing(kind, "comment"),
                by=self.world.people["officer"],
                is_released=released,
                authors=[self.by.pk],
            )
            for answer in self.submissions[name].answers.all()
        )

    def _drafts(self, update: Update, rated: list[str], *, mended: bool = False) -> None:
        indicators = [indicator for indicator in self.world.indicators if indicator.code in rated]
        facts = {} if mended else self._facts("DRAFT")
        drafts = DraftAnswer.objects.bulk_create(
            DraftAnswer(
                update=update,
                state=self.state,
                saved_by=self.by,
                authors=[self.by.pk],
                is_complete=True,
                text=self.sing("DRAFT", "text"),
                **content,
            )
            for content in [
                *({"question": i.code, "indicator": i, "stage": 2} for i in indicators),
                *({"question": question, "facts": said} for question, said in facts.items()),
            ]
        )
        DraftEvidence.objects.bulk_create(self._proofs(DraftEvidence, drafts[0], "DRAFT", self.files["unsent"]))
        Update.objects.filter(pk=update.pk).update(answered=len(drafts), last_saved_at=timezone.now())

    def _talk(self, update: Update) -> SecondOpinion:
        """One colleague was asked and answered, another was asked; notes about the update and one answer."""
        officer, manager, said = self.world.people["officer"], self.world.people["manager"], {"state": self.state}
        for question in ("", "D1.1"):
            note = self.sing("DESK", "note")
            ReviewNote.objects.create(update_noted=update, question=question, text=note, by=officer, **said)
        ReviewAssignment.objects.create(update_assigned=update, person=officer, by=manager, **said)
        answer = update.answers.get(question="D1.1")
        asked = {"answer": answer, "asked": self.sing("DESK", "asked"), "asked_by": officer, **said}
        given = {"text": self.sing("DESK", "opinion"), "given_at": timezone.now()}
        SecondOpinion.objects.create(colleague=manager, **asked, **given)
        return SecondOpinion.objects.create(colleague=manager, **asked)

    # What is known of the state ------------------------------------------------------------------------------------

    def _profile(self) -> None:
        """Each kind of fact at another audience, its words accordingly."""
        said = {"state": self.state, "update": self.updates["accepted"]}
        CsirtStatus.objects.create(status="operational", name=self.sing("PUBLIC", "csirt"), audience="public", **said)
        StrategyStatus.objects.create(
            step="drafting", title=self.sing("SENT", "strategy"), audience="programme", **said
        )
        StrategyStep.objects.create(step="initiation", reached="2024-05", audience="programme", **said)
        StrategyVersion.objects.create(title=self.sing("SENT", "version"), audience="programme", **said)
        StrategyConsultation.objects.create(sector="academia", women=4, audience="states", **said)
        for threat in self.world.threats:
            note = self.sing("STATES", "threat")
            ThreatLevel.objects.create(threat=threat, level="high", source_note=note, audience="states", **said)
        SupportRequest.objects.create(point=1, need=self.sing("SENT", "need"), audience="programme", **said)
        SharingChange.objects.create(state=self.state, before="public", after="programme", by=self.by)

    def _links(self) -> None:
        """One that nobody else may know of, dead for long, and one that everybody may."""
        failed = {"failures": 3, "failed_since": timezone.now() - timedelta(days=9), "checked_at": timezone.now()}
        private = f"https://www.example.org/{self.sing('SENT', 'link')}"
        Link.objects.create(state_id=self.state.pk, url=private, host="www.example.org", **failed)
        Link.objects.get_or_create(state_id=None, url="https://www.example.org/public", defaults=failed)

    def _run(self, status: str) -> Run:
        reason = self.sing("HELD", "reason") if status == "failed" else ""
        run = Run.objects.create(slot=timezone.now(), state=self.state, languages=["en"], status=status, reason=reason)
        for format in ("pdf", "xlsx") if status == "done" else ():
            content = f"%PDF-1.4 {self.sing('SENT', 'report')}\n%%EOF\n".encode()
            file = RunFile(run=run, state=self.state, language="en", format=format, size=len(content), sha256="0" * 64)
            file.content.save(f"report.{format}", ContentFile(content), save=False)
            file.save()
        if status == "done":
            told = {"name": self.sing("PEOPLE", "told"), "language": "en", "at": timezone.now()}
            Delivery.objects.create(run=run, state=self.state, person=self.by, **told)
        return run
