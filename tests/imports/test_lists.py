"""What the lists of tables narrow to, and who may bring which, asked of querysets and rules themselves."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from common.days import today
from common.scope import PROGRAMME, reach_of, scope
from imports.kinds import KINDS
from imports.models import TableImport
from member_states.models import Liaison
from tests.factories.accounts import make_staff

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def test_officers_bring_in_every_kind_of_table_and_nobody_else_any(
    officer: Any, manager: Any, observer: Any, admin: Any, chile: Any, lead_chl: Any, rep_chl: Any, outsider: Any
) -> None:
    both = make_staff("Bea Both", "officer")
    Liaison.objects.create(state=chile, person=both, kind="lead", starts_on=today())
    wanted = {one: set(KINDS) for one in (officer, manager, both)}
    wanted |= {one: set() for one in (observer, admin, lead_chl, rep_chl, outsider)}

    for person, kinds in wanted.items():
        with scope(reach_of(person)):
            may = {code for code, kind in KINDS.items() if person.has_perm("imports.import_table", kind)}
            assert (person.name, may) == (person.name, kinds)
            assert person.has_perm("imports.view_imports") is bool(kinds)
            assert not person.has_perm("imports.import_table", None)


def make_table(by: Any, name: str = "table.csv", **facts: Any) -> TableImport:
    whole = {"kind": "focal-points", "language": "en", "size": 1, "sha256": "0", "content": b"x", "rows": [{}]}
    return TableImport.objects.create(name=name, by=by, fingerprint="0", **whole | facts)


def test_tables_are_read_by_staff_alone(officer: Any, observer: Any, lead_chl: Any, admin: Any) -> None:
    people = (observer, lead_chl, admin, AnonymousUser())
    for person in people:
        reach_of(person)
    with scope(PROGRAMME):
        table = make_table(officer)

        assert [list(TableImport.objects.visible_to(person)) for person in people] == [[table], [], [], []]


def test_a_list_of_tables_is_one_query_without_what_is_large(officer: Any, django_assert_num_queries: Any) -> None:
    with scope(PROGRAMME):
        make_table(officer)
        with django_assert_num_queries(1):
            (table,) = TableImport.objects.listed()
            assert table.by.name == officer.name
        assert table.get_deferred_fields() == {"content", "rows", "made"}


def test_what_names_people_is_emptied_after_thirty_days(officer: Any) -> None:
    long_ago = timezone.now() - 30 * DAY - MINUTE
    tables = {
        "people": {"made_at": long_ago, "names_people": True},
        "rows left": {"made_at": long_ago, "names_people": True, "content": b""},
        "file left": {"made_at": long_ago, "names_people": True, "rows": []},
        "emptied": {"made_at": long_ago, "names_people": True, "content": b"", "rows": []},
        "younger": {"made_at": long_ago + 2 * MINUTE, "names_people": True},
        "of things": {"made_at": long_ago},
    }
    with scope(PROGRAMME):
        for name, facts in tables.items():
            make_table(officer, name, **facts)

        assert {table.name for table in TableImport.objects.to_empty()} == {"people", "rows left", "file left"}
