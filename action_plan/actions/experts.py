"""The roster: entered by officers, confirmed by the experts themselves, who leave when they wish."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from action_plan.actions.missions import Refused
from action_plan.models import Expert, ExpertCountry, ExpertLetter, ExpertSkill
from action_plan.models.experts import PERSONAL
from common.scope import PROGRAMME, scope
from notices.bell import ring_soon


@transaction.atomic
def enter_expert(*, expert: Expert, skills: Mapping[int, int], countries: Iterable[Any], by: Any) -> Expert:
    """On the roster once the person has confirmed: the letter with the link is sent."""
    expert.made_by = by
    expert.save(force_insert=True)
    _know(expert, skills, countries)
    _write(expert)
    return expert


@transaction.atomic
def change_expert(
    *, expert: Expert, facts: Mapping[str, Any], skills: Mapping[int, int], countries: Iterable[Any], by: Any
) -> bool:
    """True when the address is another one: whoever reads there is asked, and every link sent before is dead.

    Raises Refused when the person has left meanwhile.
    """
    held = Expert.objects.standing().select_for_update().filter(pk=expert.pk)
    before = held.values_list("email", flat=True).first()
    is_moved = before != facts["email"]
    asked = {"status": Expert.Status.ASKED, "confirmed_at": None, "turn": F("turn") + 1} if is_moved else {}
    if before is None or not Expert.objects.standing().filter(pk=expert.pk).update(**facts, **asked):
        raise Refused(_("This person has left the roster meanwhile. Nothing is saved."))
    _know(expert, skills, countries)
    if is_moved:
        expert.refresh_from_db(fields=["turn"])
        _write(expert)
    return is_moved


@transaction.atomic
def ask_again(*, expert: Expert, by: Any) -> None:
    """A new letter; the link of the one before is dead."""
    Expert.objects.standing().filter(pk=expert.pk).update(turn=F("turn") + 1)
    expert.refresh_from_db(fields=["turn"])
    _write(expert)


def confirm(*, expert: Expert) -> None:
    """By whoever holds the link, once."""
    with scope(PROGRAMME, page="expert"):
        held = Expert.objects.standing().filter(pk=expert.pk, turn=expert.turn)
        facts: dict[str, Any] = {"status": Expert.Status.CONFIRMED}
        held.update(**facts, confirmed_at=timezone.now(), turn=F("turn") + 1)


def leave(*, expert: Expert) -> None:
    """Name, address and biography go at once, with what would tell whose row it was.

    `expert` is as it was when the link was read: an address that has changed since keeps the entry.
    """
    nothing = dict.fromkeys(PERSONAL, "")
    facts: dict[str, Any] = {"status": Expert.Status.LEFT, "language": "en", "languages": [], "country": None}
    with scope(PROGRAMME, page="expert"):
        held = Expert.objects.standing().filter(pk=expert.pk, email=expert.email)
        if held.update(**facts, **nothing, available_from=None, available_until=None, left_at=timezone.now()):
            ExpertSkill.objects.filter(expert=expert.pk).delete()
            ExpertCountry.objects.filter(expert=expert.pk).delete()


def _know(expert: Expert, skills: Mapping[int, int], countries: Iterable[Any]) -> None:
    """`skills` are levels by factor; what is not named any more goes."""
    expert.skills.exclude(factor__in=skills).delete()
    for factor, level in skills.items():
        ExpertSkill.objects.update_or_create(expert=expert, factor_id=factor, defaults={"level": level})
    wanted = {country.pk for country in countries}
    expert.countries.exclude(country__in=wanted).delete()
    rows = [ExpertCountry(expert=expert, country_id=pk) for pk in sorted(wanted)]
    ExpertCountry.objects.bulk_create(rows, ignore_conflicts=True)


def _write(expert: Expert) -> None:
    ring_soon(ExpertLetter.objects.create(expert=expert, turn=expert.turn))
