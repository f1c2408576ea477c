"""Links are asked after politely, and called broken only after failing on several days."""

from datetime import timedelta
from ipaddress import ip_address

import pytest
from django.utils import timezone

from capability.models import CsirtStatus, Evidence
from common.fetching import Fetcher, NotAllowed, Reply, Unreachable
from common.scope import PROGRAMME, reach_of, scope
from documents import links
from documents.links import Outcome, standing
from documents.models import Link, Source
from tests.factories.capability import make_submitted

URL = "https://www.example.org/strategy"


class Internet:
    """A fetcher that reaches nobody, and remembers what it was asked."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    def ask(self, method, url):
        self.asked.append((method, url))
        answer = self.answers.pop(0) if self.answers else 200
        if isinstance(answer, Exception):
            raise answer
        return Reply(answer, url)


@pytest.fixture(autouse=True)
def switched_on(settings):
    settings.LINK_CHECKER = True


@pytest.fixture
def link(db):
    with scope(PROGRAMME):
        return Link.objects.create(url=URL, host="www.example.org")


def all_links():
    with scope(PROGRAMME):
        return list(Link.objects.order_by("url", "state_id"))


def only():
    (found,) = all_links()
    return found


def due_again():
    with scope(PROGRAMME):
        Link.objects.update(next_check_at=timezone.now() - timedelta(minutes=1))


def failed_on(days):
    """The link fails once on each of these days, counted from now."""
    for day in days:
        links.settle(only(), Outcome(has_failed=True), now=timezone.now() + timedelta(days=day))


def test_nothing_leaves_the_portal_while_it_is_switched_off(link, settings):
    settings.LINK_CHECKER = False
    internet = Internet()

    assert links.check(internet) == 0
    assert internet.asked == []
    assert standing(only()) == "Not checked yet"


def test_a_link_is_asked_once_a_week(link):
    internet = Internet()

    assert (links.check(internet), links.check(internet)) == (1, 0)
    assert internet.asked == [("HEAD", URL)]
    assert only().next_check_at - timezone.now() > timedelta(days=6)
    assert standing(only()).startswith("Worked on ")


def test_a_server_that_knows_only_get_is_asked_so(link):
    internet = Internet(405, 200)

    links.check(internet)

    assert [method for method, _ in internet.asked] == ["HEAD", "GET"]
    assert only().failures == 0


@pytest.mark.parametrize(
    ("answers", "failures"),
    [((404, 404), 1), ((410, 410), 1), ((503, 503), 1), ((403, 403), 0), ((429, 429), 0)],
)
def test_gone_is_told_from_refused(link, answers, failures):
    links.check(Internet(*answers))

    assert only().failures == failures


def test_silence_counts_only_while_others_answer(link):
    """A portal that is cut off from the internet calls nothing broken."""
    links.check(Internet(Unreachable("no")))
    alone = only()
    with scope(PROGRAMME):
        Link.objects.create(
            url="https://other.example.org/",
            host="other.example.org",
            status=200,
            checked_at=timezone.now(),
            next_check_at=timezone.now() + timedelta(days=7),
        )
        Link.objects.filter(pk=link.pk).update(next_check_at=timezone.now() - timedelta(minutes=1))
    links.check(Internet(Unreachable("no")))

    assert (alone.failures, alone.checked_at) == (0, None)
    assert [found.failures for found in all_links() if found.pk == link.pk] == [1]


def test_it_is_broken_after_three_days_and_not_before(link):
    failed_on([0, 0, 0])
    first = only()
    failed_on([1])
    second = standing(only())
    failed_on([3])

    assert (first.failures, first.is_broken) == (1, False)
    assert second.startswith("Could not be reached since ")
    assert only().is_broken
    assert standing(only()).startswith("Broken since ")
    assert only().failed_since == first.failed_since


def test_pauses_grow_to_a_week(link):
    pauses = []
    for day in (0, 1, 3, 7, 14):
        failed_on([day])
        pauses.append((only().next_check_at - only().checked_at).days)

    assert pauses == [1, 2, 4, 7, 7]


def test_one_answer_mends_it(link):
    failed_on([0, 1, 3])

    links.settle(only(), Outcome(200))

    assert (only().failures, only().failed_since) == (0, None)


def test_an_inward_address_is_never_asked_and_never_called_broken(link):
    with scope(PROGRAMME):
        Link.objects.update(url="http://169.254.169.254/latest/")

    def opened(host, port):
        raise AssertionError("a name was asked for")

    links.check(Fetcher(resolve=opened))

    assert only().is_refused
    assert not only().failures
    assert "not on the public internet" in standing(only())


def test_a_server_is_asked_one_thing_at_a_time(link):
    with scope(PROGRAMME):
        Link.objects.create(url=f"{URL}/2", host="www.example.org")
        Link.objects.create(url="https://other.example.org/", host="other.example.org")

    claimed = [links.claim(), links.claim(), links.claim()]

    assert sorted(found.host for found in claimed if found) == ["other.example.org", "www.example.org"]


def test_a_claim_of_a_worker_that_died_comes_again(link):
    links.claim()
    with scope(PROGRAMME):
        Link.objects.update(claimed_until=timezone.now() - timedelta(minutes=1))
    due_again()

    assert links.claim() == link


def test_what_is_named_is_noted_once_and_forgotten_with_its_last_mention(update_chl, lead_chl, chile):
    source = Source.objects.create(key="a", title="A", link=URL)
    submission = make_submitted(update_chl, by=lead_chl)
    with scope(reach_of(lead_chl)):
        answer = submission.answers.first()
        Evidence.objects.create(
            answer=answer, state=chile, title="A", link=f"{URL}/own", added_by=lead_chl, added_at=timezone.now()
        )
    with scope(PROGRAMME):
        for audience, name in (("public", "open"), ("programme", "closed")):
            CsirtStatus.objects.create(
                state=chile, status="operational", website=f"{URL}/{name}", audience=audience, is_national=False
            )
    links.note()
    links.note()
    noted = [(found.url.removeprefix(URL), found.state_id) for found in all_links()]
    source.delete()
    links.note()

    assert noted == [("", None), ("/closed", chile.pk), ("/open", None), ("/own", chile.pk)]
    assert len(all_links()) == 3


def test_the_same_address_of_two_states_is_asked_once(link, chile):
    with scope(PROGRAMME):
        Link.objects.create(url=URL, host="www.example.org", state_id=chile.pk)
    internet = Internet()

    links.check(internet)

    assert len(internet.asked) == 1
    assert all(found.checked_at for found in all_links())


def test_another_state_does_not_learn_of_a_link(link, chile, lead_chl, lead_jam):
    with scope(PROGRAMME):
        Link.objects.create(url=f"{URL}/own", host="www.example.org", state_id=chile.pk)

    for person, number in ((lead_chl, 2), (lead_jam, 1)):
        with scope(reach_of(person)):
            assert Link.objects.count() == Link.objects.visible_to(person).count() == number


def test_refusing_is_one_exception_for_all():
    with pytest.raises(NotAllowed):
        Fetcher(resolve=lambda *_: [ip_address("10.0.0.1")]).ask("HEAD", URL)
