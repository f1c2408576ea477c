"""Real reports, made as the worker makes them: whatever they hold, those who may read them may hear."""

from datetime import date

import pytest
from django.utils import timezone

from common.scope import PROGRAMME, scope
from member_states.models import MemberState
from reporting.briefs.gather import frame_for, gather
from reporting.briefs.pdf import pdf
from reporting.briefs.xlsx import xlsx
from reporting.calendars.facts import facts_of as calendar_facts
from reporting.calendars.pdf import pdf as calendar_pdf
from reporting.calendars.worded import worded as calendar_worded
from reporting.calendars.xlsx import xlsx as calendar_xlsx
from reporting.models import Run
from reporting.progress.facts import facts_of
from reporting.progress.pdf import pdf as progress_pdf
from reporting.progress.worded import worded
from reporting.progress.xlsx import xlsx as progress_xlsx
from tests.access.canaries import HEARS, sung, words_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("write", [pdf, xlsx])
@pytest.mark.parametrize(("slug", "reader"), [("chile", "own"), ("jamaica", "other")])
def test_a_brief_says_nothing_that_its_readers_may_not_hear(world, write, slug, reader):
    state = MemberState.objects.get(slug=slug)

    heard = sung(words_of(write(gather(state, "en", frame_for(state)))).replace("\n", ""))

    assert heard
    assert not heard - (HEARS[reader] & HEARS["observer"])


@pytest.mark.parametrize("write", [progress_pdf, progress_xlsx])
def test_a_progress_report_says_no_answer_and_no_word_of_a_draft(world, write):
    with scope(PROGRAMME):
        run = Run(kind="round progress", round=world.rounds["draft"], as_of=timezone.now())

    heard = words_of(write(worded(facts_of(run), "en"))).replace("\n", "")

    assert "Chile" in heard
    assert not sung(heard)


@pytest.mark.parametrize("write", [calendar_pdf, calendar_xlsx])
@pytest.mark.parametrize(("slug", "hears"), [("chile", "own"), ("jamaica", "other"), ("", "observer")])
def test_a_calendar_says_nothing_that_its_readers_may_not_hear(world, write, slug, hears):
    state = MemberState.objects.get(slug=slug) if slug else None
    months = {"first_on": date(2026, 1, 1), "last_on": date(2027, 12, 31)}
    run = Run(kind="activities calendar", state=state, slot=timezone.now(), as_of=timezone.now(), **months)

    heard = sung(words_of(write(calendar_worded(calendar_facts(run), "en"))).replace("\n", ""))

    assert heard
    assert not heard - (HEARS[hears] & HEARS["observer"])
