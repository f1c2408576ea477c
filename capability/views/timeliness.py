"""Who sent on time, late or not at all, over all rounds."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from capability.models import Round, Update
from common.days import day_of
from common.downloads import csv_response
from common.translated import by_name
from member_states.models import MemberState

ROUNDS = 6  # that stand beside one another; the table to download holds all


class Line(NamedTuple):
    """One state; an update or None for each round."""

    state: MemberState
    updates: list[Update | None]


@require_safe
def round_timeliness(request: HttpRequest) -> HttpResponse:
    _permit(request)
    rounds = list(Round.objects.visible_to(request.user).exclude(opened_at=None)[:ROUNDS])
    updates = list(_updates(request.user).filter(round__in=rounds))
    found = {(update.state, update.round_id): update for update in updates}
    lines = [
        Line(state, [found.get((state, round.pk)) for round in rounds])
        for state in dict.fromkeys(update.state for update in updates)
    ]
    counts = Counter((update.round_id, update.timeliness) for update in updates)
    heads = [(round, *(counts[round.pk, code] for code in ("on_time", "late", "missing"))) for round in rounds]
    return render(request, "capability/round_timeliness.html", {"heads": heads, "lines": lines})


@require_safe
def round_timeliness_table(request: HttpRequest) -> StreamingHttpResponse:
    _permit(request)
    return csv_response(list(_rows(request.user)), "timeliness.csv")


def _updates(user: Any) -> Any:
    updates = Update.objects.visible_to(user).in_rounds().exclude(round__opened_at=None).with_timeliness()
    order = ("-round__year", "-round__number", "pk")
    return updates.select_related("state", "round").order_by(by_name("state__name"), *order)


def _rows(user: Any) -> Iterator[list[Any]]:
    words = {"on_time": _("On time"), "late": _("Late"), "missing": _("Missing")}
    yield [_("Round"), _("State"), _("Due"), _("First sent"), _("Timeliness")]
    for update in _updates(user):
        sent_on = update.first_sent_at and day_of(update.first_sent_at)
        yield [update.round.slug, str(update.state), update.due_on, sent_on, words[update.timeliness]]


def _permit(request: HttpRequest) -> None:
    if not request.user.has_perm("capability.view_inbox"):
        raise PermissionDenied
