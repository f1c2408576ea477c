"""All documents of a state in one place, as far as the reader may see."""

import csv
from io import StringIO

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from capability.models import DraftEvidence, Evidence
from common.scope import PROGRAMME, reach_of, scope
from documents.actions import keep_file
from documents.models import File, Link, Source
from member_states.models import Participation
from reporting.dashboards import documents
from tests.documents import corpus
from tests.documents.corpus import upload
from tests.factories.capability import make_draft, make_round, make_submitted

PAGE, TABLE = "/states/chile/documents/", "/states/chile/documents.csv"


def proof(answer, by, **given):
    model = DraftEvidence if hasattr(answer, "revision") else Evidence
    with scope(reach_of(by)):
        return model.objects.create(
            **{"answer": answer, "state_id": answer.state_id, "title": "A proof", "added_by": by}
            | {"added_at": timezone.now()}
            | given
        )


@pytest.fixture
def submission(update_chl, lead_chl):
    return make_submitted(update_chl, by=lead_chl)


@pytest.fixture
def proofs(submission, chile, lead_chl):
    """A file under D1.1 and a link under D2.1."""
    with scope(reach_of(lead_chl)):
        file = keep_file(upload=upload("Política.pdf", corpus.pdf()), state=chile, by=lead_chl)
        File.objects.filter(pk=file.pk).update(is_sent=True)
    with scope(PROGRAMME):
        first, second = (submission.answers.get(question=code) for code in ("D1.1", "D2.1"))
    return [
        proof(first, lead_chl, title="Política.pdf", file=file),
        proof(second, lead_chl, title="Survey", link="https://www.example.org/survey"),
    ]


def read(client, words=""):
    answer = client.get(PAGE + words)
    assert answer.status_code == 200
    return answer.content.decode()


def table(client, words=""):
    text = b"".join(client.get(TABLE + words).streaming_content).decode("utf-8-sig")
    return list(csv.reader(StringIO(text)))[1:]


def test_files_and_links_stand_with_answer_round_and_sender(proofs, officer, sign_in):
    page = read(sign_in(officer))

    for words in ("Política.pdf", "Survey", "Factor D1.1", "Camila Muestra", "Not checked yet"):
        assert words in page


def test_others_see_the_sources_and_no_document(proofs, chile, lead_jam, client, sign_in):
    Participation.objects.update(source=Source.objects.create(key="a", title="A public source"))

    for reader in (client, sign_in(lead_jam)):
        page = read(reader)
        assert "A public source" in page
        assert "Survey" not in page
        assert reader.get(TABLE).status_code in (302, 404)


def test_a_draft_shows_its_documents_to_the_state_alone(update_chl, lead_chl, officer, sign_in):
    draft = make_draft(update_chl, "D1.1", by=lead_chl)
    proof(draft, lead_chl, title="Not yet sent", link="https://www.example.org/draft")

    assert "Not yet sent" in read(sign_in(lead_chl))
    assert "Not yet sent" not in read(sign_in(officer))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("?kind=file", ["Política.pdf"]),
        ("?kind=link", ["Survey"]),
        ("?kind=source", []),
        ("?section=policy-and-strategy", ["Política.pdf"]),
        ("?section=culture-and-society", ["Survey"]),
        ("?round=2026-2", ["Survey", "Política.pdf"]),
        ("?round=2026-1", []),
        ("?q=politica", ["Política.pdf"]),
        ("?q=example.org", ["Survey"]),
        ("?q=%00", ["Survey", "Política.pdf"]),
        ("?q=nothing+like+it", []),
        ("?kind=nonsense", ["Survey", "Política.pdf"]),
    ],
)
def test_it_is_narrowed_by_kind_section_round_and_name(proofs, edition, manager, officer, sign_in, words, found):
    make_round(edition, by=manager, number=1, closed=True)
    client = sign_in(officer)
    page = read(client, words)

    assert [name for name in ("Survey", "Política.pdf") if f">{name}</a>" in page] == found
    assert [row[0] for row in table(client, words)] == found


