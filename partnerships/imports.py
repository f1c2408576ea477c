"""The public record: partners, agreements, whom the texts name and where they contradict each other (reference/*.csv).

Concluded, and for everybody to read. What somebody corrected meanwhile stays as it is (documents/loading.py).
"""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from action_plan.models import Activity, Instrument
from common.scope import PROGRAMME, scope
from documents.imports import sources
from documents.loading import Change, load, rows_of
from documents.models import Reading, Source
from member_states.imports import by_code
from partnerships.models import (
    Agreement,
    AgreementInstrument,
    AgreementLink,
    Appearance,
    Audience,
    Contribution,
    NamedPerson,
    Partner,
    Party,
)

FOLDER = Path(__file__).parent / "reference"


def load_partnerships() -> dict[str, Change]:
    """All of it or nothing, as the programme's own work."""
    with scope(PROGRAMME, page="load_reference"):
        return {name: step() for name, step in STEPS.items()}


def load_partner_sources() -> Change:
    rows = [(row["key"], row) for row in rows_of(FOLDER / "sources.csv")]
    return load(Source.objects.all(), rows, found_by=("key",))


def load_partners() -> Change:
    known, states = sources(), by_code()
    rows: list[tuple[str, dict[str, Any]]] = []
    for row in rows_of(FOLDER / "partners.csv"):
        of = {"source": known[row["source"]], "state": states.get(row.pop("iso_alpha3"))}
        rows.append((row["slug"], row | of | {"is_of_the_oas": row["is_of_the_oas"] == "yes", "is_published": True}))
    return load(Partner.objects.all(), rows, found_by=("slug",))


def load_agreements() -> Change:
    known, events = sources(), {one.slug: one for one in Activity.objects.all()}
    rows = [(row["slug"], _agreement(row, known, events)) for row in rows_of(FOLDER / "agreements.csv")]
    return load(Agreement.objects.all(), rows, found_by=("slug",))


def _agreement(row: dict[str, str], known: dict[str, Source], events: dict[str, Activity]) -> dict[str, Any]:
    return row | {
        "concluded_on": row["concluded_on"] or None,
        "event": events.get(row["event"]),
        "objectives": [int(number) for number in row["objectives"].split()],
        "points": [int(number) for number in row["points"].split()],
        "source": known[row["source"]],
        "phase": Agreement.Phase.CONCLUDED,
        "audience": Audience.PUBLIC,
    }


def load_parties() -> Change:
    """A side without a partner is the OAS."""
    agreements, partners = _agreements(), _partners()
    rows: list[tuple[str, dict[str, Any]]] = [
        (
            f"{row['agreement']} {row['partner']}",
            row | {"agreement": agreements[row["agreement"]], "partner": partners.get(row["partner"])},
        )
        for row in rows_of(FOLDER / "parties.csv")
        if row["agreement"] in agreements and (not row["partner"] or row["partner"] in partners)
    ]
    return load(Party.objects.all(), rows, found_by=("agreement", "partner"))


def load_implemented() -> Change:
    known, agreements = sources(), _agreements()
    instruments = {one.slug: one for one in Instrument.objects.all()}
    rows: list[tuple[str, dict[str, Any]]] = [
        (
            f"{row['agreement']} {row['instrument']}",
            {
                "agreement": agreements[row["agreement"]],
                "instrument": instruments[row["instrument"]],
                "source": known[row["source"]],
            },
        )
        for row in rows_of(FOLDER / "implements.csv")
        if row["agreement"] in agreements and row["instrument"] in instruments
    ]
    return load(AgreementInstrument.objects.all(), rows, found_by=("agreement", "instrument"))


def load_links() -> Change:
    agreements = _agreements()
    rows: list[tuple[str, dict[str, Any]]] = [
        (
            f"{row['agreement']} {row['other']}",
            row | {"agreement": agreements[row["agreement"]], "other": agreements[row["other"]]},
        )
        for row in rows_of(FOLDER / "links.csv")
        if row["agreement"] in agreements and row["other"] in agreements
    ]
    return load(AgreementLink.objects.all(), rows, found_by=("agreement", "other"))


def load_contributions() -> Change:
    """As they were stated: the giver is a party of the agreement."""
    known, sides = sources(), {(one.agreement.slug, one.partner.slug if one.partner else ""): one for one in _sides()}
    rows: list[tuple[str, dict[str, Any]]] = []
    for row in rows_of(FOLDER / "contributions.csv"):
        if giver := sides.get((row["agreement"], row["giver"])):
            of = {"giver": giver, "agreement": giver.agreement, "partner": giver.partner}
            rows.append((row["slug"], row | of | _stated(row, known)))
    return load(Contribution.objects.all(), rows, found_by=("slug",))


def _stated(row: dict[str, str], known: dict[str, Source]) -> dict[str, Any]:
    return {
        "kind": Contribution.Kind.MONEY,
        "amount": Decimal(row["amount"]) if row["amount"] else None,
        "source": known[row["source"]],
    }


def load_people() -> Change:
    names = sorted({row["person"] for row in rows_of(FOLDER / "appearances.csv")})
    return load(NamedPerson.objects.all(), [(name, {"name": name}) for name in names], found_by=("name",))


def load_appearances() -> Change:
    """Where the agreement or the activity stands."""
    known, people = sources(), {one.name: one for one in NamedPerson.objects.all()}
    agreements, activities = _agreements(), {one.slug: one for one in Activity.objects.all()}
    sides = {(one.agreement.slug, one.partner.slug if one.partner else "OAS"): one for one in _sides()}
    rows: list[tuple[str, dict[str, Any]]] = []
    for row in rows_of(FOLDER / "appearances.csv"):
        key, agreement = row.pop("key"), agreements.get(row["agreement"])
        activity, person = activities.get(row["activity"]), people.get(row["person"])
        if person and (agreement or activity):
            side = sides.get((row["agreement"], row["party"]))
            of = {"person": person, "agreement": agreement, "activity": activity, "party": side}
            rows.append((key, row | of | {"source": known[row["source"]]}))
    return load(Appearance.objects.all(), rows, found_by=("person", "agreement", "activity", "part", "source"))


def load_readings() -> Change:
    """What sources say of an agreement or a partner on which they differ."""
    known = sources()
    rows: list[tuple[str, dict[str, Any]]] = [
        (f"{row['subject']} {row['fact']} {row['source']}", row | {"source": known[row["source"]]})
        for row in rows_of(FOLDER / "readings.csv")
    ]
    return load(Reading.objects.all(), rows, found_by=("fact", "state_id", "subject", "source"))


def _agreements() -> dict[str, Agreement]:
    return {one.slug: one for one in Agreement.objects.all()}


def _partners() -> dict[str, Partner]:
    return {one.slug: one for one in Partner.objects.all()}


def _sides() -> Any:
    return Party.objects.select_related("agreement", "partner")


STEPS: dict[str, Callable[[], Change]] = {
    "sources of partnerships": load_partner_sources,
    "partners": load_partners,
    "agreements": load_agreements,
    "parties": load_parties,
    "instruments that agreements implement": load_implemented,
    "related agreements": load_links,
    "contributions": load_contributions,
    "people named in public": load_people,
    "appearances of people": load_appearances,
    "readings of partnerships": load_readings,
}
