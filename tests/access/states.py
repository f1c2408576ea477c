"""One state's part of the world: its updates at each point of their life, and what is known of it."""

import hashlib
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import User
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
    ThreatLevel,
    Update,
    UpdateMove,
)
from common.scope import PROGRAMME, Reach, scope
from documents.models import File, Link
from member_states.models import MemberState
from reporting.models import Delivery, Run, RunFile
from review.actions import move
from review.states import ACCEPT, RETURN, SUBMIT
from tests.access.canaries import CHILE, JAMAICA, canary
from tests.access.enquiries import make_enquiries
from tests.access.network_admission import make_applications
from tests.access.plan_plans import make_plans

if TYPE_CHECKING:
    from tests.access.world import World

REVIEWED = ("submitted", "objected", "undecided", "returned", "accepted")
AUDIENCES = {"D2": ("states", "STATES"), "D3": ("public", "PUBLIC")}


class State:
    """One state's part of the world, written in the scopes that may write it."""

    def __init__(self, world: "World", code: str, slug: str, liaison: User) -> None:
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
