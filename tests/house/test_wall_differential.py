"""Two walls, written apart, say the same: what ``visible_to(user)`` lets through is what the database shows the user.

Invented worlds, and in each an invented reader: liaison of some states, today or once, of this or that role, active or
not. Whatever the first wall lets through when nothing is hidden must be what the second shows when nothing is filtered.
No scope shows every row, as drafts are closed even to staff. So the first wall is asked in the programme's scope and in
each state's, which together hide nothing.

OAS_EXAMPLES is the number of worlds; the long proof runs with ten thousand.
"""

import itertools
import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

import psycopg2
import pytest
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.models import AuditEntry, StaffRole, User
from audit.models import Fingerprint, Seal
from capability.models import (
    Answer,
    AnswerDecision,
    CsirtStatus,
    DraftAnswer,
    DraftContributor,
    DraftEvidence,
    Evidence,
    Indicator,
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
from common.holes import walled_models
from common.scope import PROGRAMME, Reach, reach_of, scope
from documents.models import File, Link
from invitations.models import Invitation
from member_states.models import Liaison
from ministry_desk.models import AskedQuestion, Enquiry, GuestAnswer, GuestProof
from notices.models import DeadAddress, Mail, MailPreference
from reporting.models import Delivery, Run, RunFile
from search.models import Entry, Spelling, Stale, Word
from tests.access.visits import undone
from tests.action_plan import invented as of_plans
from tests.conftest import OWNER
from tests.correspondence import invented as of_correspondence
from tests.factories.accounts import make_person
from tests.factories.capability import four, make_edition, make_round
from tests.factories.member_states import make_state
from tests.house.time_left import is_over
from tests.imports import invented as of_imports
from tests.partnerships import invented as of_partnerships

pytestmark = pytest.mark.django_db
GIVEN = os.environ.get("OAS_EXAMPLES")
EXAMPLES = int(GIVEN or "60")
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
if not GIVEN or EXAMPLES >= 100:  # where small faults are tried, a difference is enough: nobody reads it
    PHASES.append(Phase.shrink)
AUDIENCES = st.sampled_from(["programme", "states", "public"])
TODAY = timezone.localdate()
ALWAYS, ENDED, COMING = (
    {"starts_on": TODAY - timedelta(days=9)},
    {"starts_on": TODAY - timedelta(days=9), "ends_on": TODAY - timedelta(days=1)},
    {"starts_on": TODAY + timedelta(days=1)},
)
NUMBERS = itertools.count()
WORLDS, SWEPT_AFTER = itertools.count(), 250
Asked = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True)
class Life:
    """What one state's rows are like."""

    status: str
    update_audience: str
    answer_audience: str
    fact_audience: str
    is_accepted: bool
    is_released: bool
    is_sent: bool
    run_status: str
    activity_audience: str


@dataclass(frozen=True)
class Reader:
    """The memberships of the one who reads: (state, dates), (role, dates) and (partner, dates)."""

    liaisons: tuple[tuple[int, int], ...]
    roles: tuple[tuple[str, int], ...]
    partners: tuple[tuple[int, int], ...]
    is_active: bool


LIVES = st.lists(
    st.builds(
        Life,
        status=st.sampled_from(["draft", "submitted", "returned", "accepted"]),
        update_audience=AUDIENCES,
        answer_audience=AUDIENCES,
        fact_audience=AUDIENCES,
        is_accepted=st.booleans(),
        is_released=st.booleans(),
        is_sent=st.booleans(),
        run_status=st.sampled_from(["queued", "running", "done", "failed"]),
        activity_audience=st.sampled_from(["staff", "participants", "states", "public"]),
    ),
    min_size=3,
    max_size=3,
)
DATES = (ALWAYS, ENDED, COMING)
WHEN = st.sampled_from([0, 0, 0, 1, 2])
ROLES = st.sampled_from(["observer", "officer", "manager", "administrator"])
READERS = st.builds(
    Reader,
    liaisons=st.lists(st.tuples(st.integers(0, 2), WHEN), max_size=2, unique_by=lambda pair: pair[0]).map(tuple),
    roles=st.lists(st.tuples(ROLES, WHEN), max_size=2, unique_by=lambda pair: pair[0]).map(tuple),
    partners=st.lists(st.tuples(st.integers(0, 2), WHEN), max_size=2, unique_by=lambda pair: pair[0]).map(tuple),
    is_active=st.sampled_from([True, True, True, False]),
)


