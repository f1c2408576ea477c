"""Asked along the relations of a table, the API refuses: whoever could filter by a foreign column could read it."""

import zlib

import pytest

from capability.models import Answer, CsirtStatus, Evidence, Update
from member_states.models import MemberState
from tests.house.test_queries import paths

pytestmark = pytest.mark.django_db
LISTS = {
    "states/": MemberState,
    "answers/": Answer,
    "updates/": Update,
    "facts/csirts/": CsirtStatus,
    "states/chile/documents/": Evidence,
}
LOOKUPS = ("", "__startswith", "__isnull", "__regex", "__in")


def some(model, count=12):
    through = sorted({path for path in paths(model) if "__" in path})
    return [through[zlib.crc32(f"{number}".encode()) % len(through)] for number in range(count)]


@pytest.mark.parametrize("where", LISTS)
def test_no_column_is_reached_along_a_relation(where, program_of, lead_chl):
    program = program_of(lead_chl)
    assert program.get(where).status_code == 200

    for number, path in enumerate(some(LISTS[where])):
        asked = program.get(f"{where}?{path}{LOOKUPS[number % len(LOOKUPS)]}=1")
        ordered = program.get(f"{where}?ordering={path}")

        assert (asked.status_code, ordered.status_code) == (400, 400), path
        assert asked.json()["detail"].endswith(".")
