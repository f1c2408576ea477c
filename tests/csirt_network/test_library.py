"""The library: who reads an item and its files, what a version may do, and that nobody is counted by name."""

import csv
import io

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, User
from common.scope import PROGRAMME, reach_of, scope
from common.tlp import Tlp
from csirt_network.actions.library import Contents, LabelLowered, NothingToPublish, withdraw
from csirt_network.listing import page_of
from csirt_network.models import LibraryDownload, LibraryFile, LibraryItem, LibraryVersion, NetworkMembership, Recipient
from tests.documents import corpus
from tests.factories.library import a_file, make_item, publish, reach_for

pytestmark = pytest.mark.django_db
COMMUNITY = {"rep_chl", "analyst_chl", "rep_banks", "rep_jam"}
MODELS = (LibraryItem, LibraryVersion, LibraryFile, LibraryDownload)


@pytest.fixture
def people(manager, officer, observer, lead_chl, rep_chl, analyst_chl, rep_banks, rep_jam, outsider):
    return {
        "anon": AnonymousUser(),
        "manager": manager,
        "officer": officer,
        "observer": observer,
        "lead_chl": lead_chl,
        "rep_chl": rep_chl,
        "analyst_chl": analyst_chl,
        "rep_banks": rep_banks,
        "rep_jam": rep_jam,
        "outsider": outsider,
    }


def readers(people):
    """Whom the portal lets read, of each table, once it is sure that the database says the same."""
    found = {model: set() for model in MODELS}
    for name, person in people.items():
        person = person if name == "anon" else User.objects.get(pk=person.pk)
        with scope(reach_of(person)):
            for model in MODELS:
                assert set(model.objects.visible_to(person)) == set(model.objects.all()), (name, model)
                found[model] |= {name} if model.objects.exists() else set()
    return found


STAFF = {"manager", "officer", "observer"}


@pytest.mark.parametrize(
    ("tlp", "read"),
    [
        (Tlp.CLEAR, {"anon", "lead_chl", "outsider", *STAFF, *COMMUNITY}),
        (Tlp.GREEN, {*STAFF, *COMMUNITY}),
        (Tlp.AMBER, {"rep_jam", "rep_chl", "analyst_chl", "rep_banks"}),
        (Tlp.STRICT, {"rep_jam", "rep_chl", "analyst_chl"}),
    ],
)
def test_the_label_says_who_reads_an_item_with_all_that_belongs_to_it(people, csirt_jam, csirt_chl, tlp, read):
    item = make_item(people["rep_jam"], origin=csirt_jam)
    publish(item, people["rep_jam"], Recipient(kind="team", team=csirt_chl), tlp=tlp)
    with scope(reach_for(csirt_jam, people["rep_jam"])):
        LibraryDownload.objects.count_one(LibraryVersion.objects.get().pk, "en")

    assert readers(people) == dict.fromkeys(MODELS, read)


def test_what_is_not_published_is_its_teams_alone(people, csirt_jam):
    make_item(people["rep_jam"], origin=csirt_jam)

    assert readers(people)[LibraryItem] == {"rep_jam"}


def test_what_the_programme_writes_is_its_staffs_until_it_is_out(people):
    make_item(people["manager"])

    assert readers(people)[LibraryItem] == STAFF


def test_nobody_writes_under_the_item_of_another_team(people, csirt_jam, csirt_chl):
    item = publish(make_item(people["rep_jam"], origin=csirt_jam), people["rep_jam"])

    for person in (people["rep_chl"], people["manager"]):
        with scope(reach_of(User.objects.get(pk=person.pk))):
            with pytest.raises(DatabaseError), transaction.atomic():
                LibraryVersion.objects.create(item=item, number=2, tlp="CLEAR", by=person)
            assert not LibraryItem.objects.filter(pk=item.pk).update(title_en="Mine now")


# Versions ---------------------------------------------------------------------------------------------------------


def test_a_version_is_never_changed(people, csirt_jam):
    publish(make_item(people["rep_jam"], origin=csirt_jam), people["rep_jam"])

    with scope(reach_for(csirt_jam, people["rep_jam"])), pytest.raises(DatabaseError), transaction.atomic():
        LibraryVersion.objects.update(changes="Nothing")


def test_a_label_rises_and_takes_the_earlier_versions_along(people, csirt_jam, csirt_chl):
    item = publish(make_item(people["rep_jam"], origin=csirt_jam), people["rep_jam"])

    publish(item, people["rep_jam"], Recipient(kind="team", team=csirt_chl), tlp=Tlp.STRICT)

    assert readers(people) == dict.fromkeys(MODELS[:3], frozenset({"rep_jam", "rep_chl", "analyst_chl"})) | {
        LibraryDownload: set()
    }


