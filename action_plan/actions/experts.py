"""The roster: entered by officers, confirmed by the experts themselves, who leave when they wish."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

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
def change_expert(*, expert: Expert, skills: Mapping[int, int], countries: Iterable[Any], by: Any) -> None:
    expert.save()
    _know(expert, skills, countries)


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
    """Name, address and biography go at once, with what would tell whose row it was."""
    nothing = dict.fromkeys(PERSONAL, "")
    facts: dict[str, Any] = {"status": Expert.Status.LEFT, "languages": [], "country": None}
    with scope(PROGRAMME, page="expert"):
        ExpertSkill.objects.filter(expert=expert.pk).delete()
        ExpertCountry.objects.filter(expert=expert.pk).delete()
        held = Expert.objects.standing().filter(pk=expert.pk)
        held.update(**facts, **nothing, available_from=None, available_until=None, left_at=timezone.now())


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
