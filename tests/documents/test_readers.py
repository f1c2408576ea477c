"""Who sees which files and links, asked of the querysets where the database shows all of these states."""

from types import SimpleNamespace
from typing import Any

import pytest

from common.scope import PROGRAMME, Reach, reach_of, scope
from documents.models import File, Link
from tests.factories.ministry_desk import make_enquiry

pytestmark = pytest.mark.django_db


def test_a_file_is_its_states_and_the_staffs_once_it_was_sent_and_a_guest_sees_what_they_brought(
    chile: Any, jamaica: Any, lead_chl: Any, lead_jam: Any, observer: Any, outsider: Any, update_chl: Any
) -> None:
    asked, other = (
        make_enquiry(update_chl, question, by=lead_chl, email=f"{question}@example.org").pk
        for question in ("D1.1", "D1.2")
    )
    common = {"media_type": "application/pdf", "size": 1, "sha256": "0", "content": "x", "uploaded_by": lead_chl}
    guest = SimpleNamespace(reach=Reach(guest=asked))
    people = (lead_chl, lead_jam, observer, outsider, guest)
    for person in people:
        reach_of(person)

    with scope(Reach(states=(chile.pk, jamaica.pk), person=lead_chl.pk)):
        for name, of, facts in (
            ("sent", chile, {"is_sent": True}), ("unsent", chile, {}), ("jamaica's", jamaica, {}),
            ("guest's", chile, {"guest_id": asked}), ("other guest's", chile, {"guest_id": other}),
        ):  # fmt: skip
            File.objects.create(name=name, state_id=of.pk, **common | facts)
        seen = [{file.name for file in File.objects.visible_to(person)} for person in people]

    of_chile = {"sent", "unsent", "guest's", "other guest's"}
    assert seen == [of_chile, {"jamaica's"}, {"sent"}, set(), {"guest's"}]


def test_a_link_is_everybodys_or_its_states_and_the_staffs(
    chile: Any, jamaica: Any, lead_chl: Any, rep_chl: Any, observer: Any
) -> None:
    people = (lead_chl, rep_chl, observer)
    for person in people:
        reach_of(person)
    with scope(PROGRAMME):
        for state, url in ((None, "public"), (chile.pk, "chile"), (jamaica.pk, "jamaica")):
            Link.objects.create(state_id=state, url=url, host="www.example.org")
        seen = [{link.url for link in Link.objects.visible_to(person)} for person in people]

    assert seen == [{"public", "chile"}, {"public"}, {"public", "chile", "jamaica"}]
