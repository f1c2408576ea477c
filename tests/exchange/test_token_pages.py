"""Representatives make tokens, see how they stand, and revoke them; a page shows what programs would reach."""

import re
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.second_factor import FRESH_SECONDS
from common.scope import PROGRAMME, reach_of, scope
from csirt_network.models import TeamMember
from exchange.actions.collections import keep_collections
from exchange.models import Collection, MachineToken, StixObject
from tests.csirt_network.alerts import fresh
from tests.factories.csirt_network import make_member
from tests.factories.exchange import make_machine_token
from tests.signing_in import give_app

pytestmark = pytest.mark.django_db
GIVEN = {"name": "MISP", "scopes": ["read", "push"], "days": "30", "networks": "192.0.2.0/24\n\n 2001:DB8::/32 \n"}


def the_token():
    with scope(PROGRAMME):
        return MachineToken.objects.with_standing().select_related("team").get()


def test_a_representative_makes_one_and_is_shown_it_once(rep_jam, csirt_jam, sign_in, client):
    page = sign_in(rep_jam).post("/exchange/tokens/new/", GIVEN)
    token, text = the_token(), page.content.decode()
    shown = re.findall(r'<code class="code code--secret">([^<]+)</code>', text)

    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store, private"
    assert (token.team, token.made_by_id, token.scopes) == (csirt_jam, rep_jam.pk, ["read", "push"])
    assert token.networks == ["192.0.2.0/24", "2001:db8::/32"]
    assert 29 <= (token.expires_at - timezone.now()).days <= 30
    key, secret, bearer = shown
    assert (key, bearer) == (token.key, f"{key}.{secret}")
    listed = client.get("/exchange/tokens/").content.decode()
    assert key in listed
    assert secret not in listed


