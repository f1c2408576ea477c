"""Entries are confirmed, teams are called and answer, and somebody is told of what nobody looked after."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from common.fetching import Reply
from common.scope import PROGRAMME, reach_of, scope
from csirt_network.actions import freshness as acts
from csirt_network.freshness import unconfirmed, work_list
from csirt_network.models import Drill, DrillCall, SecurityTxt, TeamProfile
from csirt_network.tasks import remind_of_entries
from csirt_network.team_duties import entries, keys
from notices.models import Mail
from notices.sending import write as written_to
from notices.work import work
from tests.factories.csirt_network import make_contact, make_key, make_profile

pytestmark = pytest.mark.django_db
VALID = b"Contact: mailto:csirt@example.org\nExpires: %s\n"


@pytest.fixture
def drill(csirt_chl, csirt_jam, officer):
    with scope(PROGRAMME):
        make_contact(csirt_chl, "mailbox", email="desk@csirt.example")
        teams = type(csirt_chl).objects.connected()
    with scope(reach_of(User.objects.get(pk=officer.pk))):
        return acts.start_drill(title="Test of November", message="Good morning", hours=24, teams=teams, by=officer)


def call_to(drill, team):
    with scope(PROGRAMME):
        return DrillCall.objects.select_related("drill", "team").get(drill=drill, team=team)


def sent(drill, team):
    work(DrillCall, call_to(drill, team).pk)
    (message,) = mail.outbox
    return message


def path_in(message):
    return "/contact-test/link/" + message.body.split("/contact-test/link/")[1].split()[0]


def problems(user):
    with scope(reach_of(user)):
        return {fresh.team.slug: fresh.problems for fresh in work_list(user)}


def test_one_click_confirms_and_everybody_of_the_network_sees_when(sign_in, csirt_chl, analyst_chl):
    sign_in(analyst_chl).post(reverse("team-confirm", args=[csirt_chl.slug]))

    with scope(PROGRAMME):
        profile = TeamProfile.objects.get(team=csirt_chl)
    assert (profile.confirmed_by, profile.confirmed_at.date()) == (analyst_chl, timezone.now().date())


def test_only_the_team_itself_confirms(sign_in, csirt_chl, rep_jam, officer):
    for person in (rep_jam, officer):
        assert sign_in(person).post(reverse("team-confirm", args=[csirt_chl.slug])).status_code == 403


def test_who_did_not_confirm_for_90_days_is_reminded_then_and_each_30_days_after(csirt_chl, rep_chl, analyst_chl):
    with scope(PROGRAMME):
        profile = make_profile(csirt_chl, confirmed_at=timezone.now() - timedelta(days=89))
    remind_of_entries()
    with scope(PROGRAMME):
        assert not Mail.objects.filter(kind="entry to confirm").exists()
        TeamProfile.objects.filter(pk=profile.pk).update(confirmed_at=timezone.now() - timedelta(days=91))
    for _ in range(3):
        remind_of_entries()
    with scope(PROGRAMME):
        assert [one.person for one in Mail.objects.filter(kind="entry to confirm")] == [rep_chl]
        thresholds = {
            threshold
            for day in (91, 119, 121, 151)
            for _t, _p, threshold in unconfirmed(timezone.now() + timedelta(days=day - 91))
        }
    assert len(thresholds) == 3


def reminded(kind):
    remind_of_entries()
    with scope(PROGRAMME):
        return [mail.person for mail in Mail.objects.filter(kind=kind)]


def test_a_team_that_never_wrote_its_entry_is_reminded_90_days_after_it_came(csirt_chl, rep_chl, analyst_chl):
    def came(days):
        with scope(PROGRAMME):
            csirt_chl.memberships.update(starts_on=timezone.now().date() - timedelta(days=days))

    came(89)
    assert reminded("entry to confirm") == []
    came(92)
    assert reminded("entry to confirm") == reminded("entry to confirm") == [rep_chl]
    with scope(reach_of(rep_chl)):
        assert [duty.what for duty in entries(rep_chl)] == [str(csirt_chl)]


def test_who_acts_for_a_team_hears_that_its_last_key_ends(csirt_chl, csirt_jam, rep_chl, analyst_chl, rep_jam):
    now = timezone.now()
    with scope(PROGRAMME):
        soon = make_key(csirt_chl, rep_chl, fingerprint="A" * 40, expires=now + timedelta(days=20))
        make_key(csirt_chl, rep_chl, fingerprint="B" * 40, expires=now - timedelta(days=20))
        make_key(csirt_chl, rep_chl, fingerprint="C" * 40, is_revoked=True)
        make_key(csirt_jam, rep_jam, fingerprint="D" * 40, expires=now + timedelta(days=20))
        make_key(csirt_jam, rep_jam, fingerprint="E" * 40, expires=None)

    assert reminded("key ends") == reminded("key ends") == [rep_chl]
    with scope(PROGRAMME):
        told = Mail.objects.get(kind="key ends")
    assert str(csirt_chl) in written_to(told).subject
    assert soon.spaced in written_to(told).body
    with scope(reach_of(rep_chl)):
        assert [duty.note for duty in keys(rep_chl)] == [soon.spaced]
    for person in (analyst_chl, rep_jam):
        with scope(reach_of(person)):
            assert list(keys(person)) == []


def test_once_a_longer_key_is_there_nobody_hears_of_the_other(csirt_chl, rep_chl):
    now = timezone.now()
    with scope(PROGRAMME):
        make_key(csirt_chl, rep_chl, fingerprint="A" * 40, expires=now + timedelta(days=20))
    assert reminded("key ends") == [rep_chl]
    with scope(PROGRAMME):
        told = Mail.objects.get(kind="key ends")
        make_key(csirt_chl, rep_chl, fingerprint="B" * 40, expires=now + timedelta(days=400))

    assert written_to(told) is None


def test_a_team_is_called_at_the_mailbox_of_its_entry_in_its_language(drill, csirt_chl, rep_chl):
    message = sent(drill, csirt_chl)

    assert message.to == ["desk@csirt.example"]
    assert "Test of November" in message.subject
    assert "Good morning" in message.body


def test_looking_at_the_link_answers_nothing_and_the_button_does_once(drill, csirt_chl, client):
    path = path_in(sent(drill, csirt_chl))

    assert b"We are here" in client.get(path).content
    assert call_to(drill, csirt_chl).answered_at is None
    assert b"Thank you" in client.post(path).content
    first = call_to(drill, csirt_chl)
    client.post(path)

    assert (first.how, first.minutes) == ("link", 1)
    assert call_to(drill, csirt_chl).answered_at == first.answered_at


def test_a_wrong_link_is_answered_with_a_sentence(client, drill):
    assert client.get("/contact-test/link/no-such-secret/").status_code == 404


def test_after_the_end_nobody_answers_any_more(drill, csirt_chl, client, monkeypatch):
    path = path_in(sent(drill, csirt_chl))
    monkeypatch.setattr(Drill, "is_open", False)

    assert b"is over" in client.post(path).content
    assert call_to(drill, csirt_chl).answered_at is None


def test_a_member_answers_in_the_portal(drill, csirt_chl, analyst_chl, sign_in):
    sign_in(analyst_chl).post(reverse("drill-answer", args=[csirt_chl.slug, drill.pk]))

    call = call_to(drill, csirt_chl)
    assert (call.how, call.answered_by) == ("portal", analyst_chl)


def test_a_team_without_an_address_is_not_called_and_staff_read_why(drill, csirt_jam, officer, sign_in):
    work(DrillCall, call_to(drill, csirt_jam).pk)

    page = sign_in(officer).get(reverse("drill-detail", args=[drill.pk])).content.decode()
    assert not mail.outbox
    assert "names no e-mail address" in page


def test_the_telephone_counts_from_when_it_was_answered(drill, csirt_jam, officer, sign_in):
    at = timezone.localtime() + timedelta(seconds=1)
    url = reverse("drill-phone", args=[drill.pk, csirt_jam.slug])

    refused = sign_in(officer).post(url, {"at": (at + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")})
    assert refused.status_code == 422
    assert acts.answer(call=call_to(drill, csirt_jam), how="phone", by=officer, note="Spoke with the head")
    assert call_to(drill, csirt_jam).note == "Spoke with the head"


def test_how_soon_a_team_answers_is_its_own_and_the_programmes_to_see(
    drill, csirt_chl, rep_chl, lead_chl, rep_jam, officer, sign_in
):
    url = reverse("team-reachability", args=[csirt_chl.slug])

    for person, status in ((rep_chl, 200), (lead_chl, 200), (officer, 200), (rep_jam, 403)):
        assert sign_in(person).get(url).status_code == status, person


def test_the_work_list_names_what_wants_looking_after(csirt_chl, csirt_jam, rep_chl, officer):
    now = timezone.now()
    with scope(PROGRAMME):
        make_profile(csirt_chl, confirmed_at=now)
        make_contact(csirt_chl, "duty")
        make_profile(csirt_jam, confirmed_at=now - timedelta(days=100))
        make_key(csirt_jam, rep_chl, expires=now - timedelta(days=1))
    found = problems(officer)

    assert set(found) == {csirt_jam.slug}
    assert len(found[csirt_jam.slug]) == 3


class Answers:
    """A server that has this file."""

    def __init__(self, body):
        self.body, self.asked = body, []

    def ask(self, method, url, body=b""):
        self.asked.append(url)
        return Reply(url=url, status=200, body=self.body)


def test_the_website_of_a_team_is_asked_once_a_week(csirt_chl, rep_chl, settings):
    settings.LINK_CHECKER = True
    with scope(PROGRAMME):
        type(csirt_chl).objects.filter(pk=csirt_chl.pk).update(website="https://www.csirt.example/about/")
    server = Answers(VALID % f"{timezone.now() + timedelta(days=90):%Y-%m-%dT%H:%M:%SZ}".encode())

    assert (acts.check_security_txt(server), acts.check_security_txt(server)) == (1, 0)
    assert server.asked == ["https://www.csirt.example/.well-known/security.txt"]
    with scope(PROGRAMME):
        found = SecurityTxt.objects.get(team=csirt_chl)
        assert (found.is_found, found.is_valid) == (True, True)
        SecurityTxt.objects.update(asked_at=timezone.now() - timedelta(days=8))
    server.body = b"nothing of the kind"
    acts.check_security_txt(server)
    with scope(PROGRAMME):
        assert SecurityTxt.objects.get(team=csirt_chl).is_valid is False
