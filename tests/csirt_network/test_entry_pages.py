"""The pages on which a team keeps its entry, and what everybody reads of it: as a browser without JavaScript asks."""

import csv
from io import StringIO

import pytest
from django.test import Client
from pysequoia import Tsk

from common.scope import PROGRAMME, scope
from csirt_network.models import Affiliation, Contact, TeamKey, TeamProfile
from tests.factories.csirt_network import make_contact, make_profile

pytestmark = pytest.mark.django_db
LANGUAGES = {"en": "We answer", "es": "Respondemos", "fr": "Nous répondons", "pt-br": "Respondemos nós"}
DUTY = {"role": "duty", "name": "Desk", "phone": "+56 2 2345 6789"}


@pytest.fixture
def base(csirt_chl):
    return f"/csirts/{csirt_chl.slug}/"


@pytest.fixture
def rep(sign_in, rep_chl):
    return sign_in(rep_chl)


@pytest.fixture
def visitor():
    """Somebody who is not signed in; `client` is whoever signed in last."""
    return Client()


def kept(model):
    with scope(PROGRAMME):
        return list(model.objects.all())


def test_a_representative_adds_changes_and_removes_a_contact(rep, base):
    assert rep.post(f"{base}contacts/new/", DUTY).status_code == 302
    (made,) = kept(Contact)
    assert made.is_24x7  # whoever is on call answers day and night, ticked or not

    rep.post(f"{base}contacts/{made.pk}/", DUTY | {"phone": "+56  2 0000 0000"})
    assert kept(Contact)[0].phone == "+56 2 0000 0000"
    rep.post(f"{base}contacts/{made.pk}/remove/")
    assert kept(Contact) == []


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"role": ""}, "This field is required."),
        ({"role": "nobody"}, "Select a valid choice."),
        ({"phone": ""}, "Give a number: this kind of contact needs one."),
        ({"phone": "2345 6789"}, "Write the number in international form"),
        ({"role": "mailbox"}, "Give an e-mail address: this kind of contact needs one."),
        ({"role": "mailbox", "email": "desk"}, "Enter a valid email address."),
        ({"role": "other"}, "Say how to reach it: this kind of contact needs it."),
        ({"role": "mailbox", "email": "a@example.org", "phone": "", "is_24x7": "on"}, "answers day and night."),
        ({"role": "head", "email": "a@example.org", "is_public": "on"}, "A person’s contact is not published."),
    ],
)
def test_a_contact_that_is_none_gets_a_sentence_and_keeps_what_was_typed(rep, base, given, sentence):
    answer = rep.post(f"{base}contacts/new/", DUTY | given)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="Desk"' in answer.text
    assert kept(Contact) == []


def test_a_key_is_read_and_served(rep, base, visitor):
    public = Tsk.generate("Desk <desk@example.cl>").extract_certificate()
    assert rep.post(f"{base}keys/new/", {"armoured": str(public)}).status_code == 302

    (key,) = kept(TeamKey)
    assert (key.fingerprint, key.user_ids) == (public.fingerprint.upper(), ["Desk <desk@example.cl>"])
    assert rep.get(f"{base}keys/{key.fingerprint}.asc").content.startswith(b"-----BEGIN PGP PUBLIC KEY BLOCK-----")
    assert visitor.get(f"{base}keys/{key.fingerprint}.asc").status_code == 404  # nothing is published


def test_what_is_no_public_key_gets_a_sentence(rep, base):
    secret = str(Tsk.generate("Desk <desk@example.cl>"))
    for typed, sentence in (("", "This field is required."), ("hello", 'class="field__error"'), (secret, "secret")):
        answer = rep.post(f"{base}keys/new/", {"armoured": typed})
        assert answer.status_code == 422
        assert sentence in answer.text
    assert kept(TeamKey) == []


def test_a_membership_elsewhere_has_a_level_of_that_body(rep, base):
    assert rep.post(f"{base}memberships/first/", {"level": "accredited"}).status_code == 422
    assert rep.post(f"{base}memberships/nobody/", {"level": "member"}).status_code == 404
    assert rep.post(f"{base}memberships/first/", {"level": "member", "since": "2004"}).status_code == 302

    assert [(one.level, one.since) for one in kept(Affiliation)] == [("member", 2004)]


