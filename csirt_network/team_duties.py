"""What waits for the teams of the network: their entry, contact tests, reviews, votes, webhooks (notices/duties.py)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.days import day_of, today
from common.scope import reach_of
from csirt_network.actions.maturity import REVIEW_ASKED
from csirt_network.actions.votes import VOTE_OPENED
from csirt_network.ending_keys import KEY_ENDS, keys_to_renew, page_of_key
from csirt_network.models import DrillCall, PeerReview, Proposal, TeamProfile, Vote, Webhook, WorkingGroupSeat
from csirt_network.models.directory import HOLDS_FOR
from csirt_network.rules.people import represented_by
from notices.duties import MOST, Duty, duty_kind


def register() -> None:
    duty_kind(
        "contact test",
        heading=gettext_lazy("Contact tests that run"),
        verb=pgettext_lazy("to do", "Answer"),
        find=contact_tests,
    )
    duty_kind(
        "entry to confirm",
        heading=gettext_lazy("Entries in the directory to confirm"),
        verb=pgettext_lazy("to do", "Confirm"),
        find=entries,
        mails=("entry to confirm",),
    )
    duty_kind(
        "key to renew",
        heading=gettext_lazy("Keys that end"),
        verb=pgettext_lazy("to do", "Renew"),
        find=keys,
        mails=(KEY_ENDS,),
    )
    duty_kind(
        "review to answer",
        heading=gettext_lazy("Teams that ask yours for a review"),
        verb=pgettext_lazy("to do", "Say yes or no"),
        find=reviews_asked,
        mails=(REVIEW_ASKED,),
    )
    duty_kind(
        "review to write",
        heading=gettext_lazy("Reviews that your team took on"),
        verb=pgettext_lazy("to do", "Write remarks"),
        find=reviews_taken_on,
    )
    duty_kind(
        "vote",
        heading=gettext_lazy("Votes that are open"),
        verb=pgettext_lazy("to do", "Vote"),
        find=votes,
        mails=(VOTE_OPENED,),
    )
    duty_kind(
        "webhook paused",
        heading=gettext_lazy("Webhooks that stand still"),
        verb=pgettext_lazy("to do", "Mend and resume"),
        find=webhooks,
        page="webhook-list",
        mails=("webhook paused",),
    )


def contact_tests(person: Any) -> Iterable[Duty]:
    teams = reach_of(person).teams
    if not teams:
        return []
    calls = DrillCall.objects.visible_to(person).filter(team__in=teams, answered_at=None)
    running = calls.filter(drill__ends_at__gt=timezone.now()).select_related("drill", "team")
    return [_call(call) for call in running.order_by("drill__ends_at")[: MOST + 1]]


def _call(call: DrillCall) -> Duty:
    page = reverse("team-reachability", args=[call.team.slug])
    note = _("For %(team)s.") % {"team": call.team}
    return Duty(str(call.drill), page, due_on=day_of(call.drill.ends_at), note=note)


def entries(person: Any) -> Iterable[Duty]:
    teams = reach_of(person).teams
    if not teams:
        return []
    own = TeamProfile.objects.visible_to(person).filter(team__in=teams)
    stale = own.with_stands_since().filter(Q(stands_since__lt=timezone.now() - HOLDS_FOR)).select_related("team")
    return [_entry(profile) for profile in stale[: MOST + 1]]


def _entry(profile: Any) -> Duty:
    held = profile.stands_since + HOLDS_FOR
    return Duty(str(profile.team), reverse("team-detail", args=[profile.team.slug]), due_on=day_of(held))


def keys(person: Any) -> Iterable[Duty]:
    return [_key(key) for key in keys_to_renew(person)[: MOST + 1]]


def _key(key: Any) -> Duty:
    return Duty(str(key.team), page_of_key(key), due_on=day_of(key.expires), note=key.spaced)


def reviews_asked(person: Any) -> Iterable[Duty]:
    if not reach_of(person).teams:
        return []
    mine = _reviews(person).filter(answer=None, reviewer__in=represented_by(person).values("pk"))
    return [_review(review) for review in mine[: MOST + 1]]


def reviews_taken_on(person: Any) -> Iterable[Duty]:
    """As long as the team has not said a word to any parameter."""
    if not reach_of(person).teams:
        return []
    mine = _reviews(person).filter(answer__is_accepted=True, remarks=None)
    return [_review(review) for review in mine[: MOST + 1]]


def _reviews(person: Any) -> Any:
    asked = PeerReview.objects.visible_to(person).asked_of(person).open()
    return asked.select_related("team__state").order_by("asked_at")


def _review(review: PeerReview) -> Duty:
    what = _("Maturity of %(team)s") % {"team": review.team}
    return Duty(what, review.get_absolute_url(), review.team.state, since=day_of(review.asked_at))


def votes(person: Any) -> Iterable[Duty]:
    """While a team of the person that has a seat has not voted."""
    if not reach_of(person).teams:
        return []
    said = Vote.objects.visible_to(person).filter(proposal=OuterRef(OuterRef("pk")), team=OuterRef("team"))
    seats = WorkingGroupSeat.objects.visible_to(person).own(person).filter(group=OuterRef("group"))
    running = Q(group__ends_on=None) | Q(group__ends_on__gte=today())
    unsaid = Proposal.objects.visible_to(person).open().filter(running, Exists(seats.exclude(Exists(said))))
    return [_vote(proposal) for proposal in unsaid.select_related("group").order_by("closes_at")[: MOST + 1]]


def _vote(proposal: Proposal) -> Duty:
    return Duty(str(proposal), proposal.get_absolute_url(), due_on=proposal.last_day, note=str(proposal.group))


def webhooks(person: Any) -> Iterable[Duty]:
    if not reach_of(person).teams:
        return []
    acting = represented_by(person).values("pk")
    paused = Webhook.objects.visible_to(person).standing().filter(paused_at__isnull=False, team__in=acting)
    return [_webhook(webhook) for webhook in paused.order_by("paused_at")[: MOST + 1]]


def _webhook(webhook: Any) -> Duty:
    page = reverse("webhook-detail", args=[webhook.pk])
    return Duty(webhook.name, page, since=day_of(webhook.paused_at), note=webhook.why)
