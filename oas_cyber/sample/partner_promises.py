"""What the partner of the trial promised and gave, all invented: commitments at every point of their life, a delivery
that was accepted and one that waits, and money of which a part is set aside and spent.
"""

import uuid
from datetime import timedelta
from decimal import Decimal

from action_plan.models import Activity
from common.days import today
from member_states.models import MemberState
from oas_cyber.sample.clock import at, days_ago
from oas_cyber.sample.people import Cast
from partnerships.actions import deliveries
from partnerships.actions.contributions import allocate, enter_rate, save_instalment
from partnerships.models import (
    Agreement,
    Allocation,
    Commitment,
    CommitmentActivity,
    Contribution,
    ExchangeRate,
    Instalment,
    Party,
)

AGREEMENT = "oas-safe-harbour-foundation"
# What, due in days (None: no date stated), objective, points.
PROMISES: tuple[tuple[str, str, int | None, int, list[int]], ...] = (
    ("Hold three workshops on national planning", "Celebrar tres talleres sobre planificación nacional", -120, 2, [1]),
    ("Send trainers for two courses on incident handling", "Enviar formadores para dos cursos", 200, 1, [2, 3]),
    ("Report on the year’s exchanges", "Informar sobre los intercambios del año", -9, 5, [3, 6]),
    ("Open exchanges to further states", "Abrir los intercambios a otros Estados", None, 3, [3]),
)
SHARES = ((1, "260000", "180000"), (2, "190000", "90000"), (3, "240000", "120000"))


def make_promises(cast: Cast) -> None:
    agreement = Agreement.objects.filter(slug=AGREEMENT).first()
    if agreement is None:
        return
    giver = agreement.parties.get(partner__isnull=False)
    promised = [_promise(giver, *row) for row in PROMISES]
    courses = list(Activity.objects.filter(kind="course").order_by("pk")[:3])
    for commitment in promised[:2]:
        CommitmentActivity.objects.bulk_create(
            CommitmentActivity(commitment=commitment, activity=one) for one in courses
        )
    _deliver(cast, promised[0], "All three workshops were held; the reports are attached to them (sample).", True)
    _deliver(cast, promised[1], "The first of the two courses was held (sample).", False)
    _give(cast, giver, courses)


def _promise(giver: Party, en: str, es: str, days: int | None, objective: int, points: list[int]) -> Commitment:
    due = "" if days is None else (today() + timedelta(days=days)).isoformat()
    serves = {"objectives": [objective], "points": points}
    words = {"what_en": f"{en} (sample)", "what_es": f"{es} (muestra)"}
    return Commitment.objects.create(agreement=giver.agreement, party=giver, due=due, **serves, **words)


def _deliver(cast: Cast, commitment: Commitment, what: str, is_all: bool) -> None:
    with at(days_ago(60)):
        facts = {"what": what, "on": today(), "link": "https://www.example.org/report", "fulfils": is_all}
        made = deliveries.report(
            commitment=commitment, key=uuid.uuid4(), facts=facts, uploads=(), send=True, by=cast.officer(0)
        )
    if is_all:
        with at(days_ago(50)):
            deliveries.decide(delivery=made, is_accepted=True, reason="", by=cast.manager)


def _give(cast: Cast, giver: Party, courses: list[Activity]) -> None:
    facts = {"kind": "money", "precision": "at least", "amount": Decimal(1_200_000), "currency": "CAD"}
    given = Contribution.objects.create(
        agreement=giver.agreement, giver=giver, slug="sample-training", programme="Sample programme", **facts
    )
    for days, received in ((-300, True), (-30, True), (150, False)):
        day = today() + timedelta(days=days)
        dates = {"due_on": day, "received_on": day if received else None}
        save_instalment(instalment=Instalment(contribution=given, amount=Decimal(400_000), **dates), by=cast.manager)
    states = list(MemberState.objects.filter(slug__in=("chile", "jamaica", "haiti")).order_by("pk"))
    for number, (point, aside, spent) in enumerate(SHARES):
        activity = courses[number] if number < len(courses) else None
        to = {"state": states[number % len(states)], "activity": activity, "point": point}
        row = Allocation(contribution=given, amount=Decimal(aside), spent=Decimal(spent), **to)
        allocate(allocation=row, by=cast.manager)
    rate = ExchangeRate(base="CAD", quote="USD", rate=Decimal("0.73"), on=today() - timedelta(days=30))
    rate.taken_from = "Invented for the trial"
    enter_rate(rate=rate, by=cast.manager)
