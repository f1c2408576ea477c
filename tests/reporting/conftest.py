from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from capability.models import CsirtStatus, StrategyStatus, SupportRequest, ThreatClass, ThreatLevel
from common.scope import PROGRAMME, scope
from tests.api.conftest import program_of
from tests.factories.capability import four, make_accepted, make_round, make_update

__all__ = ["program_of"]
LANGUAGES = ("en", "es", "fr", "pt-br")


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def cells_of(xlsx: bytes) -> list[Any]:
    book = load_workbook(BytesIO(xlsx))
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


@pytest.fixture
def first_round(edition, manager):
    return make_round(edition, by=manager, year=2026, number=1, closed=True)


def tell_facts(state, update, *, words, audience="programme"):
    """CSIRT, strategy, one threat and one request, with `words` in every text."""
    with scope(PROGRAMME):
        for fact in (CsirtStatus, StrategyStatus, ThreatLevel, SupportRequest):
            fact.objects.filter(state=state).update(is_current=False)
        threat, _new = ThreatClass.objects.get_or_create(
            code="fraud", defaults={"position": 1, **four("name", "Fraud"), **four("help", "x")}
        )
        said = {"state": state, "update": update, "audience": audience, "as_of": "2026-06-15"}
        CsirtStatus.objects.create(status="operational", name=f"{words} team", host=f"{words} host", **said)
        StrategyStatus.objects.create(step="adoption", in_force=True, title=f"{words} strategy", adopted="2023", **said)
        ThreatLevel.objects.create(threat=threat, level="high", trend="rising", source_note=f"{words} note", **said)
        SupportRequest.objects.create(point=2, need=f"{words} need", **said)


@pytest.fixture
def told_chl(first_round, open_round, chile, lead_chl):
    """Chile's profile: all factors moved from stage 2 to 4 with the second accepted update."""
    make_accepted(make_update(first_round, chile), by=lead_chl, stage=2)
    update = make_update(open_round, chile)
    make_accepted(update, by=lead_chl, stage=4)
    tell_facts(chile, update, words="Faro")
    return update


@pytest.fixture
def told_jam(first_round, jamaica, lead_jam):
    """A neighbour whose secrets must show in no brief but its own."""
    update = make_update(first_round, jamaica)
    make_accepted(update, by=lead_jam, stage=5)
    tell_facts(jamaica, update, words="CANARY-JAM-SENT")
    return update
