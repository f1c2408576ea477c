"""The mails by which somebody of the network is asked for something: a review, a second pair of eyes, a vote.

What they are of is asked in the reach of whoever gets them, when they leave. None says what is asked about: of an
assessment or a draft they name whose it is, and where it is read. Texts: templates/emails.
"""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.scope import reach_of
from csirt_network.actions.maturity import REVIEW_ANSWERED, REVIEW_ASKED
from csirt_network.actions.publishing import SECOND_ASKED, waits_for_second
from csirt_network.actions.votes import VOTE_OPENED
from csirt_network.models import Alert, PeerReview, Proposal
from csirt_network.votes import votes_in_sight, voting_teams
from notices.kinds import Matter, mail_kind


def of_network(person: Any) -> bool:
    return reach_of(person).community


REVIEWS = Matter("peer reviews", _("Another team asks yours for a review of its maturity, or answers"), of_network)
VOTES = Matter("votes", _("A vote is opened in a working group of yours"), of_network)


def register() -> None:
    """An alert that waits for a second pair of eyes goes nowhere until somebody looks: that mail always comes."""
    mail_kind(REVIEW_ASKED, find=review_to_answer, template="emails/review_asked", matter=REVIEWS)
    mail_kind(
        REVIEW_ANSWERED, find=answered_review, template="emails/review_answered", matter=REVIEWS, link=assessment_of
    )
    mail_kind(SECOND_ASKED, find=waiting_draft, template="emails/second_asked", link=preview_of)
    mail_kind(VOTE_OPENED, find=vote_to_cast, template="emails/vote_opened", matter=VOTES)


def review_to_answer(person: Any, object_id: int) -> PeerReview | None:
    """While nobody of the asked team has answered, for who may."""
    found = _review(person, object_id, answer=None)
    return found if found and person.has_perm("csirt_network.answer_review", found) else None


def answered_review(person: Any, object_id: int) -> PeerReview | None:
    """While the review is open, for who may close it."""
    found = _review(person, object_id, answer__isnull=False)
    return found if found and person.has_perm("csirt_network.send_assessment", found.team) else None


def _review(person: Any, object_id: int, **answered: Any) -> PeerReview | None:
    reviews = PeerReview.objects.visible_to(person).open().select_related("team", "reviewer", "answer")
    return reviews.filter(pk=object_id, **answered).first()


def assessment_of(review: PeerReview) -> str:
    return reverse("team-maturity", args=[review.team.slug])


def waiting_draft(person: Any, object_id: int) -> Alert | None:
    """While it waits, for who may countersign it as it stands."""
    found = Alert.objects.kept_by(person).drafts().filter(pk=object_id).first()
    if not person.has_perm("csirt_network.countersign_alert", found):
        return None
    return found if found and waits_for_second(found) else None


def preview_of(alert: Alert) -> str:
    return reverse("alert-preview", args=[alert.pk])


def vote_to_cast(person: Any, object_id: int) -> Proposal | None:
    """While it is open and a team of the person has not voted."""
    found = Proposal.objects.visible_to(person).open().select_related("group").filter(pk=object_id).first()
    if found is None or not found.group.is_running:
        return None
    said = {vote.team_id for vote in votes_in_sight(person, found)}
    return found if any(team.pk not in said for team in voting_teams(person, found.group)) else None
