"""The sample of the trial as the tests of looks find it."""

from typing import Any

from django.core import signing
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.test import override_settings

from accounts.models import User
from action_plan.models import AskedSupport, CountryPlan, Expert, Recommendation
from capability.models import Round
from common.scope import PROGRAMME, Reach, scope
from correspondence.models import Note, NoteScan, PointOfContact
from csirt_network.mailbox_letters import CONFIRM
from csirt_network.mailbox_letters import address_to_stop as mailbox_address_to_stop
from csirt_network.models import (
    Alert,
    Application,
    Drill,
    LibraryItem,
    Mailbox,
    Meeting,
    PeerReview,
    Proposal,
    Subscription,
    Team,
    Webhook,
)
from exchange.models import EarlyWarning, Import, StixObject
from invitations.actions.inviting import invite
from invitations.letters import path_with_secret
from invitations.models import Invitation
from member_states.models import Liaison, MemberState
from notices.kinds import matters
from notices.mailbox import EmlFolderBackend
from notices.stopping import address_to_stop
from notices.work import work
from partnerships.models import Operation
from reporting.models import Run, Schedule
from tests.browser.pages import MANAGER, OFFICER, Place
from tests.browser.portal import Portal


class Sample:
    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        call_command("load_sample", verbosity=0)
        self.now, self.last = (found.slug for found in Round.objects.order_by("-year", "-number"))
        with scope(PROGRAMME):
            queued, made = Run.objects.order_by("-pk")
            applied = dict(Application.objects.values_list("stands", "pk"))
            plans = {f"plan_{plan.state.slug}": plan.pk for plan in CountryPlan.objects.select_related("state")}
            request = AskedSupport.objects.waiting().earliest("pk")
            advice = Recommendation.objects.filter(state__slug="chile").order_by("pk")
            expert = Expert.objects.earliest("pk")
            operation = Operation.objects.get(tlp="AMBER")
            reported, unreported = advice.to_confirm()[0], advice.to_report()[0]
        work(Run, made.pk)
        self.known = plans | {
            "now": self.now,
            "last": self.last,
            "queued": queued.pk,
            "made": made.pk,
            "failed": self._run("jamaica", status="failed", reason="There is no maturity model to report on.").pk,
            "shared": self._shared("uruguay").pk,
            "progress": self._progress().pk,
            "schedule": Schedule.objects.earliest("pk").pk,
            "item": LibraryItem.objects.filter(tlp="CLEAR").earliest("pk").pk,
            "vote": self._vote(is_open=True),
            "result": self._vote(is_open=False),
            "applying": applied["contact point"],
            "request": request.pk,
            "advice": reported.pk,
            "expert": expert.pk,
            "operation": operation.slug,
            "unreported": unreported.pk,
            "returned": applied["returned"],
            "letter": self._letter(),
            "person": self.person(OFFICER).pk,
            "invited": self._invited(),
            **self._asked(),
            **self._alerts(),
            **self._claims(),
            **self._correspondence(),
            **self._of_network(),
            "stop": address_to_stop(self.person("chile"), [matters()["results"]]).split("/")[-2],
        }

    def path(self, place: Place) -> str:
        return place.path.format(**self.known)

    def person(self, who: str) -> Any:
        """Of the staff by name; of a state, by its slug, the lead liaison."""
        lead = Liaison.objects.current().filter(state__slug=who, kind=Liaison.Kind.LEAD).first()
        return lead.person if lead else User.objects.get(name=who)

    def _invited(self) -> str:
        """The secret of an invitation to which nobody has come yet."""
        manager, state = self.person(MANAGER), MemberState.objects.get(slug="chile")
        with scope(PROGRAMME):
            to = {"email": "nadia@example.org", "name": "Nadia Nueva", "language": "en"}
            invitation = invite(role="deputy", state=state, by=manager, **to)
            Invitation.objects.filter(pk=invitation.pk).update(status="done")
            return path_with_secret(Invitation.objects.get(pk=invitation.pk)).split("/")[-2]

    def _asked(self) -> dict[str, Any]:
        """What a team asks to be told of: a webhook, and the two links in mails to its mailboxes."""
        with scope(PROGRAMME):
            boxes, hook = Mailbox.objects.order_by("pk"), Webhook.objects.earliest("pk")
            brought = StixObject.objects.filter(type="indicator", from_team__slug="chile-national").latest("pk")
            looked_at = Import.objects.filter(team__slug="chile-national", run=None).latest("pk")
            waiting, confirmed = boxes.get(confirmed_at=None), boxes.exclude(confirmed_at=None).earliest("pk")
        return {
            "webhook": hook.pk,
            "object": brought.pk,
            "import": looked_at.pk,
            "mailbox": signing.dumps([waiting.pk, waiting.address], salt=CONFIRM),
            "unsubscribe": mailbox_address_to_stop(confirmed).split("/")[-2],
        }

    def _claims(self) -> dict[str, int]:
        """What Chile's team claims, and what touched it."""
        with scope(PROGRAMME):
            warning = EarlyWarning.objects.filter(team__slug="chile-national").earliest("pk")
            return {"claim": warning.claim_id, "warning": warning.pk}

    def _correspondence(self) -> dict[str, int]:
        """Of Chile a note that was answered; a draft, a note that was issued, a scan that waits, a point of contact."""
        with scope(PROGRAMME):
            notes = Note.objects.order_by("pk")
            return {
                "note": notes.filter(state__slug="chile", status="answered")[0].pk,
                "note_issued": notes.filter(status="issued")[0].pk,
                "note_draft": notes.filter(status="draft")[0].pk,
                "scan": NoteScan.objects.unmatched().earliest("pk").pk,
                "point": PointOfContact.objects.current().filter(state__slug="chile").earliest("pk").pk,
            }

    def _alerts(self) -> dict[str, int]:
        """One that the network answers; of Chile's team one that is out, a draft, and one offered to the programme."""
        chile = Team.objects.get(slug="chile-national")
        with scope(Reach(teams=(chile.pk,), community=True, staff=True)):
            alerts = Alert.objects.order_by("-pk")
            mine = alerts.filter(from_team=chile)
            return {
                "alert": alerts.filter(tlp="AMBER", from_team=None).exclude(published_at=None)[0].pk,
                "own": mine.exclude(published_at=None)[0].pk,
                "draft": mine.filter(published_at=None, with_programme=False)[0].pk,
                "offered": alerts.filter(published_at=None, with_programme=True)[0].pk,
            }

    def _of_network(self) -> dict[str, int]:
        """A contact test, a meeting, a review of a self-assessment; a subscription of the representative of Chile."""
        with scope(PROGRAMME):
            found = {"drill": Drill.objects.earliest("pk").pk, "review": PeerReview.objects.earliest("pk").pk}
            found["meeting"] = Meeting.objects.filter(group__slug="malware-in-banks").earliest("pk").pk
        rosa = self.person("Rosa Representante")
        with scope(Reach(person=rosa.pk)):
            return found | {"subscription": Subscription.objects.filter(mailbox=None, person=rosa).earliest("pk").pk}

    def _run(self, slug: str, **facts: Any) -> Run:
        with scope(PROGRAMME):
            source = Run.objects.earliest("pk")
            state = MemberState.objects.get(slug=slug)
            return Run.objects.create(state=state, slot=source.slot, languages=["en"], finished_at=source.slot, **facts)

    def _shared(self, slug: str) -> Run:
        """Done, and sent to whoever leads there."""
        run, lead = self._run(slug, status="done"), self.person(slug)
        with scope(PROGRAMME):
            run.deliveries.create(state=run.state, person=lead, name=lead.name, language=lead.language)
        return run

    def _progress(self) -> Run:
        with scope(PROGRAMME):
            facts = {"kind": "round progress", "round": Round.objects.get(slug=self.now), "languages": ["en"]}
            run = Run.objects.create(slot=Run.objects.earliest("pk").slot, asked_by=self.person(OFFICER), **facts)
        work(Run, run.pk)
        return run

    def _vote(self, *, is_open: bool) -> int:
        with scope(PROGRAMME):
            found = Proposal.objects.filter(group__slug="malware-in-banks")
            return (found.open() if is_open else found.closed()).get().pk

    def _letter(self) -> str:
        folder = self.portal.mailbox.folder
        with override_settings(EMAIL_FILE_PATH=str(folder)):
            EmlFolderBackend().send_messages([EmailMessage("Chile: update open", "Dear Camila,", to=["c@example.org"])])
        return max(file.stem for file in folder.glob("*.eml"))
