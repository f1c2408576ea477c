"""One alert, as screen 08b shows it."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.days import today
from csirt_network import alert_words
from csirt_network.answers import Side, may_see_who_answered, sides_of, totals_of
from csirt_network.earlier import earlier_of
from csirt_network.forms.answers import AcknowledgeForm
from csirt_network.forms.sightings import SightingForm
from csirt_network.forms.talk import CommentForm, fields_of
from csirt_network.models import (
    Acknowledgement,
    Alert,
    AlertFile,
    AlertVersion,
    Comment,
    Correction,
    Indicator,
    Sighting,
)
from csirt_network.obstacles import quoted_by
from csirt_network.reads import note_reading
from csirt_network.sightings import indicators_of, totals_by_indicator
from csirt_network.views.finding import find_alert

MOST_SIGHTINGS = 100


@login_not_required
@require_safe
def alert_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """`?in=es` reads it in another of its languages, `?version=1` shows an earlier one beside it."""
    alert = find_alert(request, pk)
    note_reading(request, alert)
    return show(request, alert)


def show(request: HttpRequest, alert: Alert, status: int = 200, **refused: Any) -> HttpResponse:
    """`refused`: a form with what was typed and why it was not taken."""
    words = alert_words.words_of(alert, request.GET.get("in", ""))
    context = {
        "alert": alert,
        "words": words,
        "languages": alert_words.choice_of_languages(alert, words.code),
        "incidents": alert_words.incidents(alert),
        "sharing": alert_words.sharing(alert),
        "actions": alert_words.actions(alert),
        "versions": versions_of(request.user, alert),
        "earlier": earlier_of(request.user, alert, request.GET.get("version", ""), request.GET.get("in", "")),
        "files": list(AlertFile.objects.visible_to(request.user).standing().filter(alert=alert)),
        "quotes": list(quoted_by(alert, request.user)),
        **seen_of(request.user, alert),
        **(among_us(request.user, alert) if request.user.is_authenticated else {}),
        **refused,
    }
    return render(request, "csirt_network/alert_detail.html", context, status=status)


def versions_of(user: Any, alert: Alert) -> list[AlertVersion]:
    """Newest first: when each went out, and what changed in it."""
    found = AlertVersion.objects.visible_to(user).filter(alert=alert)
    return list(found.order_by("-number").defer("snapshot"))


def among_us(user: Any, alert: Alert) -> dict[str, Any]:
    """What only people of the network and the programme see: answers, discussion, corrections."""
    sides = sides_of(alert, user)
    sees_names = may_see_who_answered(alert, user)
    may_comment = user.has_perm("csirt_network.comment_alert", alert)
    return {
        "answers": answers_of(user, alert, sides),
        "form": answer_form(user, alert, sides),
        "sees_names": sees_names,
        "totals": totals_of(alert) if sides or sees_names else None,
        "is_network": user.reach.community or user.reach.staff or bool(sides),
        "may_comment": may_comment,
        "comments": list(Comment.objects.visible_to(user).filter(alert=alert).select_related("team", "by")),
        "comment_form": CommentForm(initial={"key": uuid.uuid4()}) if may_comment else None,
        "is_kept": Alert.objects.kept_by(user).filter(pk=alert.pk).exists(),
        "may_decide": user.has_perm("csirt_network.decide_correction", alert),
        "corrections": list(Correction.objects.visible_to(user).filter(alert=alert).select_related("team", "by")),
        "correctable": fields_of(alert) if not alert.closed_at and user.reach.teams else [],
    }


def seen_of(user: Any, alert: Alert) -> dict[str, Any]:
    """Indicators, and in the network what was seen of them."""
    in_network = user.is_authenticated and (user.reach.community or user.reach.staff)
    totals = totals_by_indicator(alert) if in_network else {}
    may_see = user.is_authenticated and bool(user.reach.teams)
    standing = Indicator.objects.visible_to(user).standing().filter(alert=alert)
    first = {"key": uuid.uuid4(), "seen_on": today(), "kind": Sighting.Kind.SEEN}
    return {
        "indicators": indicators_of(alert, user, totals),
        "seen_as_a_whole": totals.get(None),
        "sight_form": SightingForm(initial=first, indicators=standing) if may_see else None,
        "our_sightings": sightings_of(user, alert) if in_network else [],
    }


def sightings_of(user: Any, alert: Alert) -> list[Sighting]:
    """Our own; of all teams, for whom the alert comes from and the programme that was given it."""
    found: Any = Sighting.objects.visible_to(user).filter(alert=alert)
    return list(found.select_related("team", "indicator")[:MOST_SIGHTINGS])


def answers_of(user: Any, alert: Alert, sides: list[Side]) -> list[Acknowledgement]:
    """Ours, the newest first; what was said before is kept."""
    if not sides:
        return []
    said = Acknowledgement.objects.visible_to(user).filter(alert=alert).select_related("team", "by")
    teams = {side.team.pk for side in sides if side.team}
    return [one for one in said if one.team_id in teams or one.person_id == user.pk]


def answer_form(user: Any, alert: Alert, sides: list[Side]) -> AcknowledgeForm | None:
    if not sides or alert.closed_at:
        return None
    return AcknowledgeForm(sides=sides, initial={"side": sides[0].value})
