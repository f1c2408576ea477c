"""A guest walks the whole portal with the key of one enquiry, and finds what anybody finds."""

from http.cookies import SimpleCookie

import pytest
from django.test import Client

from ministry_desk.guests import BROWSER, KEY
from tests.access.canaries import CHILE
from tests.access.enquiries import A_BROWSER, GUEST_KEY
from tests.access.fixtures import world
from tests.access.payloads import PAYLOADS
from tests.access.test_matrix import GETS, POSTS, url_of
from tests.access.visits import visit

pytestmark = pytest.mark.django_db
__all__ = ["world"]
OWN = "colleague/<int:pk>/"


@pytest.fixture
def walk(world, settings):
    """The guest of Chile's answered enquiry, whose key goes everywhere, as in no browser, and fast."""
    settings.API_LIMITS = settings.API_LIMITS | {"address": (10_000, 60)}
    world.clients["guest"] = Client()
    world.cookies["guest"] = {name: morsel.value for name, morsel in SimpleCookie(f"{KEY}={GUEST_KEY}-{CHILE}").items()}
    world.cookies["guest"][BROWSER] = A_BROWSER
    yield world
    del world.clients["guest"], world.cookies["guest"]


def test_reading(walk):
    faults = []
    for row in GETS:
        seen = visit(walk, "guest", "GET", url_of(walk, row))
        if seen.code != row.wanted()["anon"] or seen.leaked or seen.changed:
            faults.append(f"{row.name}: {seen.code} {sorted(seen.leaked)} {sorted(seen.changed)} {seen.error}")

    assert not faults, "\n".join(faults)


def test_acting(walk):
    faults = []
    for row in POSTS:
        seen = visit(walk, "guest", "POST", url_of(walk, row), PAYLOADS[row.first](walk))
        if seen.code != row.wanted()["anon"] or seen.leaked or (seen.code in "LFN" and seen.changed):
            faults.append(f"{row.name}: {seen.code} {sorted(seen.leaked)} {sorted(seen.changed)} {seen.error}")

    assert not faults, "\n".join(faults)


def test_the_own_page_is_served_and_sings(walk):
    """A walk that opens nothing proves nothing."""
    pk = walk.things["chile"]["enquiries"]["answered"].pk
    seen = visit(walk, "guest", "GET", f"/colleague/{pk}/")

    assert (seen.code, seen.leaked) == (".", frozenset())
    assert f"{CHILE}-ASKED" in seen.heard


def test_the_page_of_another_state_is_not(walk):
    pk = walk.things["jamaica"]["enquiries"]["answered"].pk

    assert visit(walk, "guest", "GET", f"/colleague/{pk}/").code == "N"
