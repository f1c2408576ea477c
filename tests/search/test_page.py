"""The page of the search, its box, and the same for programs."""

import pytest

from documents.models import Source
from search.indexing import sweep
from tests.factories.capability import make_submitted

pytestmark = pytest.mark.django_db


def page(client, **asked):
    response = client.get("/search/", asked)
    assert response.status_code == 200
    return response.content.decode()


def sources(*titles):
    Source.objects.bulk_create(Source(key=f"s{n}", title=title) for n, title in enumerate(titles))
    sweep()


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ({}, "Type words in any of the four languages"),
        ({"q": "   "}, "Type words in any of the four languages"),
        ({"q": "the de x ?!"}, "Nothing to look for"),
        ({"q": "zyxwvu"}, "Nothing found"),
        ({"q": "a\x00b"}, "Null characters are not allowed"),
        ({"q": "x" * 201}, "at most 200 characters"),
        ({"q": "chile", "kind": "draft"}, "no address of a search"),
        ({"q": "chile", "state": "atlantis"}, "no address of a search"),
        ({"q": "chile", "kind": "source", "before": "1e9"}, "no address of a search"),
        ({"q": "chile", "kind": "source", "before": "9" * 30}, "no address of a search"),
        ({"q": "ﷺ İ ẞ 𝔠𝔥𝔦𝔩𝔢 \u202e \ufffd"}, "Nothing found"),
        ({"q": "'; DROP TABLE search_word; --"}, "Nothing found"),
        ({"q": " ".join(f"word{n}" for n in range(30))}, "Nothing found"),
    ],
)
def test_whatever_is_typed_is_answered_by_a_sentence(client, asked, answer):
    assert answer in page(client, **asked)


def test_broken_bytes_are_words_that_nothing_holds(client):
    assert client.get("/search/?q=%ED%A0%80%FF%FEchile").status_code == 200


def test_what_is_found_is_marked_and_escaped(client):
    sources("<b onclick=x>Observatory</b> & more")

    assert "&lt;b onclick=x&gt;<mark>Observatory</mark>&lt;/b&gt; &amp; more" in page(client, q="observatories")
    assert "<b onclick" not in page(client, q="<b onclick=x>")


def test_a_typing_error_is_named_with_what_was_found_instead(client):
    sources("Observatory of telecommunications")
    said = page(client, q="observatroy")

    assert "Nothing holds “observatroy”" in said
    assert '<a href="?q=observatory">observatory</a>' in said


def test_pages_of_one_kind_lead_on(client):
    sources(*(f"Observatory {n}" for n in range(25)))

    assert "25 found" in page(client, q="observatory")
    assert "?q=observatory&amp;kind=source" in page(client, q="observatory")
    first = client.get("/search/", {"q": "observatory", "kind": "source"})
    (group, _all, following) = first.context["groups"][0]
    second = client.get(f"/search/{following}").context["groups"][0]

    assert (len(group.results), len(second[0].results), second[2]) == (20, 5, "")
    assert not {r.pk for r in group.results} & {r.pk for r in second[0].results}


def test_staff_and_liaisons_read_what_was_sent_where_they_work_on_it(sign_in, update_chl, lead_chl, officer):
    make_submitted(update_chl, by=lead_chl, text="A telecommunications observatory")
    sweep()

    assert "/states/chile/updates/2026-2/review/" in page(sign_in(officer), q="observatory")
    assert 'href="/states/chile/updates/2026-2/"' in page(sign_in(lead_chl), q="observatory")


def test_the_key_of_the_box_can_be_switched_off(client, sign_in, lead_chl):
    assert 'aria-keyshortcuts="/"' in client.get("/states/").content.decode()
    assert 'aria-keyshortcuts="/"' in sign_in(lead_chl).get("/states/").content.decode()

    lead_chl.shortcuts = False
    lead_chl.save()
    without = sign_in(lead_chl)

    assert 'id="find"' in without.get("/states/").content.decode()
    assert "aria-keyshortcuts" not in without.get("/states/").content.decode()
    assert "aria-keyshortcuts" not in page(without)


# For programs -------------------------------------------------------------------------------------------------------


def test_a_program_finds_what_its_person_finds(update_chl, lead_chl, lead_jam, program_of):
    make_submitted(update_chl, by=lead_chl, text="A telecommunications observatory")
    sweep()
    found = program_of(lead_chl).get("search/?q=observatory").json()

    (group,) = found["groups"]
    assert (group["kind"], group["count"], len(group["results"])) == ("answer", 23, 5)
    assert group["results"][0]["text"] == "A telecommunications observatory"
    assert group["results"][0]["state"] == "chile"
    assert program_of(lead_jam).get("search/?q=observatory").json() == {"alike": [], "left_out": [], "groups": []}


def test_a_program_reads_one_kind_to_its_end(lead_chl, program_of):
    sources(*(f"Observatory {n}" for n in range(25)))
    program = program_of(lead_chl)
    first = program.get("search/?q=observatory&kind=source").json()["groups"][0]
    rest = program.get(f"search/?q=observatory&kind=source&before={first['before']}").json()["groups"][0]

    assert (len(first["results"]), len(rest["results"]), rest["before"]) == (20, 5, None)


@pytest.mark.parametrize("asked", ["", "?q=", "?q=a%00b", "?q=chile&kind=draft", "?q=chile&page=2", "?q=a&q=b"])
def test_a_program_is_told_what_is_wrong(lead_chl, program_of, asked):
    answer = program_of(lead_chl).get(f"search/{asked}")

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