def test_a_label_is_lowered_with_a_reason_only(people, csirt_jam):
    item = publish(make_item(people["rep_jam"], origin=csirt_jam), people["rep_jam"], tlp=Tlp.GREEN)

    with pytest.raises(LabelLowered):
        publish(item, people["rep_jam"], tlp=Tlp.CLEAR, lowered_because=" ")
    publish(item, people["rep_jam"], tlp=Tlp.CLEAR, lowered_because="It is old.")

    with scope(PROGRAMME):
        assert [v.lowered_because for v in item.versions.order_by("number")] == ["", "It is old."]


def test_the_database_lets_no_label_fall_by_itself(people, csirt_jam):
    publish(make_item(people["rep_jam"], origin=csirt_jam), people["rep_jam"], tlp=Tlp.GREEN)

    with scope(reach_for(csirt_jam, people["rep_jam"])):
        for change in ({"tlp": "CLEAR"}, {"from_team": None}, {"published_at": None}):
            with pytest.raises(DatabaseError), transaction.atomic():
                LibraryItem.objects.update(**change)


def test_a_language_keeps_its_file_until_it_gets_another_or_is_left_out(people):
    first = Contents(uploads={"en": a_file("one.pdf"), "es": a_file("uno.pdf")}, links={"fr": "https://example.org"})
    item = publish(make_item(people["manager"]), people["manager"], contents=first)

    second = Contents(uploads={"en": a_file("two.pdf")}, left_out=["fr"])
    publish(item, people["manager"], contents=second)

    with scope(PROGRAMME):
        files = LibraryFile.objects.filter(version__number=2).values_list("language", "name")
        assert sorted(files) == [("en", "two.pdf"), ("es", "uno.pdf")]
    assert item.languages == ["en", "es"]


def test_a_version_without_any_file_is_none(people):
    item = make_item(people["manager"])

    with pytest.raises(NothingToPublish):
        publish(item, people["manager"], contents=Contents())

    with scope(PROGRAMME):
        assert LibraryItem.objects.get().published_at is None


# Pages ------------------------------------------------------------------------------------------------------------


def file_of(item):
    with scope(PROGRAMME):
        return LibraryFile.objects.filter(item=item).order_by("-pk").first()


def test_a_download_carries_the_label_and_is_counted_without_a_name(people, client):
    item = publish(make_item(people["manager"]), people["manager"])

    for _ in range(3):
        answer = client.get(f"/library/files/{file_of(item).token}/")
        assert b"".join(answer.streaming_content) == corpus.pdf()

    assert answer["Content-Disposition"] == 'attachment; filename="TLP-CLEAR guide.pdf"'
    with scope(PROGRAMME):
        assert LibraryDownload.objects.get().count == 3
        assert not AuditEntry.objects.filter(model="csirt_network.librarydownload").exists()
    assert "Downloaded 3 times" in client.get(f"/library/{item.pk}/").content.decode()


def test_who_takes_what_is_strict_stands_in_the_trail(people, sign_in, csirt_chl):
    chosen = Recipient(kind="team", team=csirt_chl)
    item = publish(make_item(people["manager"]), people["manager"], chosen, tlp=Tlp.STRICT)

    answer = sign_in(people["rep_chl"]).get(f"/library/files/{file_of(item).token}/")
    assert b"".join(answer.streaming_content) == corpus.pdf()

    assert answer["Content-Disposition"] == 'attachment; filename="TLP-AMBER+STRICT guide.pdf"'
    with scope(PROGRAMME):
        read = AuditEntry.objects.filter(verb="R", model="csirt_network.libraryfile")
        assert [entry.by_id for entry in read] == [people["rep_chl"].pk]


def test_a_withdrawn_item_says_why_and_serves_nothing(people, client):
    item = publish(make_item(people["manager"]), people["manager"])
    with scope(PROGRAMME):
        withdraw(item=item, because="It names a person.", by=people["manager"])

    assert "It names a person." in client.get(f"/library/{item.pk}/").content.decode()
    assert client.get(f"/library/files/{file_of(item).token}/").status_code == 410
    assert "telephone" not in client.get("/library/").content.decode()
    assert "telephone" not in body_of(client.get("/library.csv"))


def body_of(answer):
    return b"".join(answer.streaming_content).decode("utf-8-sig") if answer.streaming else answer.content.decode()


def test_the_list_is_found_by_what_an_item_is_about(people, client):
    make = {"topics": ["ransomware"], "rsit": ["fraud"], "sim3": ["P-9"], "sim3_level": 3}
    publish(make_item(people["manager"], title_es="Cómo atender el teléfono", **make), people["manager"])
    publish(make_item(people["manager"], title_en="Something else", kind="tool"), people["manager"])

    for query in ("q=telefono", "topic=ransomware", "rsit=fraud", "sim3=P-9", "kind=guide"):
        page = client.get(f"/library/?{query}").content.decode()
        assert ("How to answer" in page, "Something else" in page) == (True, False), query
    assert "Emergency reachability" in client.get("/library/?sim3=P-9").content.decode()
    rows = list(csv.reader(io.StringIO(body_of(client.get("/library.csv?kind=tool")))))
    assert [row[:2] for row in rows[1:]] == [["Something else", "TLP:CLEAR"]]


