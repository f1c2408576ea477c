"""Every duty of the house is known to the page "My turn", and the page shows what its reader may do now."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.actions import make_token
from accounts.models import User
from capability.actions.discussing import assign_reviewer
from capability.models import Round
from common.days import today
from common.scope import PROGRAMME, reach_of, scope
from invitations.models import Invitation
from member_states.models import Liaison
from notices import badge, duties, kinds
from notices.duties import MOST, Duty, duty_kind, turn_of
from notices.tasks import count_turn
from tests.api.conftest import Program
from tests.factories.accounts import make_staff
from tests.factories.capability import make_submitted
from tests.factories.country_plans import begin, make_offer, send_back, write_all
from tests.factories.member_states import make_liaison

# Mails that cannot be switched off, and after which nothing waits.
NEWS = {
    "acceptance withdrawn": "tells the state; the next move is the programme's",
    "admission decided": "tells those who applied",
    "admission meeting": "tells those who applied; the meeting waits under the application",
    "admission member": "tells those who applied",
    "admission received": "tells those who applied",
    "alert labelled": "tells readers how to handle what they have",
    "audit head": "is kept outside of the portal, and asks nothing in it",
    "claims decided": "tells a team what became of its claims",
    "compartment changed": "tells who was let in or taken out",
    "contact ended": "tells somebody that a role of theirs ended",
    "exercise reported": "tells the teams that the report can be read; recommendations wait by themselves",
    "invitation accepted": "tells whoever invited",
    "liaison ended": "tells somebody that a role of theirs ended",
    "mail digest": "holds other mails",
    "plan touched": "tells that data differ from the plan; to leave it as it is can be right, and no step says so",
    "reports ready": "holds other mails",
    "role ended": "tells somebody that a role of theirs ended",
    "team ended": "tells somebody that a role of theirs ended",
}
OF_MACHINES = {  # told to those who keep the tokens of a team; whether another one is made is theirs to say
    "machine token made",
    "machine token expires",
    "machine token stopped",
    "machine token revoked",
}
OF_THE_ACCOUNT = {
    "password forgotten",
    "password set",
    "signed in elsewhere",
    "second factor added",
    "second factor removed",
    "second factor reset",
    "address changed",
}


def names_of(person):
    """(kind, what) of all that waits for the person."""
    person = User.objects.get(pk=person.pk)
    with scope(reach_of(person), read_only=True):
        return {(group.kind.name, duty.what) for group in turn_of(person).groups for duty in group.duties}


def kinds_of(person):
    return {name for name, _what in names_of(person)}


def test_every_mail_that_cannot_be_switched_off_waits_on_the_page_or_says_why_not():
    mailed = {name for name, kind in kinds._kinds.items() if kind.matter is None}
    waiting = {mail for kind in duties.known() for mail in kind.mails}

    assert mailed - waiting - set(NEWS) - OF_THE_ACCOUNT - OF_MACHINES == set()
    assert set(NEWS) & waiting == set(), "these wait after all"
    assert waiting - set(kinds._kinds) == set(), "nobody sends these"
    assert (set(NEWS) | OF_THE_ACCOUNT | OF_MACHINES) - mailed == set(), "these are no duties any more"


def test_every_list_that_a_kind_names_is_a_page():
    assert all(kind.url.startswith("/") for kind in duties.known() if kind.page)


def test_an_open_update_waits_for_those_who_write_for_the_state(update_chl, lead_chl, deputy_chl, chile, lead_jam):
    point = make_liaison("Carla Contacto", chile, kind="contact point")

    assert kinds_of(lead_chl) == kinds_of(deputy_chl) == {"update to send"}
    assert kinds_of(point) == kinds_of(lead_jam) == set()


def test_what_is_sent_waits_for_officers_and_no_longer_for_the_state(update_chl, lead_chl, officer, observer):
    make_submitted(update_chl, by=lead_chl)

    assert "update to send" not in kinds_of(lead_chl)
    assert "update to review" in kinds_of(officer)
    assert kinds_of(observer) == set()


def test_an_update_given_to_one_officer_waits_for_that_one_alone(update_chl, lead_chl, officer, second_officer):
    make_submitted(update_chl, by=lead_chl)
    with scope(reach_of(officer)):
        assign_reviewer(update=update_chl, person=second_officer, by=officer)

    assert "update to review" not in kinds_of(officer)
    assert "update to review" in kinds_of(second_officer)


def test_nobody_is_asked_to_review_the_own_state(update_chl, lead_chl, chile):
    both = make_staff("Dora Doble", "officer")
    Liaison.objects.create(state=chile, person=both, kind="deputy", starts_on=today() - timedelta(days=9))
    make_submitted(update_chl, by=lead_chl)

    assert "update to review" not in kinds_of(both)


def test_a_draft_near_its_due_date_waits_for_officers(update_chl, officer):
    assert "state to ask" not in kinds_of(officer)

    Round.objects.filter(pk=update_chl.round_id).update(due_on=today() + timedelta(days=2))

    assert ("state to ask", str(update_chl.round)) in names_of(officer)


def test_a_plan_waits_for_the_lead_and_when_it_is_sent_back_for_its_officer(chile, officer, lead_chl, deputy_chl):
    with scope(PROGRAMME):
        plan = begin(chile, officer)
    with scope(reach_of(officer)):
        write_all(plan, officer)
        version = make_offer(plan, officer)

    assert "plan to sign" in kinds_of(lead_chl)
    assert "plan to sign" not in kinds_of(deputy_chl)
    assert "plan answered" not in kinds_of(officer)

    with scope(reach_of(lead_chl)):
        send_back(plan, version, lead_chl)

    assert "plan to sign" not in kinds_of(lead_chl)
    assert "plan answered" in kinds_of(officer)


def test_an_invitation_waits_once_its_link_no_longer_opens(manager, officer):
    until = timezone.now() + timedelta(hours=1)
    asked = {"role": "officer", "invited_by": manager, "language": "en", "expires_at": until}
    with scope(PROGRAMME):
        invitation = Invitation.objects.create(email="new@example.org", name="Nina Nueva", **asked)
    assert "invitation" not in kinds_of(manager)

    with scope(PROGRAMME):
        Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now() - timedelta(hours=1))

    assert ("invitation", "Nina Nueva") in names_of(manager)
    assert "invitation" not in kinds_of(officer)


@pytest.fixture
def three(monkeypatch):
    """A kind of which three wait for everybody: one late, one that waits long, one without a date."""
    monkeypatch.setattr(duties, "_kinds", {})
    late, long_ago = today() - timedelta(days=1), today() - timedelta(days=90)
    found = [Duty("No date", "/c/"), Duty("Waits long", "/b/", since=long_ago), Duty("Late", "/a/", due_on=late)]
    duty_kind("things", heading="Things", verb="Do", find=lambda _person: list(found))
    return found


def test_what_is_due_comes_first_then_what_waits_longest(three, lead_chl):
    (group,) = turn_of(lead_chl).groups

    assert [duty.what for duty in group.duties] == ["Late", "Waits long", "No date"]
    assert (turn_of(lead_chl).count, turn_of(lead_chl).late) == (3, 1)


def test_of_very_many_the_most_urgent_are_shown_and_that_there_are_more(three, lead_chl, sign_in):
    three.extend(Duty(f"Another {number}", "/d/") for number in range(MOST))

    page = sign_in(lead_chl).get("/my-turn/").content.decode()

    assert page.count("Another") == MOST - 3
    assert "More of these wait than are shown here." in page
    assert f'Things <span class="muted number">{MOST}+</span>' in page


def test_the_number_says_that_more_waits_than_was_counted(three, lead_chl, sign_in):
    three.extend(Duty(f"Another {number}", "/d/") for number in range(MOST))
    count_turn(lead_chl.pk)
    client = sign_in(lead_chl)

    assert str(badge.count_for(lead_chl)) == f"{MOST}+"
    assert f'<span class="nav__count">{MOST}+<' in client.get("/library/").text
    assert f"{MOST}+ things wait for you" in client.get("/home/").text


def test_the_page_says_what_to_do_and_by_when(update_chl, lead_chl, sign_in):
    midday = datetime.combine(timezone.localdate(), time(17), UTC)  # one day for her and the officer
    with time_machine.travel(midday):
        page = sign_in(lead_chl).get("/my-turn/").content.decode()

    assert "1 thing waits for you." in page
    assert f'href="{update_chl.get_absolute_url()}"' in page
    assert "Write" in page
    assert "9 days left" in page


def test_where_nothing_waits_the_page_says_so(outsider, sign_in):
    page = sign_in(outsider).get("/my-turn/").content.decode()

    assert "Nothing waits for you" in page
    assert "<table" not in page


def test_who_is_not_in_is_sent_to_sign_in(client, db):
    assert client.get("/my-turn/").headers["Location"].startswith("/sign-in/")


def test_programs_are_told_the_same(update_chl, lead_chl):
    token, secret = make_token(name="A program", scopes=["read"], days=30, by=lead_chl)
    told = Program(token, secret).get("my-turn/").json()

    (group,) = told["groups"]
    (duty,) = group["duties"]
    assert (told["count"], group["kind"], duty["state"]) == (1, "update to send", "chile")
    assert duty["url"].endswith(update_chl.get_absolute_url())
    assert duty["due_on"] == update_chl.round.due_on.isoformat()


def test_the_number_in_the_navigation_is_counted_by_a_worker_and_asks_no_database(
    update_chl, lead_chl, monkeypatch, django_assert_num_queries
):
    rung = []
    monkeypatch.setattr("notices.bell.send", lambda *call, **_more: rung.append(call))

    with django_assert_num_queries(0):
        assert badge.count_for(lead_chl) is None
        assert badge.count_for(lead_chl) is None
    assert rung == [("notices.tasks.count_turn", lead_chl.pk)], "asked once in two minutes"

    count_turn(lead_chl.pk)

    assert badge.count_for(lead_chl) == badge.Number(1, has_more=False)


def test_the_page_keeps_what_it_counted_for_the_navigation(update_chl, lead_chl, sign_in):
    client = sign_in(lead_chl)
    client.get("/my-turn/")

    assert '<span class="nav__count">1' in client.get("/library/").content.decode()
    assert "1 thing waits for you" in client.get("/home/").content.decode()


def test_everybody_finds_the_page_from_the_home_page(sign_in, manager, lead_chl, rep_chl, admin):
    for person in (manager, lead_chl, rep_chl, admin):
        client = sign_in(person)
        page = client.get(reverse("landing"), follow=True).content.decode()
        assert 'href="/my-turn/"' in page, person