class Ground:
    """What stands in every world: three states, one question each, and those who write."""

    def __init__(self) -> None:
        self.edition = make_edition()
        self.author, self.reviewer = make_person("Arturo Author"), make_person("Rita Reviewer")
        self.colleague = make_person("Clara Colleague")
        self.round = make_round(self.edition, by=self.reviewer)
        self.states = [make_state(slug) for slug in ("chile", "jamaica", "brazil")]
        with scope(PROGRAMME):
            self.partners = of_partnerships.make_partners()
        self.indicator = Indicator.objects.first()
        self.threat = ThreatClass.objects.create(code="phishing", position=1, **four("name", "x"), **four("help", "x"))


@pytest.fixture
def ground(db: None) -> Ground:
    return Ground()


@pytest.fixture(autouse=True, scope="module")
def _told(record_testsuite_property: Any) -> Iterator[None]:
    """How many worlds were asked, for `dev.py prove walls`."""
    yield
    record_testsuite_property("worlds", next(WORLDS))


@given(lives=LIVES, reader=READERS)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=PHASES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_both_walls_say_the_same(ground: Ground, lives: list[Life], reader: Reader) -> None:
    if is_over():
        return
    if next(WORLDS) % SWEPT_AFTER == SWEPT_AFTER - 1:
        sweep()
    with undone():
        user = person(ground, reader)
        populate(ground, lives, user)

        assert let_through(ground, user) == shown(user)


def sweep() -> None:
    """What was undone still lies in the tables, and every world would read it: ten thousand take hours without this."""
    owner = {name.lower(): OWNER[name] for name in ("USER", "PASSWORD", "HOST", "PORT") if OWNER[name]}
    with closing(psycopg2.connect(dbname=connection.settings_dict["NAME"], **owner)) as link:
        link.autocommit = True
        link.cursor().execute("VACUUM")


@pytest.mark.parametrize("is_open", [False, True])
def test_the_scopes_together_hide_nothing(ground: Ground, is_open: bool) -> None:
    """Every walled table has its rows in the invented worlds, and no row of them is out of sight."""
    audience = "public" if is_open else "programme"
    run_status, of_activities = ("done", "public") if is_open else ("queued", "staff")
    life = Life("accepted", audience, audience, audience, is_open, is_open, is_open, run_status, of_activities)
    populate(ground, [life] * 3, ground.author)

    for label, seen in rows_in_sight(ground).items():
        assert seen >= (1 if label in OF_A_PERSON else 3), label


def person(ground: Ground, reader: Reader) -> User:
    user = make_person("Rosa Reader", email=f"reader-{next(NUMBERS)}@example.org", is_active=reader.is_active)
    Liaison.objects.bulk_create(
        Liaison(state=ground.states[state], person=user, kind="lead", **DATES[when]) for state, when in reader.liaisons
    )
    StaffRole.objects.bulk_create(StaffRole(person=user, role=role, **DATES[when]) for role, when in reader.roles)
    of_partnerships.make_contacts(user, ground.partners, [(number, DATES[when]) for number, when in reader.partners])
    return user


# The two walls ----------------------------------------------------------------------------------------------------

Rows = dict[str, set[int]]


def walled() -> list[Any]:
    """Of the network and its machines, whose readers are teams, tests/csirt_network/test_differential.py asks it."""
    return [model for model in walled_models() if model._meta.app_label not in ("csirt_network", "exchange")]


