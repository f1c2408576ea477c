"""Joint operations as they are read: in lists, in tables and on their page, each with the label it leaves under."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common.downloads import where, whereabouts
from common.scope import reach_of
from common.tlp import SHARING, Tlp, strictest
from csirt_network.models import Alert, Indicator
from member_states.models import MemberState
from partnerships.models import (
    Agreement,
    AgreementLink,
    CompartmentChange,
    Custody,
    Exhibit,
    Line,
    LogEntry,
    Operation,
    OperationAction,
    OperationAlert,
    OperationFigure,
    OperationMove,
    OperationPerson,
    Partner,
)


@dataclass(frozen=True)
class Row:
    """`lead` and `partners` are those whom the reader may know; `hidden` is how many there are besides."""

    operation: Operation
    lead: Partner | None
    partners: list[Partner]
    states: list[MemberState]
    agreement: Agreement | None

    @property
    def hidden(self) -> int:
        return len(self.operation.partner_ids) - len(self.partners)

    @property
    def led_by(self) -> str:
        if self.operation.is_led_by_oas:
            return _("Organization of American States")
        return str(self.lead) if self.lead else ""


class Rows:
    """Three queries for all as for one."""

    def __init__(self, user: Any, operations: Iterable[Operation]) -> None:
        self.user, self.operations = user, list(operations)

    def __iter__(self) -> Iterator[Row]:
        return (self._row(operation) for operation in self.operations)

    def _row(self, operation: Operation) -> Row:
        return Row(
            operation,
            self.partners.get(operation.lead_id or 0),
            [self.partners[pk] for pk in operation.partner_ids if pk in self.partners],
            sorted((self.states[pk] for pk in operation.state_ids if pk in self.states), key=str),
            self.agreements.get(operation.agreement_id or 0),
        )

    @cached_property
    def partners(self) -> dict[int, Partner]:
        wanted = {pk for one in self.operations for pk in (*one.partner_ids, one.lead_id) if pk}
        return {one.pk: one for one in Partner.objects.visible_to(self.user).filter(pk__in=wanted)}

    @cached_property
    def states(self) -> dict[int, MemberState]:
        wanted = {pk for one in self.operations for pk in one.state_ids}
        return {one.pk: one for one in MemberState.objects.visible_to(self.user).filter(pk__in=wanted)}

    @cached_property
    def agreements(self) -> dict[int, Agreement]:
        wanted = {one.agreement_id for one in self.operations if one.agreement_id}
        return {one.pk: one for one in Agreement.objects.visible_to(self.user).filter(pk__in=wanted)}


def label_of_all(operations: Iterable[Operation]) -> Tlp:
    """A list leaves under the strictest label of what stands in it; an empty one tells nothing."""
    return strictest([operation.tlp for operation in operations] or [Tlp.CLEAR])


def table(rows: Iterable[Row]) -> Iterator[list[Any]]:
    yield [
        "TLP",
        _("Joint operation"),
        _("Line of work"),
        _("Status"),
        pgettext("operation", "Lead"),
        _("Partners"),
        _("States"),
        _("First day"),
        _("Last day"),
        _("Agreement"),
        *where(),
    ]
    for row in rows:
        one = row.operation
        yield [
            one.get_tlp_display(),
            one.title_in_any,
            one.get_line_display(),
            one.get_status_display(),
            row.led_by,
            "; ".join(str(partner) for partner in row.partners),
            "; ".join(str(state) for state in row.states),
            one.starts_on,
            one.ends_on,
            str(row.agreement or ""),
            *whereabouts(one),
        ]


class OperationPage:
    """One operation as `user` reads it. `label` is the strictest of what it shows: the page leaves under that one."""

    def __init__(self, operation: Operation, user: Any) -> None:
        self.operation, self.user = operation, user
        self.row = next(iter(Rows(user, [operation])))
        self.figures = self._of(OperationFigure).select_related("source").order_by("kind", "pk")

    @cached_property
    def is_inside(self) -> bool:
        reach = reach_of(self.user)
        return reach.staff or Operation.objects.inside(self.user).filter(pk=self.operation.pk).exists()

    @cached_property
    def log(self) -> list[LogEntry]:
        return self._added(LogEntry, "-happened_at", "-pk")

    @cached_property
    def exhibits(self) -> list[Exhibit]:
        return self._added(Exhibit, "pk")

    @cached_property
    def custody(self) -> dict[int, list[Custody]]:
        found = Custody.objects.visible_to(self.user).filter(exhibit__in=[one.pk for one in self.exhibits])
        held: dict[int, list[Custody]] = {}
        for entry in found.select_related("by").order_by("handed_at", "pk"):
            held.setdefault(entry.exhibit_id, []).append(entry)
        return held

    @cached_property
    def evidence(self) -> list[tuple[Exhibit, list[Custody]]]:
        return [(one, self.custody.get(one.pk, [])) for one in self.exhibits]

    @cached_property
    def actions(self) -> list[OperationAction]:
        return list(self._of(OperationAction).order_by("-asked_on", "-pk"))

    @cached_property
    def people(self) -> list[OperationPerson]:
        return list(self._of(OperationPerson).select_related("person", "state").order_by("person__name", "pk"))

    @cached_property
    def alerts(self) -> list[Any]:
        """With how many indicators of each stand; both are the network's, behind its own labels."""
        links = {link.alert_id: link.pk for link in self._of(OperationAlert)}
        alerts: list[Any] = list(Alert.objects.visible_to(self.user).filter(pk__in=links).order_by("-pk"))
        standing = Indicator.objects.visible_to(self.user).standing().filter(alert__in=links)
        counted: list[int] = list(standing.values_list("alert", flat=True)) if links else []
        for alert in alerts:
            alert.link, alert.indicators_standing = links[alert.pk], counted.count(alert.pk)
        return alerts

    @cached_property
    def moves(self) -> list[OperationMove]:
        return list(self._of(OperationMove).select_related("by").order_by("-pk"))

    @cached_property
    def changes(self) -> list[CompartmentChange]:
        found = self._of(CompartmentChange).select_related("by", "person", "state")
        changes = list(found.order_by("-pk"))
        known = Partner.objects.visible_to(self.user).in_bulk([one.partner_id for one in changes if one.partner_id])
        for one in changes:
            one.whom = str(one.person or one.state or known.get(one.partner_id or 0, ""))
        return changes

    @cached_property
    def label(self) -> Tlp:
        inside = [*self.log, *self.exhibits, *self.alerts] if self.is_inside else []
        return strictest([self.operation.tlp, *(part.tlp for part in inside)])

    @property
    def sharing(self) -> Any:
        return SHARING[self.label]

    def _of(self, model: Any) -> Any:
        return model.objects.visible_to(self.user).filter(operation=self.operation)

    def _added(self, model: Any, *order: str) -> list[Any]:
        return list(self._of(model).select_related("by").order_by(*order))


@dataclass(frozen=True)
class OfAgreement:
    """For the page of an agreement: how many of each line, which, and the examples that sources name, also with an
    agreement of its story."""

    label: Tlp
    counts: list[tuple[Any, int]]
    rows: list[Row]
    examples: list[Operation]


def operations_of(agreement: Agreement, user: Any) -> OfAgreement:
    """As far as `user` reads of them: what a label hides is not counted either."""
    seen = Operation.objects.visible_to(user)
    own = list(seen.filter(agreement=agreement, is_historic=False).order_by("-starts_on", "-pk"))
    related = AgreementLink.objects.visible_to(user).filter(agreement=agreement).values("other")
    examples = list(seen.filter(Q(agreement=agreement) | Q(agreement__in=related), is_historic=True).order_by("pk"))
    counts = [(line.label, sum(one.line == line for one in own)) for line in Line]
    return OfAgreement(label_of_all([*own, *examples]), counts, list(Rows(user, own)), examples)
