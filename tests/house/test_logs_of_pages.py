"""No page, done, refused or broken, leaves in the log what somebody is called, wrote or was told."""

import pytest

from accounts.models import User
from tests.access.canaries import sung
from tests.access.payloads import PAYLOADS
from tests.access.test_matrix import GETS, POSTS, named, url_of
from tests.access.visits import visit
from tests.house.test_headers import readers
from tests.house.written import told, written

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("row", named({(row.first, row.cells): row for row in GETS}.values()))
def test_reading_leaves_nothing_in_the_log(world, row):
    for role in readers(row):
        with written() as kept:
            visit(world, role, "GET", url_of(world, row))

        assert not faults_of(world, kept, row), role


@pytest.mark.parametrize("row", named({row.first: row for row in POSTS}.values()))
def test_acting_leaves_nothing_in_the_log(world, row):
    """Done, refused for what was sent, and refused for who asks."""
    for role, is_empty in (("anon", False), ("own", False), ("officer", False), ("officer", True)):
        with written() as kept:
            visit(world, role, "POST", url_of(world, row), {} if is_empty else PAYLOADS[row.first](world))

        assert not faults_of(world, kept, row), role


def faults_of(world, kept, row):
    text = kept.getvalue()
    people = User.objects.values_list("name", "email")
    words = {word for person in people for word in person if word}
    faults = [*sung(text), *(word for word in words if word in text)]
    values = [value for value in world.arguments(row.third).values() if isinstance(value, str) and len(value) > 9]
    faults += [f"the address holds {value}" for value in values if value in text and not value.islower()]
    answered = told(kept, "answered")
    if len(answered) < 1 and not row.first.startswith("health/"):
        faults.append("no line for the request")
    return faults + [line for line in answered if "route" not in line or line["route"].startswith("/")]