def let_through(ground: Ground, user: Any) -> Rows:
    """By the first wall, of all rows there are."""
    with scope(PROGRAMME):
        asked = in_one({model: model.objects.visible_to(user) for model in walled()})
    return together(asked, reaches(ground, user), walled())


def shown(user: Any) -> Rows:
    """By the second wall, without any filter."""
    return together(every_row(), [reach_of(user)], walled())


def rows_in_sight(ground: Ground) -> dict[str, int]:
    return {label: len(pks) for label, pks in together(every_row(), reaches(ground), walled()).items()}


@cache
def every_row() -> Asked:
    return in_one({model: model._base_manager.all() for model in walled()})


def in_one(rows: dict[Any, Any]) -> Asked:
    """One statement for all tables: ten thousand worlds ask it seventy thousand times."""
    parts, given = [], []
    for model, queryset in rows.items():
        with suppress(EmptyResultSet):
            sql, params = queryset.order_by().values_list("pk", flat=True).query.sql_with_params()
            parts.append(f"SELECT '{model._meta.label}', found.* FROM ({sql}) AS found")  # noqa: S608 - made by the ORM
            given += params
    return " UNION ALL ".join(parts), tuple(given)


def together(asked: Asked, reaches: Iterable[Reach], models: list[Any]) -> Rows:
    found: Rows = {model._meta.label: set() for model in models}
    for reach in reaches:
        with scope(reach), connection.cursor() as cursor:
            cursor.execute(*asked)
            for label, pk in cursor.fetchall():
                found[label].add(pk)
    return found


def reaches(ground: Ground, *people: Any) -> Iterator[Reach]:
    """Together they see every row: some only the states see, some only one person."""
    yield PROGRAMME
    yield Reach(staff=True, person=ground.author.pk)  # who is named where the programme is not
    yield Reach(states=tuple(state.pk for state in ground.states), person=ground.author.pk)
    yield from (Reach(person=someone.pk) for someone in people)


# The worlds -------------------------------------------------------------------------------------------------------


def populate(ground: Ground, lives: list[Life], user: User) -> None:
    pairs = list(zip(ground.states, lives, strict=True))
    with scope(PROGRAMME):
        updates = made(Update, [_update(ground, state, life) for state, life in pairs])
        _what_was_sent(ground, pairs, updates)
        _what_is_known(ground, pairs, updates)
        _what_is_made(ground, pairs, user)
        of_plans.populate(pairs, ground.author)
        of_partnerships.populate(ground.partners, pairs)
        of_correspondence.populate(pairs, ground.author)
        of_imports.populate(pairs, ground.author)
    for someone in {user, ground.author}:
        with scope(Reach(person=someone.pk)):
            made(MailPreference, [MailPreference(person=someone, matter="x")])
    with scope(Reach(states=tuple(state.pk for state, _ in pairs))):
        _what_is_the_states_own(ground, pairs, updates)


def made(model: Any, rows: list[Any]) -> list[Any]:
    return model.objects.bulk_create(rows)


def _update(ground: Ground, state: Any, life: Life) -> Update:
    accepted_at = timezone.now() if life.status == "accepted" else None
    common = {"state": state, "round": ground.round, "edition": ground.edition}
    return Update(status=life.status, audience=life.update_audience, accepted_at=accepted_at, **common)


def _what_was_sent(ground: Ground, pairs: Any, updates: list[Update]) -> None:
    by, whose = ground.author, [(state, life, update) for (state, life), update in zip(pairs, updates, strict=True)]
    sent = [
        Submission(update_sent=u, state=s, key=uuid.uuid4(), number=1, submitted_by=by, authors=[by.pk])
        for s, _, u in whose
    ]
    submissions = made(Submission, sent)
    moved = {"status_before": "draft", "status_after": "submitted", "by": by}
    made(UpdateMove, [UpdateMove(subject=update, state=state, **moved) for state, _, update in whose])
    answers = made(
        Answer,
        [
            Answer(
                submission=submission,
                update=update,
                state=state,
                question="csirt",
                is_accepted=life.is_accepted,
                audience=life.answer_audience,
            )
            for (state, life, update), submission in zip(whose, submissions, strict=True)
        ],
    )
    _what_was_said_of_it(ground, whose, answers)