def test_the_list_goes_on_after_the_last_row(people, client, monkeypatch):
    monkeypatch.setitem(page_of.__kwdefaults__, "size", 2)
    items = [publish(make_item(people["manager"], title_en=f"Item {n}"), people["manager"]) for n in range(5)]

    seen = []
    url = "/library/"
    while url:
        page = client.get(url).context["page"]
        seen += [row.pk for row in page.rows]
        url = page.next_url and f"/library/{page.next_url}"

    assert seen == [item.pk for item in reversed(items)]


@pytest.mark.parametrize("wrong", ["x", "0", "99999999999999999999", "-1", "%00"])
def test_a_page_that_was_made_up_is_the_first(people, client, wrong):
    publish(make_item(people["manager"]), people["manager"])

    assert "How to answer" in client.get(f"/library/?before={wrong}").content.decode()


def test_the_list_asks_as_often_for_many_items(people, csirt_jam, client):
    counts = []
    for number in range(6):
        publish(make_item(people["rep_jam"], origin=csirt_jam, title_en=f"Item {number}"), people["rep_jam"])
        with CaptureQueriesContext(connection) as asked:
            client.get("/library/")
        counts.append(len(asked))

    assert len(set(counts)) == 1


# Writing ----------------------------------------------------------------------------------------------------------


def test_a_representative_adds_publishes_and_withdraws(people, csirt_jam, sign_in):
    browser = sign_in(people["rep_jam"])

    added = browser.post("/library/new/", {"kind": "guide", "title_fr": "Le téléphone", "topics": ["press"]})
    with scope(PROGRAMME):
        assert not LibraryItem.objects.filter(published_at__isnull=False).exists()
    version = {"tlp": "GREEN", "file_fr": a_file(), "link_es": "https://example.org/guia"}
    published = browser.post(added["Location"], version)
    browser.post(f"{published['Location']}withdraw/", {"because": "It is old."})

    with scope(PROGRAMME):
        item = LibraryItem.objects.get()
    assert (item.heading, item.from_team, item.tlp, item.languages) == (
        "Le téléphone",
        csirt_jam,
        "GREEN",
        ["es", "fr"],
    )
    assert item.withdrawn_because == "It is old."


def test_what_was_typed_is_kept_and_the_fault_explained(people, csirt_jam, sign_in):
    browser = sign_in(people["rep_jam"])
    item = make_item(people["rep_jam"], origin=csirt_jam)

    answer = browser.post(f"/library/{item.pk}/version/", {"tlp": "AMBER", "link_en": "https://example.org/kept"})
    without = browser.post(f"/library/{item.pk}/version/", {"tlp": "CLEAR"})
    unnamed = browser.post("/library/new/", {"kind": "guide", "summary_es": "Solo un resumen"})

    assert (answer.status_code, without.status_code, unnamed.status_code) == (422, 422, 422)
    assert "Choose who it is for" in answer.content.decode()
    assert "https://example.org/kept" in answer.content.decode()
    assert "Add a file or a link in one language" in without.content.decode()
    assert "Solo un resumen" in unnamed.content.decode()


def test_a_label_falls_on_the_page_with_a_reason_only(people, sign_in):
    item = publish(make_item(people["officer"]), people["officer"], tlp=Tlp.GREEN)
    browser = sign_in(people["officer"])

    refused = browser.post(f"/library/{item.pk}/version/", {"tlp": "CLEAR"})
    taken = browser.post(f"/library/{item.pk}/version/", {"tlp": "CLEAR", "lowered_because": "It is old."})

    assert "Say why more may read it" in refused.content.decode()
    assert taken.status_code == 302


def test_two_who_change_the_words_at_once_do_not_overwrite_each_other(people, sign_in):
    item = publish(make_item(people["officer"]), people["officer"])
    browser, words = sign_in(people["officer"]), {"kind": "guide", "title_en": "First", "edited": "0"}

    first = browser.post(f"/library/{item.pk}/edit/", words)
    second = browser.post(f"/library/{item.pk}/edit/", words | {"title_en": "Second"})

    assert (first.status_code, second.status_code) == (302, 422)
    assert "A colleague saved this item" in second.content.decode()
    with scope(PROGRAMME):
        assert LibraryItem.objects.get().title_en == "First"


@pytest.mark.parametrize("who", ["analyst_chl", "observer", "lead_chl", "outsider", "rep_banks"])
def test_others_change_nothing(people, csirt_chl, sign_in, who):
    item = publish(make_item(people["rep_chl"], origin=csirt_chl), people["rep_chl"])
    browser = sign_in(people[who])

    for page in ("edit", "version", "withdraw"):
        assert browser.post(f"/library/{item.pk}/{page}/", {}).status_code == 403, page


def test_a_team_that_left_the_network_publishes_nothing(people, csirt_jam, sign_in):
    with scope(PROGRAMME):
        NetworkMembership.objects.filter(team=csirt_jam).update(ended_at="2026-01-01T00:00Z")

    assert sign_in(people["rep_jam"]).get("/library/new/").status_code == 403