def test_a_document_sent_twice_stands_once(proofs, update_chl, lead_chl, officer, sign_in):
    second = make_submitted(update_chl, by=lead_chl, number=2)
    with scope(PROGRAMME):
        answer = second.answers.get(question="D1.1")
    proof(answer, lead_chl, title="Política.pdf", file=proofs[0].file)

    assert len(table(sign_in(officer))) == 2


def test_a_table_tells_all_and_runs_no_formula(proofs, submission, lead_chl, officer, sign_in):
    with scope(PROGRAMME):
        answer = submission.answers.get(question="D1.2")
    proof(answer, lead_chl, title="=1+1", link="https://www.example.org/x")
    rows = table(sign_in(officer))

    assert rows[0][0] == "'=1+1"
    assert rows[2][6:9] == ["application/pdf", str(len(corpus.pdf())), proofs[0].file.sha256]


def test_many_documents_come_page_by_page(proofs, submission, lead_chl, officer, sign_in, monkeypatch):
    monkeypatch.setattr(documents, "PAGE", 2)
    with scope(PROGRAMME):
        answer = submission.answers.get(question="D1.3")
    for n in range(3):
        proof(answer, lead_chl, title=f"Link {n}", link=f"https://www.example.org/{n}")
    client, seen, words = sign_in(officer), [], ""
    for _page in range(3):
        found = client.get(PAGE + words).context
        seen += [row.proof.title for row in found["documents"].sent]
        words = found["next_url"]

    assert seen == ["Link 2", "Link 1", "Link 0", "Survey", "Política.pdf"]
    assert words == ""


def test_each_line_of_the_table_has_the_id_of_the_proof_and_where_it_is_read(proofs, officer, sign_in):
    told = {row[0]: row[-2:] for row in table(sign_in(officer))}
    file, link = proofs

    assert told == {
        "Política.pdf": [str(file.pk), f"{settings.SITE_URL}/files/{file.file.token}/"],
        "Survey": [str(link.pk), "https://www.example.org/survey"],
    }


def test_the_same_content_under_two_names_is_said(proofs, submission, chile, lead_chl, officer, sign_in):
    with scope(reach_of(lead_chl)):
        twin = keep_file(upload=upload("Twin.pdf", corpus.pdf()), state=chile, by=lead_chl)
        File.objects.filter(pk=twin.pk).update(is_sent=True)
    with scope(PROGRAMME):
        answer = submission.answers.get(question="D1.4")
    proof(answer, lead_chl, title="Twin.pdf", file=twin)
    page = read(sign_in(officer))

    assert "The same content as Política.pdf" in page
    assert "The same content as Twin.pdf" in page


def test_a_dead_link_says_since_when(proofs, chile, officer, sign_in):
    since = timezone.now().replace(year=2026, month=11, day=3, hour=15)
    with scope(PROGRAMME):
        Link.objects.create(
            state_id=chile.pk,
            url=proofs[1].link,
            host="www.example.org",
            checked_at=since,
            failed_since=since,
            failures=3,
        )
    client = sign_in(officer)

    assert "Broken since 3 November 2026" in read(client)
    assert "Broken since 3 November 2026" in client.get("/links/").content.decode()


def test_only_staff_work_through_broken_links(lead_chl, officer, client, sign_in):
    assert client.get("/links/").status_code == 302
    assert sign_in(lead_chl).get("/links/").status_code == 403
    assert "No broken links" in sign_in(officer).get("/links/").content.decode()


@pytest.mark.parametrize("who", ["officer", "lead_chl", "lead_jam"])
def test_a_hundred_documents_ask_no_more_than_two(proofs, submission, lead_chl, who, request, sign_in):
    client = sign_in(request.getfixturevalue(who))
    few = asked(client)
    with scope(PROGRAMME):
        answers = list(submission.answers.all())[:20]
    for n, answer in enumerate(answers * 2):
        proof(answer, lead_chl, title=f"Link {n}", link=f"https://www.example.org/{n}")

    assert asked(client) == few


def asked(client):
    with CaptureQueriesContext(connection) as captured:
        read(client)
    return len(captured)
