"""Lists as files: what the page shows its reader, each row with its id and address, in a constant number of queries."""

import csv
import itertools
import re
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from capability.models import Factor
from common.scope import PROGRAMME, Reach, scope
from csirt_network.models import WorkingGroup
from documents.models import Source
from notices.models import Mail
from partnerships.models import Delivery, ExchangeRate
from tests.factories.capability import make_edition, make_round
from tests.factories.experts import make_expert
from tests.factories.member_states import make_state
from tests.factories.partnerships import make_agreement, make_partner
from tests.factories.promises import make_commitment
from tests.factories.reporting import make_run
from tests.factories.training import make_course

pytestmark = pytest.mark.django_db
DATE = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?")  # as text; of a cell that is one str() says seconds
NUMBERS = itertools.count(1)
CONTROL = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK", "BEGIN", "COMMIT", "SELECT set_config")


def a_state(cast):
    return make_state(f"zed-{next(NUMBERS)}")


def a_course(cast):
    return make_course(cast["chile"], title=f"Course {next(NUMBERS)}")


def an_expert(cast):
    factors = list(Factor.objects.order_by("pk")[:2])
    return make_expert(f"Olga{next(NUMBERS)} Example", cast["officer"], skills=dict.fromkeys(factors, 2))


def a_working_group(cast):
    number = next(NUMBERS)
    facts = {"slug": f"w-{number}", "name_en": f"Group {number}", "chair_team": cast["team"]}
    return WorkingGroup.objects.create(made_by=cast["officer"], **facts)


def a_round(cast):
    return make_round(cast["edition"], by=cast["officer"], year=2000 + next(NUMBERS), closed=True)


def a_delivery(cast):
    partner = make_partner(f"Partner {next(NUMBERS)}")
    commitment = make_commitment(make_agreement(f"Agreement {next(NUMBERS)}", partner))
    sent = {"status": "submitted", "submitted_by": cast["observer"], "submitted_at": timezone.now()}
    facts = {"commitment": commitment, "what": "Ten courses", "on": date(2026, 1, 2), "made_by": cast["observer"]}
    return Delivery.objects.create(**facts, **sent)


def a_rate(cast):
    facts = {"rate": Decimal("0.73"), "on": date(2020, 1, next(NUMBERS) % 28 + 1), "taken_from": "Bank of Canada"}
    return ExchangeRate.objects.create(base="CAD", quote="USD", entered_by=cast["officer"], **facts)


def a_source(cast):
    number = next(NUMBERS)
    return Source.objects.create(key=f"source-{number}", title=f"Source {number}", publisher="OAS")


def a_mail(cast):
    facts = {"kind": "brief ready", "object_id": next(NUMBERS), "status": "failed", "finished_at": timezone.now()}
    return Mail.objects.create(person=cast["lead"], **facts)


def a_report(cast):
    return make_run(cast["chile"], status="done", finished_at=timezone.now(), asked_by=cast["officer"])


LISTS = {
    "states": (a_state, ("officer", "lead", "rep"), "/states/"),
    "training": (a_course, ("officer", "lead"), "/training/"),
    "experts": (an_expert, ("officer", "observer"), "/experts/"),
    "working-groups": (a_working_group, ("officer", "rep"), "/working-groups/"),
    "rounds": (a_round, ("officer", "observer"), "/rounds/"),
    "deliveries": (a_delivery, ("officer",), "/deliveries/"),
    "rates": (a_rate, ("officer",), "/rates/"),
    "sources": (a_source, ("officer", "lead"), "/sources/#source-"),
    "mail/undelivered": (a_mail, ("officer", "observer"), "/mail/undelivered/"),
    "reports": (a_report, ("officer", "observer"), "/reports/"),
}


@pytest.fixture
def cast(chile, officer, observer, lead_chl, rep_chl, csirt_chl):
    return {
        "chile": chile, "officer": officer, "observer": observer, "lead": lead_chl, "rep": rep_chl, "team": csirt_chl,
        "edition": make_edition(),
    }  # fmt: skip


def made(make, cast, number):
    with scope(Reach(staff=True, person=cast["officer"].pk)):
        for _ in range(number):
            make(cast)


def table(client, path):
    with CaptureQueriesContext(connection) as asked:
        content = b"".join(client.get(path).streaming_content).decode("utf-8-sig")
    count = sum(not query["sql"].startswith(CONTROL) for query in asked.captured_queries)
    return list(csv.reader(StringIO(content))), count


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_downloaded_by_whoever_reads_it_in_a_constant_number_of_queries(cast, sign_in, name):
    make, readers, address = LISTS[name]
    clients = [sign_in(cast[reader]) for reader in readers]
    made(make, cast, 1)
    few = [table(client, f"/{name}.csv") for client in clients]
    made(make, cast, 4)

    for client, (rows, count) in zip(clients, few, strict=True):
        more, again = table(client, f"/{name}.csv")
        assert more[0][-2:] == ["Id", "Link"]
        assert len(more) == len(rows) + 4
        assert all(row[-2] and address in row[-1] and len(row) == len(more[0]) for row in more[1:]), more[-1]
        assert again <= count
        book = load_workbook(BytesIO(client.get(f"/{name}.xlsx").getvalue())).worksheets[0]
        assert book.max_row == len(more)
        assert not [cell for row in book.iter_rows(values_only=True) for cell in row if DATE.fullmatch(str(cell))]
        page = client.get(f"/{name}/").content.decode()
        assert f"/{name}.csv" in page
        assert f"/{name}.xlsx" in page


def test_a_list_is_narrowed_in_its_file_as_on_its_page(cast, sign_in):
    with scope(PROGRAMME):
        make_state("zed")
        make_course(cast["chile"], title="Forensics", level="advanced")
        make_course(cast["chile"], title="Incidents")
        make_run(cast["chile"], status="done")
    client = sign_in(cast["officer"])

    assert [row[0] for row in table(client, "/states.csv?q=chil")[0][1:]] == ["Chile"]
    assert [row[0] for row in table(client, "/training.csv?level=advanced")[0][1:]] == ["Forensics"]
    assert len(table(client, "/reports.csv?state=zed")[0]) == 1
    assert "/training.csv?level=advanced" in client.get("/training/?level=advanced").content.decode()


def test_a_liaison_takes_away_the_reports_that_were_sent_to_her_and_no_other(cast, sign_in):
    mine, other = make_run(cast["chile"], status="done"), make_run(cast["chile"], status="done")
    with scope(PROGRAMME):
        mine.deliveries.create(person=cast["lead"], name=cast["lead"].name, language="en", state=cast["chile"])

    rows, _count = table(sign_in(cast["lead"]), "/reports.csv")

    assert [row[-2] for row in rows[1:]] == [str(mine.pk)]
    assert other.pk != mine.pk
