"""What other subjects show of an agreement, on its page and on its card in the list. Each says so beside its views:

@block("partnerships/of_commitments.html", order=20)
def commitments_of(agreement, user):
    return {"commitments": ...}  # None when there is nothing to show

@on_card("partnerships/card_commitments.html", order=20)
def commitments_on_cards(agreements, user):
    return {agreement.pk: ...}  # in as many queries for thirty agreements as for one

@dated
def due_dates_of(agreement, user):
    return [Dated(day, _("Report due"))]

Templates get the agreement as `agreement` and what was given as `record`; on a card it may be None. Whoever has a block
imports it in the app's `ready`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from partnerships.models import Agreement

Finder = Callable[[Agreement, Any], Any]
OnCards = Callable[[list[Agreement], Any], Mapping[int, Any]]


@dataclass(frozen=True)
class Dated:
    """A line of the timeline. `precision` is one of Agreement.Precision;"""

    day: date
    text: str
    precision: str = "day"
    url: str = ""
    source: str = ""


_blocks: dict[str, tuple[int, Finder]] = {}
_cards: dict[str, tuple[int, OnCards]] = {}
_dated: list[Callable[[Agreement, Any], Iterable[Dated]]] = []


def block(template: str, *, order: int) -> Callable[[Finder], Finder]:
    def _keep(finder: Finder) -> Finder:
        _blocks[template] = order, finder
        return finder

    return _keep


def on_card(template: str, *, order: int) -> Callable[[OnCards], OnCards]:
    def _keep(finder: OnCards) -> OnCards:
        _cards[template] = order, finder
        return finder

    return _keep


def dated(finder: Callable[[Agreement, Any], Iterable[Dated]]) -> Callable[[Agreement, Any], Iterable[Dated]]:
    _dated.append(finder)
    return finder


def blocks_of(agreement: Agreement, user: Any) -> list[tuple[str, Any]]:
    """(template, record) of each that the agreement has and `user` may see."""
    ordered = sorted(_blocks.items(), key=lambda one: one[1][0])
    found = ((template, finder(agreement, user)) for template, (_order, finder) in ordered)
    return [(template, record) for template, record in found if record is not None]


def cards_of(agreements: list[Agreement], user: Any) -> dict[int, list[tuple[str, Any]]]:
    """By agreement: (template, record) of all that cards show."""
    ordered = sorted(_cards.items(), key=lambda one: one[1][0])
    found = [(template, finder(agreements, user)) for template, (_order, finder) in ordered]
    return {one.pk: [(template, records.get(one.pk)) for template, records in found] for one in agreements}


def dates_of(agreement: Agreement, user: Any) -> list[Dated]:
    return [event for finder in _dated for event in finder(agreement, user)]
