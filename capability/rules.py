"""What may be done with rounds and updates, and by whom."""

from typing import Any

import rules

from accounts.rules import is_manager, is_officer, is_programme_staff
from capability.models import Round, Submission, Update
from common.scope import reach_of
from documents.models import File
from member_states.models import Liaison
from member_states.rules import is_lead_of, is_liaison_of


@rules.predicate
def is_liaison_of_its_state(user: Any, update: Update | None) -> bool:
    return update is not None and is_liaison_of(user, update.state)


@rules.predicate
def is_lead_of_its_state(user: Any, update: Update | None) -> bool:
    return update is not None and is_lead_of(user, update.state)


@rules.predicate
def is_open(user: Any, update: Update | None) -> bool:
    """Its round is open, or it came back, or the state was given more time."""
    return update is not None and update.is_open


@rules.predicate
def wrote_in_it(user: Any, update: Update | None) -> bool:
    """Ever, in any of its rounds of submitting: nobody reviews what they wrote."""
    if update is None:
        return False
    return Submission.objects.filter(update_sent=update, authors__contains=[user.pk]).exists()


@rules.predicate
def was_never_opened(user: Any, round: Round | None) -> bool:
    return round is not None and round.opened_at is None


@rules.predicate
def is_liaison_of_its_owner(user: Any, file: File | None) -> bool:
    return file is not None and file.state_id in reach_of(user).states


@rules.predicate
def is_lead_of_its_owner(user: Any, file: File | None) -> bool:
    leads = Liaison.objects.current().filter(person=user, kind=Liaison.Kind.LEAD)
    return file is not None and leads.filter(state=file.state_id).exists()


# A state's documents are its own: staff, managers too, withdraw and replace none.
rules.add_perm("capability.withdraw_file", is_lead_of_its_owner & ~is_programme_staff)
rules.add_perm("capability.replace_file", is_liaison_of_its_owner & ~is_programme_staff)
rules.add_perm("capability.view_inbox", is_programme_staff)
rules.add_perm("capability.view_draft", is_liaison_of_its_state & ~is_programme_staff)
rules.add_perm("capability.submit_update", is_lead_of_its_state & is_open)
rules.add_perm("capability.take_back_update", is_lead_of_its_state & ~is_programme_staff)
rules.add_perm("capability.review_update", is_officer & ~wrote_in_it & ~is_liaison_of_its_state)
rules.add_perm("capability.discuss_review", is_officer & ~is_liaison_of_its_state)
rules.add_perm("capability.withdraw_acceptance", is_manager & ~wrote_in_it & ~is_liaison_of_its_state)
rules.add_perm("capability.plan_round", is_manager)
rules.add_perm("capability.open_round", is_manager & was_never_opened)
rules.add_perm("capability.close_round", is_manager)
rules.add_perm("capability.extend_update", is_manager & ~is_liaison_of_its_state)
rules.add_perm("capability.remind_states", is_officer)
