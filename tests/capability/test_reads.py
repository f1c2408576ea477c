"""Who of the programme read what a state did not share with everybody: one line in the trail for each page."""

import pytest

from accounts.models import AuditEntry
from action_plan.models import CalendarFeed
from common.middleware import WRITTEN_AFTER_READING
from common.scope import PROGRAMME, scope
from csirt_network.models import FeedToken
from tests.access.fixtures import world
from tests.access.test_matrix import GETS, url_of
from tests.access.visits import undone, visit

__all__ = ["world"]
pytestmark = pytest.mark.django_db
SENT = "states/<slug:state>/updates/<slug:round>/submissions/<int:number>/"
REVIEW = "states/<slug:state>/updates/<slug:round>/review/"
ONCE = (
    (SENT, "update:submitted"),
    (SENT, "update:accepted"),
    (REVIEW, "update:undecided"),
    ("states/<slug:slug>/", "state"),
    ("states/<slug:slug>/maturity/", "state"),
    ("states/<slug:slug>/maturity.csv", "state"),
    ("states/<slug:slug>/maturity.xlsx", "state"),
    ("states/<slug:slug>/threats/", "state"),
    ("states/<slug:slug>/requests.csv", "state"),
    ("states/<slug:slug>/compare/", "state"),
    ("states/<slug:slug>/compare.csv", "state"),
    ("states/<slug:slug>/compare.xlsx", "state"),
)


def read_by(world, role, route, thing):
    """(kind of record, state) of each read that was recorded."""
    row = next(row for row in GETS if (row.first, row.third or "-") == (route, thing))

    def recorded():
        with scope(PROGRAMME):
            new = AuditEntry.objects.filter(verb="R", pk__gt=world.last_audit_entry)
            return list(new.values_list("model", "by_id", "state_id"))

    return visit(world, role, "GET", url_of(world, row), look=recorded).looked


@pytest.mark.parametrize(("route", "thing"), ONCE)
def test_staff_who_read_it_are_recorded_once(world, route, thing):
    chile = world.update("accepted").state_id
    for role in ("officer", "observer"):
        recorded = read_by(world, role, route, thing)

        assert recorded == [("capability.submission", world.people[role].pk, chile)], role


@pytest.mark.parametrize(("route", "thing"), ONCE)
@pytest.mark.parametrize("role", ["own", "deputy"])
def test_a_state_that_reads_its_own_words_is_not(world, route, thing, role):
    assert not read_by(world, role, route, thing)


@pytest.mark.parametrize("page", ["region/", "updates/", "states/", "rounds/"])
def test_pages_that_quote_nobody_record_nothing(world, page):
    assert not read_by(world, "officer", page, "-")


def test_the_history_shows_it_to_staff_who_ask(world):
    row = next(row for row in GETS if (row.first, row.third) == (SENT, "update:submitted"))
    update = world.update("submitted")
    history = f"/states/chile/updates/{update.round.slug}/history/"

    def look():
        asked = [visit(world, "manager", "GET", history + more).body.decode() for more in ("", "?reads=on")]
        return ["Ana Ejemplo" in page and "/submissions/1/" in page for page in asked]

    seen = visit(world, "officer", "GET", url_of(world, row), look=look)

    assert seen.looked == [False, True]


def test_reading_does_write_what_it_may(world):
    """The matrix says of every page that it writes nothing else; were nothing written here, that would prove little."""
    addresses = [row for row in GETS if row.third in ("file:sent", "calendar-secret", "feed-secret")]
    with undone():
        with scope(PROGRAMME):
            for model in (CalendarFeed, FeedToken):
                model._base_manager.update(last_used_at=None)
        written = {table for row in addresses for table in visit(world, "officer", "GET", url_of(world, row)).written}

    assert {"accounts_auditentry", "action_plan_calendarfeed", "csirt_network_feedtoken"} <= written
    assert written <= set(WRITTEN_AFTER_READING)
