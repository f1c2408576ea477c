"""A real country brief, made as the worker makes it: whatever it holds, those who may read it may hear."""

import pytest

from member_states.models import MemberState
from reporting.briefs.gather import frame_for, gather
from reporting.briefs.pdf import pdf
from reporting.briefs.xlsx import xlsx
from tests.access.canaries import HEARS, sung, words_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("write", [pdf, xlsx])
@pytest.mark.parametrize(("slug", "reader"), [("chile", "own"), ("jamaica", "other")])
def test_a_brief_says_nothing_that_its_readers_may_not_hear(world, write, slug, reader):
    state = MemberState.objects.get(slug=slug)

    heard = sung(words_of(write(gather(state, "en", frame_for(state)))).replace("\n", ""))

    assert heard
    assert not heard - (HEARS[reader] & HEARS["observer"])
