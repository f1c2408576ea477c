"""Every canary of the world, asked for by everybody in it."""

import pytest

from capability.models import Answer, DraftAnswer
from common.scope import PROGRAMME, reach_of, scope
from documents.models import File
from search.indexing import build
from search.kinds import kinds
from search.models import Spelling
from tests.access.canaries import HEARS, sung
from tests.search.asking import counts, reader, said, search

pytestmark = pytest.mark.django_db


CANARIES = (
    "DRAFT-text", "DRAFT-evidence", "DRAFT-file", "DRAFT-csirt", "HELD-comment", "HELD-reason", "DESK-note",
    "DESK-asked", "DESK-opinion", "SENT-answer", "SENT-evidence", "SENT-file", "SENT-link", "SENT-need",
    "SENT-reason", "SENT-strategy", "STATES-answer", "STATES-threat", "PEOPLE-name", "PUBLIC-answer", "PUBLIC-csirt",
)  # fmt: skip

UNLIKE = ("anon", "own", "other", "officer", "admin")  # the others are like one of them


def test_nobody_finds_what_is_out_of_reach(world):
    """Every canary of both states, asked for by everybody."""
    build()
    faults, found_at_all = [], set()
    for role, person in {"anon": None, **world.people}.items():
        canaries = CANARIES if role in UNLIKE else CANARIES[::5]
        for name in (f"{state}-{canary}" for state in ("CHL", "JAM") for canary in canaries):
            found = search(person, f"CANARY-{name}")
            if sung(said(found)) - HEARS[role]:
                faults.append(f"{role} reads {sung(said(found))} by {name}")
            if found.groups and not found.alike:
                found_at_all.add((role, name))
                if name.rsplit("-", 1)[0] not in HEARS[role]:
                    faults.append(f"{role} finds {counts(found)} by {name}")

    assert not faults, "\n".join(faults)
    assert len(found_at_all) > 30


@pytest.mark.parametrize(
    ("role", "kind"), [("own", "SENT"), ("officer", "SENT"), ("other", "STATES"), ("anon", "PUBLIC")]
)
def test_the_canaries_can_be_found(world, role, kind):
    build()

    assert search(world.people.get(role), f"CANARY-CHL-{kind}").groups


def test_the_count_is_what_visible_to_shows(world):
    build()
    for role, person in {"anon": None, **world.people}.items():
        user = reader(person)
        found = counts(search(person, "canary"))
        with scope(reach_of(user)):
            visible = Answer.objects.visible_to(user).filter(text__contains="CANARY")
            wanted = kinds()["answer"].standing(visible).count()

        assert found.get("answer", 0) == min(wanted, 100), role


def test_drafts_and_files_not_sent_are_not_in_the_index(world):
    build()
    with scope(PROGRAMME):
        words = set(Spelling.objects.values_list("word", flat=True))
        planned = set(Spelling.objects.filter(word="desk").values_list("audience", "state_id"))

    assert {"draft", "held", "people"}.isdisjoint(words)
    assert planned == {("programme", None)}  # activities that staff plan among themselves: found by staff alone
    assert {"sent", "public"} <= words
    assert not {DraftAnswer, File} & {kind.model for kind in kinds().values()}
