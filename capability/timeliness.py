"""Who sent on time, late or not at all, round by round. Before its due date an update is not missing yet."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from capability.models import Round, Update
from common.days import day_of, today
from common.downloads import each, where, whereabouts
from common.templatetags.looks import STATUSES
from common.translated import by_name

KINDS = ("on_time", "late", "missing", "not_due")


@dataclass(frozen=True)
class Part:
    """A piece of the bar of one round: how many of a hundred it is wide, and where it begins."""

    kind: str
    count: int
    x: str
    width: str

    @property
    def word(self) -> str:
        return str(STATUSES[self.kind].word)


@dataclass(frozen=True)
class Bar:
    round: Round
    counts: Counter[str]

    @property
    def invited(self) -> int:
        return self.counts.total()

    @property
    def parts(self) -> Iterator[Part]:
        x = 0.0
        for kind in KINDS:
            width = 100 * self.counts[kind] / self.invited if self.invited else 0.0
            yield Part(kind, self.counts[kind], f"{x:.2f}", f"{width:.2f}")
            x += width

    @property
    def told(self) -> str:
        """For whoever does not see the bar."""
        named = {kind: self.counts[kind] for kind in KINDS} | {"round": str(self.round)}
        return _("%(round)s: %(on_time)s on time, %(late)s late, %(missing)s missing, %(not_due)s not due yet.") % named


def rounds_of(user: Any) -> Any:
    """The newest first."""
    return Round.objects.visible_to(user).exclude(opened_at=None).order_by("-year", "-number")


def updates_of(user: Any) -> Any:
    updates = Update.objects.visible_to(user).in_rounds().exclude(round__opened_at=None).with_timeliness()
    order = ("-round__year", "-round__number", "pk")
    return updates.select_related("state", "round").order_by(by_name("state__name"), *order)


def kind_of(update: Any) -> str:
    is_to_come = update.timeliness == "missing" and update.due_on is not None and update.due_on >= today()
    return "not_due" if is_to_come else str(update.timeliness)


def bars(updates: list[Any]) -> list[Bar]:
    """The newest round first."""
    counts: dict[Round, Counter[str]] = {}
    for update in updates:
        counts.setdefault(update.round, Counter())[kind_of(update)] += 1
    newest_first = sorted(counts.items(), key=lambda item: (item[0].year, item[0].number), reverse=True)
    return [Bar(round, counted) for round, counted in newest_first]


def state_rows(updates: Any) -> Iterator[list[Any]]:
    """How far each state is in one round."""
    yield [
        _("State"),
        _("ISO 3166"),
        _("Status"),
        _("Answered"),
        _("Last saved"),
        _("Due"),
        _("More time until"),
        _("First sent"),
        _("Timeliness"),
        *where(),
    ]
    for update in each(updates):
        saved, sent = (at and day_of(at) for at in (update.last_saved_at, update.first_sent_at))
        yield [
            str(update.state),
            update.state.alpha3,
            str(STATUSES[update.display_status].word),
            update.answered,
            saved,
            update.due_on,
            update.extended_until,
            sent,
            str(STATUSES[kind_of(update)].word),
            *whereabouts(update),
        ]


def rows(user: Any) -> Iterator[list[Any]]:
    yield [
        _("Round"),
        _("State"),
        _("ISO 3166"),
        _("Due"),
        _("First sent"),
        _("Days after the due date"),
        _("Timeliness"),
        *where(),
    ]
    for update in each(updates_of(user)):
        sent_on = update.first_sent_at and day_of(update.first_sent_at)
        days = (sent_on - update.due_on).days if sent_on and sent_on > update.due_on else ""
        named = [update.round.slug, str(update.state), update.state.alpha3]
        yield [*named, update.due_on, sent_on, days, str(STATUSES[kind_of(update)].word), *whereabouts(update)]
