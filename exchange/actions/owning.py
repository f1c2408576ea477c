"""Whose an id is: the portal's, that of the team that first brought it, or free as far as the team may know."""

import json
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db.models import Q

from common.scope import PROGRAMME, current_reach, scope
from common.tlp import Tlp, strictest
from csirt_network.models import Team
from exchange.models import StixObject
from exchange.stix.checking import OF_OBSERVABLES, version_of
from exchange.stix.identities import PROGRAMME_ID, id_of
from exchange.stix.labels import label_of
from exchange.stix.markings import PAP_IDS

Rows = dict[str, list[StixObject]]  # by their ids


class Portals(NamedTuple):
    """`makers`: the teams by the ids of their identities. `ids`: what nobody brings."""

    makers: dict[str, int | None]
    ids: set[str]

    def is_forged(self, value: dict[str, Any], team: Team) -> bool:
        """Whether it says that another team, or the programme, made it."""
        maker = value.get("created_by_ref")
        return isinstance(maker, str) and self.makers.get(maker, team.pk) != team.pk


class Here(NamedTuple):
    """What a team may know of an id: rows of the collection, and of others."""

    known: list[StixObject]
    others: list[StixObject]
    team: Team

    @property
    def is_of_another(self) -> bool:
        first = min([*self.known, *self.others], key=lambda row: row.date_added, default=None)
        return first is not None and first.from_team_id != self.team.pk

    def is_copy(self, value: dict[str, Any]) -> bool:
        """What one may read in another collection may be passed on as it is, when its label lets it."""
        return any(same_version(row, version_of(value)) and says(row, value) for row in self.others)

    def label_of(self, value: dict[str, Any], label: Tlp | None) -> Tlp | None:
        """What another team brought without a label of its own is passed on under the strictest it is held under."""
        if label_of(value) or not self.is_of_another:
            return label
        held = [Tlp(row.tlp) for row in self.others if row.from_team_id != self.team.pk]
        return strictest([*held, *([label] if label else [])]) if held else label


class Lines:
    """Which versions belong together: those of one id, unless there are some that the team may not know of.

    An observable is nobody's: what each team says of it stands beside what the others say.
    """

    def __init__(self, rows: Rows, known: Rows, team: Team) -> None:
        self.rows, self.known, self.team = rows, known, team
        self.begun: dict[str, UUID | None] = {}

    def of(self, row: StixObject) -> UUID | None:
        there = self.rows.get(row.stix_id, [])
        if row.stix_id not in self.begun:
            self.begun[row.stix_id] = self._begun(row, there)
        line = self.begun[row.stix_id]
        is_taken = any((old.line, old.version) == (line, row.version) for old in there if not old.gone_at)
        return uuid4() if is_taken else line

    def _begun(self, row: StixObject, there: list[StixObject]) -> UUID | None:
        known = self.known.get(row.stix_id, [])
        own = [old for old in known if old.from_team_id == self.team.pk]
        if before := own or ([] if row.type in OF_OBSERVABLES else known):
            return before[0].line
        return uuid4() if there else None


def of_portal(ids: list[str]) -> Portals:
    """Its ids are told to whoever asks by one: none is computed, so whoever has one was given it."""
    with scope(PROGRAMME):
        makers: dict[str, int | None] = {id_of(team): team.pk for team in Team.objects.only("pk")}
        made = StixObject.objects.filter(Q(alert__isnull=False) | Q(from_team=None), stix_id__in=sorted(set(ids)))
        held = set(made.values_list("stix_id", flat=True))
    makers[PROGRAMME_ID] = None
    return Portals(makers, {*held, *makers, *PAP_IDS.values()})


def known_of(rows: Rows, team: Team) -> Rows:
    """Those of a collection that the team may read or brought itself."""
    asked = [row.pk for some in rows.values() for row in some]
    mine = set(StixObject.objects.readable_in(current_reach()).filter(pk__in=asked).values_list("pk", flat=True))
    return {
        stix_id: known
        for stix_id, some in rows.items()
        if (known := [row for row in some if row.pk in mine or row.from_team_id == team.pk])
    }


def is_portals(row: StixObject) -> bool:
    return row.alert_id is not None or row.from_team_id is None


def same_version(row: StixObject, version: datetime | None) -> bool:
    """Observables have none: of theirs the last counts."""
    return row.version == version if version else row.is_last


def says(row: StixObject, value: dict[str, Any]) -> bool:
    return bool(row.body) and json.loads(row.body) == value