def _what_was_said_of_it(ground: Ground, whose: Any, answers: list[Answer]) -> None:
    by, now, both = ground.reviewer, timezone.now(), list(zip(whose, answers, strict=True))
    proof = {"title": "x", "link": "https://www.example.org", "added_by": ground.author, "added_at": now}
    asked_in = {"invited_by": by, "name": "x", "language": "en", "expires_at": now}
    of_states = [Invitation(email="a@example.org", role="deputy", state=state, **asked_in) for state, _, _ in whose]
    of_partner = Invitation(email="a@example.org", role="partner contact", partner=ground.partners[0], **asked_in)
    made(Invitation, [*of_states, of_partner, Invitation(email="a@example.org", role="administrator", **asked_in)])
    made(Evidence, [Evidence(answer=answer, state=answer.state, **proof) for answer in answers])
    pks = [None, *(state.pk for state, _, _ in whose)]
    made(Link, [Link(state_id=pk, url=f"https://www.example.org/{n}", host="x") for n, pk in enumerate(pks)])
    decided = {"verdict": "accept", "by": by, "authors": [ground.author.pk]}
    made(
        AnswerDecision,
        [AnswerDecision(answer=a, state=a.state, is_released=life.is_released, **decided) for (_, life, _), a in both],
    )
    for model in walled():
        if model not in BY_HAND:
            made(model, [plain_row(model, [answer, answer.update, answer.state, by]) for answer in answers])


BY_HAND = {
    Update, UpdateMove, Submission, Answer, Evidence, AnswerDecision, DraftAnswer, DraftEvidence, File, Link, Run,
    RunFile, Delivery, CsirtStatus, StrategyStatus, StrategyStep, StrategyVersion, StrategyConsultation,
    ThreatLevel, SupportRequest, Mail, MailPreference, AuditEntry, Seal, Fingerprint, Entry, Word, Spelling, Stale,
    Invitation, DeadAddress,
    DraftContributor, Enquiry, AskedQuestion, GuestAnswer, GuestProof, *of_plans.MODELS,
    *of_partnerships.MODELS, *of_correspondence.MODELS, *of_imports.MODELS,
}  # fmt: skip
OF_A_PERSON = ("notices.Mail", "notices.MailPreference", "notices.DeadAddress", "action_plan.CalendarFeed")
PLAIN = {
    "PositiveIntegerField": 1,
    "CharField": "x",
    "TextField": "x",
    "DateField": TODAY,
    "DateTimeField": timezone.now(),
}


def plain_row(model: Any, records: list[Any]) -> Any:
    """A row of a table that decides nothing by its content: each link leads to the record of its kind."""
    values: dict[str, Any] = {}
    for field in model._meta.fields:
        is_left_out = field.primary_key or field.null or field.blank or field.has_default()
        if field.is_relation:
            values[field.name] = next(record for record in records if isinstance(record, field.related_model))
        elif not is_left_out:
            values[field.name] = PLAIN[field.get_internal_type()]
    return model(**values)


def _what_is_known(ground: Ground, pairs: Any, updates: list[Update]) -> None:
    kinds: list[tuple[Any, dict[str, Any]]] = [
        (CsirtStatus, {"status": "none"}),
        (StrategyStatus, {"step": "none"}),
        (StrategyStep, {"step": "drafting", "reached": "2024"}),
        (StrategyVersion, {"title": "x"}),
        (StrategyConsultation, {"sector": "academia"}),
        (ThreatLevel, {"threat": ground.threat, "level": "low"}),
        (SupportRequest, {"point": 1, "need": "x"}),
    ]
    for model, facts in kinds:
        rows = [
            model(state=state, update=update, audience=life.fact_audience, **facts)
            for (state, life), update in zip(pairs, updates, strict=True)
        ]
        made(model, rows)


