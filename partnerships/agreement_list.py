"""Agreements with what lists, downloads and the API show of each, as far as the reader may read of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch
from django.http import HttpRequest
from django.utils.translation import gettext as _

from common.downloads import each, where, whereabouts
from common.scope import reach_of
from member_states.models import MemberState
from partnerships.blocks import cards_of
from partnerships.filters.agreements import TABS, AgreementFilter
from partnerships.models import Agreement, AgreementInstrument, AgreementLink, Partner, Party
from partnerships.querysets.agreements import CLOSED, AgreementQuerySet
from partnerships.standing import STATUSES

OF_STATE = 4


def agreements_for(user: Any) -> AgreementQuerySet:
    return Agreement.objects.visible_to(user).with_status().newest_first()


def of_state(user: Any, state: MemberState) -> list[Agreement]:
    """The newest to which its government is a party, as far as `user` may know of agreement and party."""
    governments = Partner.objects.visible_to(user).filter(state=state)
    parties = Party.objects.visible_to(user).filter(agreement=OuterRef("pk"), partner__in=governments)
    return list(agreements_for(user).filter(Exists(parties))[:OF_STATE])


def chosen_of(request: HttpRequest) -> AgreementFilter:
    return AgreementFilter(request.GET, queryset=agreements_for(request.user), request=request)


def with_parties(agreements: AgreementQuerySet, user: Any) -> AgreementQuerySet:
    """Each with `sides`: its parties, the OAS first."""
    partners = Prefetch("partner", Partner.objects.visible_to(user).select_related("state"))
    parties = Party.objects.visible_to(user).prefetch_related(partners).order_by("position", "pk")
    return agreements.prefetch_related(Prefetch("parties", parties, to_attr="sides"))


def counted(agreements: AgreementQuerySet) -> dict[str, int]:
    """How many stand under each tab, and how many there are."""
    tabs = {tab: Count("pk", filter=condition) for tab, condition in TABS.items()}
    return agreements.order_by().aggregate(all=Count("pk"), **tabs)


@dataclass(frozen=True)
class Card:
    agreement: Any
    parts: list[tuple[str, Any]]
    why: str  # the programme follows it


@dataclass(frozen=True)
class Group:
    code: str  # "oas", "linked" or "closed"
    cards: list[Card]
    through: str = ""  # the partner that all linked ones have in common


def groups_of(agreements: list[Any], user: Any) -> list[Group]:
    """As the page shows them: those of the OAS, those it follows, those that are over."""
    parts, reasons = cards_of(agreements, user), _reasons(agreements, user)
    groups: dict[str, list[Card]] = {code: [] for code in TABS}
    for one in agreements:
        code = "closed" if one.status in CLOSED else "oas" if one.is_of_the_oas else "linked"
        groups[code].append(Card(one, parts[one.pk], reasons.get(one.pk, "")))
    return [Group(code, cards, _through(code, cards)) for code, cards in groups.items() if cards]


def _reasons(agreements: list[Any], user: Any) -> dict[int, str]:
    links = AgreementLink.objects.visible_to(user).filter(other__in=[one.pk for one in agreements])
    return {link.other_id: link.why for link in links.order_by("-pk")}


def _through(code: str, cards: list[Card]) -> str:
    if code != "linked" or len(cards) < 2:
        return ""
    common = set.intersection(*({side.name for side in card.agreement.sides} for card in cards))
    return common.pop() if len(common) == 1 else ""


def table(agreements: AgreementQuerySet, user: Any) -> Iterator[list[Any]]:
    """All of them, page after page, in as many queries as for one."""
    is_staff = reach_of(user).staff
    yield [
        _("Agreement"),
        _("Kind"),
        _("Status"),
        _("Parties"),
        _("Signed or announced on"),
        _("How exact"),
        _("Place"),
        _("In force from"),
        _("In force until"),
        _("End"),
        _("Objectives"),
        _("Points"),
        _("Instruments"),
        *([_("Responsible")] if is_staff else []),
        _("Reference"),
        _("Source"),
        *where(),
    ]
    instruments = AgreementInstrument.objects.visible_to(user).select_related("instrument")
    found = with_parties(agreements.select_related("source", *(["owner"] if is_staff else [])), user)
    for one in each(found.prefetch_related(Prefetch("implements", instruments, to_attr="named"))):
        yield _line(one, is_staff)


def _line(one: Any, is_staff: bool) -> list[Any]:
    return [
        one.name,
        one.get_kind_display(),
        str(STATUSES[one.status]),
        _names(side.name for side in one.sides),
        one.concluded_on,
        one.get_precision_display() if one.concluded_on else "",
        one.place,
        one.starts_on,
        one.ends_on,
        one.get_end_display(),
        ", ".join(map(str, one.objectives)),
        ", ".join(map(str, one.points)),
        _names(row.instrument.name for row in one.named),
        *([one.owner.name if one.owner else ""] if is_staff else []),
        one.reference,
        str(one.source or ""),
        *whereabouts(one),
    ]


def _names(names: Iterable[str]) -> str:
    return "; ".join(names)