def test_a_fresh_second_factor_is_asked_for(rep_jam, sign_in, client):
    give_app(rep_jam)
    session = sign_in(rep_jam).session
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "webauthn", "at": time.time() - FRESH_SECONDS - 1}
    ]
    session.save()

    assert client.get("/exchange/tokens/").status_code == 200
    answer = client.post("/exchange/tokens/new/", GIVEN)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("mfa_reauthenticate"))
    with scope(PROGRAMME):
        assert not MachineToken.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "This field is required"),
        ({"scopes": []}, "This field is required"),
        ({"scopes": ["administer"]}, "Select a valid choice"),
        ({"days": "36500"}, "Select a valid choice"),
        ({"networks": "everywhere"}, "“everywhere” is no network"),
        ({"networks": "192.0.2.7/24"}, "Write 192.0.2.0/24 for all of it"),
        ({"networks": "192.0.2.0/33"}, "is no network"),
        ({"networks": "\n".join(f"192.0.2.{n}" for n in range(21))}, "20 networks at most"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(rep_jam, sign_in, typed, said):
    page = sign_in(rep_jam).post("/exchange/tokens/new/", GIVEN | {"name": "Our own name"} | typed)

    assert page.status_code == 422
    assert said in page.content.decode().replace("&quot;", '"')
    assert all(str(value).splitlines()[0] in page.content.decode() for key, value in typed.items() if key == "networks")
    with scope(PROGRAMME):
        assert not MachineToken.objects.exists()


def test_the_twenty_first_is_refused_with_a_sentence(rep_jam, csirt_jam, sign_in):
    for _ in range(MachineToken.MOST):
        make_machine_token(rep_jam, csirt_jam)
    page = sign_in(rep_jam).post("/exchange/tokens/new/", GIVEN)

    assert page.status_code == 422
    assert "The team has 20 machine tokens in use." in page.content.decode()


def test_who_acts_for_two_teams_says_for_which(rep_jam, csirt_jam, csirt_chl, sign_in):
    TeamMember.objects.create(team=csirt_chl, person=rep_jam, kind="representative", starts_on="2020-01-01")
    assert sign_in(rep_jam).post("/exchange/tokens/new/", GIVEN).status_code == 422
    assert sign_in(rep_jam).post("/exchange/tokens/new/", GIVEN | {"team": csirt_chl.slug}).status_code == 200
    assert the_token().team == csirt_chl


def test_a_colleague_revokes_it_and_others_do_not(rep_chl, csirt_chl, analyst_chl, rep_jam, officer, sign_in):
    path = f"/exchange/tokens/{make_machine_token(rep_chl, csirt_chl)[0].pk}/revoke/"
    colleague = make_member("Carla Colega", csirt_chl, "representative")

    assert sign_in(analyst_chl).post(path).status_code == 403
    assert [sign_in(person).post(path).status_code for person in (rep_jam, officer)] == [404, 404]
    assert the_token().revoked_at is None
    assert sign_in(colleague).post(path, follow=True).status_code == 200
    assert the_token().status == "revoked"
    before = the_token().revoked_at
    assert sign_in(colleague).post(path).status_code == 302
    assert the_token().revoked_at == before


def test_the_list_says_why_a_token_stopped(rep_chl, csirt_chl, sign_in):
    make_machine_token(rep_chl, csirt_chl)
    colleague = make_member("Carla Colega", csirt_chl, "representative")
    TeamMember.objects.filter(person=rep_chl).update(ended_at=timezone.now())
    page = sign_in(colleague).get("/exchange/tokens/").content.decode()

    assert "Stopped" in page
    assert "does not act for the team any more" in page


def test_pages_of_tokens_are_for_representatives(analyst_chl, lead_chl, officer, sign_in):
    for person in (analyst_chl, lead_chl, officer):
        assert [sign_in(person).get(path).status_code for path in ("/exchange/tokens/", "/exchange/tokens/new/")] == [
            403
        ] * 2


# The page for machines ------------------------------------------------------------------------------------------------


def held(collection, number):
    return [
        StixObject(
            collection=collection,
            date_added=timezone.now() + timezone.timedelta(microseconds=n),
            stix_id=f"indicator--{collection.pk}-{n}",
            version=timezone.now(),
            type="indicator",
            body="{}",
            tlp=collection.tlp,
            from_team=collection.team,
        )
        for n in range(number)
    ]


def test_it_shows_the_collections_of_its_reader(rep_jam, csirt_jam, csirt_chl, officer, lead_chl, sign_in):
    keep_collections()
    with scope(PROGRAMME):
        mine, foreign = Collection.objects.get(team=csirt_jam), Collection.objects.get(team=csirt_chl)
    with scope(reach_of(fresh(rep_jam))):
        StixObject.objects.bulk_create(held(mine, 3))
    page = sign_in(rep_jam).get("/exchange/").content.decode()

    assert str(mine.uuid) in page
    assert mine.alias in page
    assert re.search(r'data-label="Objects" class="number">3<', page)
    assert str(foreign.uuid) not in page
    of_staff = sign_in(officer).get("/exchange/").content.decode()
    assert str(mine.uuid) not in of_staff
    assert "community" in of_staff
    assert sign_in(lead_chl).get("/exchange/").status_code == 403


def test_beyond_the_most_it_counts_no_further(rep_jam, csirt_jam, sign_in, monkeypatch):
    monkeypatch.setattr("exchange.views.home.MOST_COUNTED", 2)
    keep_collections()
    with scope(PROGRAMME):
        mine = Collection.objects.get(team=csirt_jam)
    with scope(reach_of(fresh(rep_jam))):
        StixObject.objects.bulk_create(held(mine, 3))

    assert "more than 2" in sign_in(rep_jam).get("/exchange/").content.decode()


def test_it_names_the_addresses_that_programs_ask(rep_chl, sign_in, settings):
    page = sign_in(rep_chl).get("/exchange/").content.decode()

    for path in ("/taxii2/", "/taxii2/network/", "/.well-known/csaf/provider-metadata.json", "/alerts.atom"):
        assert f'<code class="code">{settings.SITE_URL}{path}</code>' in page


def test_only_who_keeps_tokens_is_led_to_them(rep_chl, analyst_chl, officer, sign_in):
    assert "/exchange/tokens/new/" in sign_in(rep_chl).get("/exchange/").content.decode()
    for person in (analyst_chl, officer):
        assert "/exchange/tokens/" not in sign_in(person).get("/exchange/").content.decode()


def test_the_script_is_given_as_text_to_save(rep_chl, sign_in):
    answer = sign_in(rep_chl).get("/exchange/taxii_poll.py")

    assert answer.headers["Content-Disposition"] == 'attachment; filename="taxii_poll.py"'
    compile(answer.content, "taxii_poll.py", "exec")


@pytest.mark.parametrize("path", ["/exchange/", "/exchange/tokens/"])
def test_queries_do_not_grow_with_what_there_is(rep_jam, csirt_jam, sign_in, path):
    browser = sign_in(rep_jam)
    keep_collections()

    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(path).status_code == 200
        return len(asked)

    make_machine_token(rep_jam, csirt_jam)
    queries()
    few = queries()
    for _ in range(9):
        make_machine_token(rep_jam, csirt_jam)
    with scope(PROGRAMME):
        mine = Collection.objects.get(team=csirt_jam)
    with scope(reach_of(fresh(rep_jam))):
        StixObject.objects.bulk_create(held(mine, 9))
    assert queries() == few