def test_the_description_is_written_in_four_languages_and_published_as_text_and_json(rep, base, visitor):
    said = {f"mission_{code.replace('-', '_')}": words for code, words in LANGUAGES.items()}
    assert rep.post(f"{base}edit/3/", {"number": "0"} | said).status_code == 302
    assert visitor.get(f"{base}rfc2350.txt").status_code == visitor.get(f"{base}rfc2350.json").status_code == 404

    rep.post(f"{base}publish/", {"publish": "yes"})
    for code, words in LANGUAGES.items():
        language = {"Accept-Language": code}
        text, program = (visitor.get(f"{base}rfc2350.{kind}", headers=language) for kind in ("txt", "json"))
        assert text["Content-Type"].startswith("text/plain")
        assert f"   {words}" in text.text.splitlines(), code
        assert words in program.content.decode(), code

    rep.post(f"{base}publish/", {"publish": "no"})
    assert visitor.get(f"{base}rfc2350.txt").status_code == 404


def test_nothing_is_published_before_something_is_written(rep, base):
    answer = rep.post(f"{base}publish/", {"publish": "yes"}, follow=True)

    assert "Write the description first: there is nothing to publish yet." in answer.text
    assert not any(profile.is_published for profile in kept(TeamProfile))


def test_the_second_who_saves_a_chapter_keeps_their_words_and_is_told(rep, base):
    rep.post(f"{base}edit/3/", {"number": "0", "mission_en": "First"})
    answer = rep.post(f"{base}edit/3/", {"number": "0", "mission_en": "Second"})

    assert answer.status_code == 422
    assert "Somebody saved a newer version meanwhile." in answer.text
    assert "Second</textarea>" in answer.text
    assert kept(TeamProfile)[0].texts["mission"] == {"en": "First"}
    assert rep.post(f"{base}edit/3/", {"number": "1", "mission_en": "Second"}).status_code == 302


@pytest.mark.parametrize("number", ["0", "8", "99"])
def test_there_are_seven_chapters(rep, base, number):
    assert rep.get(f"{base}edit/{number}/").status_code == 404


def test_the_history_shows_what_changed(rep, base):
    rep.post(f"{base}edit/3/", {"number": "0", "mission_en": "We listen"})
    rep.post(f"{base}edit/3/", {"number": "1", "mission_en": "We answer"})

    page = rep.get(f"{base}history/2/").text
    assert "listen" in page
    assert "answer" in page


@pytest.mark.parametrize(("who", "status"), [("rep_jam", 200), ("manager", 200), ("lead_chl", 403), ("outsider", 403)])
def test_all_contacts_are_for_the_network_and_the_programme(request, sign_in, csirt_chl, csirt_jam, who, status):
    with scope(PROGRAMME):
        make_contact(csirt_chl, phone="=1+2", email="desk@chl.example")
        make_contact(csirt_jam, email="desk@jam.example")
    answer = sign_in(request.getfixturevalue(who)).get("/csirts/contacts.csv?sub_region=Caribbean")

    assert answer.status_code == status
    if status == 200:
        rows = list(csv.reader(StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
        assert [row[5] for row in rows[1:] if "@" in row[5]] == ["desk@jam.example"]  # narrowed as the page is


def test_the_directory_is_narrowed_and_says_when_nobody_is_found(client, csirt_chl, csirt_jam):
    assert csirt_jam.name not in client.get("/csirts/", {"q": csirt_chl.name}).text
    for query in ({"q": "nobody at all"}, {"q": "\0"}, {"language": "xx"}, {"page": "x"}, {"on_call": "on"}):
        answer = client.get("/csirts/", query)
        assert answer.status_code == 200, query
    assert "No team matches" in client.get("/csirts/", {"q": "nobody at all"}).text


def test_everybody_sees_who_is_active_only_where_contacts_are_known(visitor, rep, base, csirt_chl):
    with scope(PROGRAMME):
        make_profile(csirt_chl)

    assert "This team is not active." in rep.get(base).text
    assert "This team is not active." not in visitor.get(base).text
    rep.post(f"{base}contacts/new/", DUTY)
    assert "This team is not active." not in rep.get(base).text
