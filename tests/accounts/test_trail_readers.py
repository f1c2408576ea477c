"""Who reads which entries of the trail, asked of the queryset where the database shows all of them but drafts."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import AuditEntry, StaffRole, User
from common.days import today
from common.scope import PROGRAMME, reach_of, scope

pytestmark = pytest.mark.django_db


def test_liaisons_read_of_their_state_administrators_what_they_keep_and_staff_all(
    chile: Any, jamaica: Any, lead_chl: Any, deputy_chl: Any, admin: Any, observer: Any, outsider: Any
) -> None:
    StaffRole.objects.create(person=deputy_chl, role="administrator", starts_on=today())
    people = (lead_chl, User.objects.get(pk=deputy_chl.pk), admin, observer, outsider, AnonymousUser())
    for person in people:
        reach_of(person)
    with scope(PROGRAMME):
        AuditEntry.objects.bulk_create(
            AuditEntry(verb="I", model=model, object_id=-1, state_id=state, after={"name": name, "state_id": state})
            for name, model, state in (
                ("own", "capability.update", chile.pk),
                ("among staff", "capability.reviewnote", chile.pk),
                ("other", "capability.update", jamaica.pk),
                ("kept", "accounts.staffrole", None),
                ("of nobody", "notices.job", None),
            )
        )
        entries = AuditEntry.objects.filter(object_id=-1)
        seen = [{entry.after["name"] for entry in entries.visible_to(person)} for person in people]

    everything = {"own", "among staff", "other", "kept", "of nobody"}
    assert seen == [{"own"}, {"own", "kept"}, {"kept"}, everything, set(), set()]