def _what_is_made(ground: Ground, pairs: Any, user: User) -> None:
    now = timezone.now()
    runs = made(Run, [Run(slot=now, state=s, languages=["en"], status=life.run_status) for s, life in pairs])
    made(Run, [Run(kind="round progress", round=ground.round, slot=now, languages=["en"], status="done")])
    kept = {"language": "en", "format": "pdf", "size": 1, "sha256": "0", "content": "x"}
    made(RunFile, [RunFile(run=run, state=run.state, **kept) for run in runs])
    people = [user, ground.author] if user != ground.author else [user]
    told = [Delivery(run=run, state=run.state, person=who, name="x", language="en") for run in runs for who in people]
    made(Delivery, told)
    mails = [
        Mail(kind="update sent", object_id=next(NUMBERS), person=someone, is_private=is_private, status=status)
        for someone in people
        for is_private in (False, True)
        for status in ("queued", "failed")
    ]
    dead = {"address": "x@example.org", "reason": "x"}
    made(DeadAddress, [DeadAddress(person=someone, by=someone, **dead) for someone in people])
    Mail.objects.bulk_create(mails)
    _what_is_found(pairs)
    reads = [{"verb": "R", "model": "x", "object_id": 1, "state_id": state.pk} for state, _ in pairs]
    AuditEntry.objects.bulk_create(AuditEntry(**read) for read in reads)
    made(Seal, [Seal(entries=1, digest="x") for _ in pairs])


def _what_is_found(pairs: Any) -> None:
    """What became stale is noted by triggers. One entry belongs to no state."""
    said = [{"state_id": state.pk, "audience": life.fact_audience} for state, life in pairs]
    said += [{"state_id": None, "audience": pairs[0][1].fact_audience}]
    entries = made(Entry, [Entry(kind="x", object_id=next(NUMBERS), **one) for one in said])
    of = [{"entry": entry, "kind": entry.kind, "object_id": entry.object_id} for entry in entries]
    made(Word, [Word(word="x", **which, **one) for which, one in zip(of, said, strict=True)])
    made(Spelling, [Spelling(gram="x", word="x", **one) for one in said])


def _what_is_the_states_own(ground: Ground, pairs: Any, updates: list[Update]) -> None:
    by, now = ground.author, timezone.now()
    link = {"title": "x", "link": "https://www.example.org", "added_at": now}
    whose = [(state, update) for (state, _), update in zip(pairs, updates, strict=True)]
    kept = {"question": "csirt", "saved_by": by, "authors": [by.pk]}
    drafts = made(DraftAnswer, [DraftAnswer(update=update, state=state, **kept) for state, update in whose])
    made(DraftEvidence, [DraftEvidence(answer=draft, state=draft.state, added_by=by, **link) for draft in drafts])
    stored = {"name": "x", "media_type": "x", "size": 1, "sha256": "0", "content": "x", "uploaded_by": by}
    files = made(File, [File(state_id=state.pk, **stored) for state, _ in whose])
    sent = [file.pk for file, (_, life) in zip(files, pairs, strict=True) if life.is_sent]
    File.objects.filter(pk__in=sent).update(is_sent=True)
    asked = {"name": "x", "ministry": "x", "email": "x@example.org", "until": TODAY, "asked_by": by, "language": "en"}
    enquiries = made(Enquiry, [Enquiry(state=state, update=update, **asked) for state, update in whose])
    of = [{"enquiry": enquiry, "state": enquiry.state} for enquiry in enquiries]
    questions = made(AskedQuestion, [AskedQuestion(question="x", indicator=ground.indicator, **one) for one in of])
    answers = made(
        GuestAnswer, [GuestAnswer(asked=question, **one) for question, one in zip(questions, of, strict=True)]
    )
    made(GuestProof, [GuestProof(answer=answer, **link, **one) for answer, one in zip(answers, of, strict=True)])
    written = {"name": "x", "ministry": "x", "answered_at": now}
    made(DraftContributor, [DraftContributor(answer=draft, state=draft.state, **written) for draft in drafts])
