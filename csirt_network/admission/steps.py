"""Life is a table: where an application stands, the steps that take it on, and where each leads.

The published procedure: the head of the team applies with the founding document; the national contact point approves,
through the permanent mission; a national CSIRT consents where the team is not the national one; the documents are
checked; the answer comes within 20 working days; an introductory meeting makes the team a member.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORKING_DAYS = 20


class Stand(TextChoices):
    """Where an application stands: whose move is next."""

    DRAFT = "draft", _("Being filled in")
    CONTACT_POINT = "contact point", _("Waiting for the national contact point")
    CONSENT = "consent", _("Waiting for the national CSIRT")
    DOCUMENTS = "documents", _("Documents being checked")
    RETURNED = "returned", _("Back with the applicant")
    DECISION = "decision", _("Waiting for the decision")
    MEETING = "meeting", _("Admitted, introductory meeting to come")
    MEMBER = "member", _("Member of the network")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Step(TextChoices):
    SENT = "sent", _("Application sent")
    CONTACT_POINT = "contact point", _("Approval by the national contact point")
    CONSENT = "consent", _("Consent of the national CSIRT")
    DOCUMENTS = "documents", _("Check of the documents")
    DECISION = "decision", _("Decision on admission")
    MEETING = "meeting", _("Introductory meeting")
    WITHDRAWN = "withdrawn", _("Application withdrawn")


class Verdict(TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    MORE = "more", _("More is needed")


OVER = frozenset({Stand.MEMBER, Stand.DECLINED, Stand.WITHDRAWN})
TO_FILL = frozenset({Stand.DRAFT, Stand.RETURNED})
BEFORE_THE_ANSWER = frozenset(Stand) - OVER - {Stand.MEETING}
ON_PAPER = frozenset({Step.CONTACT_POINT, Step.CONSENT})  # staff record them when they come as signed letters


@dataclass(frozen=True)
class Way:
    """A step: where it may be taken, and where each verdict leads. `reasons` are the verdicts that must say why."""

    start: frozenset[Stand]
    leads: Mapping[Verdict, Stand]
    refusal: str | Promise
    reasons: frozenset[Verdict] = field(default_factory=frozenset)


DONE = _("This step was taken meanwhile. Open the application again to see where it stands.")
WAYS: Mapping[Step, Way] = {
    Step.SENT: Way(
        TO_FILL,
        {Verdict.YES: Stand.CONTACT_POINT},
        _("This application was sent already. Nothing was sent a second time."),
    ),
    Step.CONTACT_POINT: Way(
        frozenset({Stand.CONTACT_POINT}),
        {Verdict.YES: Stand.CONSENT, Verdict.NO: Stand.DECISION},
        DONE,
        frozenset({Verdict.NO}),
    ),
    Step.CONSENT: Way(
        frozenset({Stand.CONSENT}),
        {Verdict.YES: Stand.DOCUMENTS, Verdict.NO: Stand.DECISION},
        DONE,
        frozenset({Verdict.NO}),
    ),
    Step.DOCUMENTS: Way(
        frozenset({Stand.DOCUMENTS}),
        {Verdict.YES: Stand.DECISION, Verdict.MORE: Stand.RETURNED},
        DONE,
        frozenset({Verdict.MORE}),
    ),
    Step.DECISION: Way(
        frozenset({Stand.DECISION}),
        {Verdict.YES: Stand.MEETING, Verdict.NO: Stand.DECLINED},
        DONE,
        frozenset({Verdict.NO}),
    ),
    Step.MEETING: Way(frozenset({Stand.MEETING}), {Verdict.YES: Stand.MEMBER}, DONE),
    Step.WITHDRAWN: Way(
        BEFORE_THE_ANSWER,
        {Verdict.YES: Stand.WITHDRAWN},
        _("This application is decided, so it cannot be withdrawn any more."),
        frozenset({Verdict.YES}),
    ),
}
STEP_AT: Mapping[Stand, Step] = {
    Stand.DRAFT: Step.SENT,
    Stand.RETURNED: Step.SENT,
    Stand.CONTACT_POINT: Step.CONTACT_POINT,
    Stand.CONSENT: Step.CONSENT,
    Stand.DOCUMENTS: Step.DOCUMENTS,
    Stand.DECISION: Step.DECISION,
    Stand.MEETING: Step.MEETING,
}


def next_stand(step: Step, verdict: Verdict, *, before: Stand, is_national: bool) -> Stand:
    """Where the verdict leads. What was approved stays approved: who sends again is only checked again."""
    if step is Step.SENT and before is Stand.RETURNED:
        return Stand.DOCUMENTS
    after = WAYS[step].leads[verdict]
    return Stand.DOCUMENTS if after is Stand.CONSENT and is_national else after


TO_DO: Mapping[Stand, str | Promise] = {
    Stand.DRAFT: _("Fill in the application, add the founding document and send it."),
    Stand.RETURNED: _("Read what is missing, add it and send the application again."),
    Stand.CONTACT_POINT: _("Read the application. Approve it through the permanent mission, or say why not."),
    Stand.CONSENT: _("Read the application. Say whether the national CSIRT consents."),
    Stand.DOCUMENTS: _("Check the documents, or ask for what is missing."),
    Stand.DECISION: _("Decide whether the team is admitted."),
    Stand.MEETING: _("Agree on a day for the introductory meeting, and record it when it was held."),
}
WHOSE: Mapping[Stand, str | Promise] = {
    Stand.DRAFT: _("The applicant"),
    Stand.RETURNED: _("The applicant"),
    Stand.CONTACT_POINT: _("The national contact point"),
    Stand.CONSENT: _("The national CSIRT"),
    Stand.DOCUMENTS: _("The programme"),
    Stand.DECISION: _("The programme"),
    Stand.MEETING: _("The programme"),
}
# What staff look through before they confirm the documents.
CHECKS: Mapping[str, str | Promise] = {
    "founding": _("The founding document founds this team: a law, a decree, a resolution or a minister’s order."),
    "host": _("It names the body that hosts the team, and that body is of a member state."),
    "mandate": _("It gives the team a mandate for the constituency that the application names."),
    "head": _("The head who applies is the head whom that body has appointed."),
    "approvals": _("The approvals are signed by those who may sign them."),
}
