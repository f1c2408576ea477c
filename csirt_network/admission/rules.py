"""Who may take which step of an application, as permissions. Who sees one: querysets/admission.py."""

from collections.abc import Mapping
from typing import Any

import rules

from accounts.rules import is_manager, is_officer
from common.scope import reach_of
from csirt_network.admission.steps import Step
from csirt_network.models import Application
from csirt_network.rules.people import is_representative_of
from member_states.models import Liaison
from member_states.rules import is_liaison_of


@rules.predicate
def is_a_liaison(user: Any) -> bool:
    return bool(reach_of(user).states)


@rules.predicate
def is_head(user: Any, application: Application | None) -> bool:
    return application is not None and user.email.lower() == application.head_email


@rules.predicate
def is_liaison_of_its_state(user: Any, application: Application | None) -> bool:
    return application is not None and is_liaison_of(user, application.state)


@rules.predicate
def is_contact_point_of_its_state(user: Any, application: Application | None) -> bool:
    if application is None:
        return False
    held = Liaison.objects.current().filter(person=user, state=application.state_id)
    return held.filter(kind=Liaison.Kind.CONTACT_POINT).exists()


@rules.predicate
def represents_the_national_team(user: Any, application: Application | None) -> bool:
    return application is not None and is_representative_of(user, application.consent_of)


# Whoever speaks for the state, or asks for the team, decides nothing for the programme.
is_a_side = is_liaison_of_its_state | is_head
is_neutral_officer = is_officer & ~is_a_side
STEPS: Mapping[Step, Any] = {
    Step.SENT: is_a_side | is_officer,
    Step.CONTACT_POINT: is_contact_point_of_its_state | is_neutral_officer,
    Step.CONSENT: represents_the_national_team | is_neutral_officer,
    Step.DOCUMENTS: is_neutral_officer,
    Step.DECISION: is_manager & ~is_a_side,
    Step.MEETING: is_neutral_officer,
    Step.WITHDRAWN: is_a_side,
}
for step, predicate in STEPS.items():
    rules.add_perm(f"csirt_network.sign_{step.name.lower()}", predicate)
rules.add_perm("csirt_network.open_applications", is_a_liaison | is_officer)
rules.add_perm("csirt_network.open_application_of", is_liaison_of | is_officer)
rules.add_perm("csirt_network.fill_application", is_a_side | is_officer)
rules.add_perm("csirt_network.write_to_head", is_liaison_of_its_state | is_officer)
rules.add_perm("csirt_network.keep_closed_days", is_liaison_of | is_officer)


def may_sign(user: Any, step: Step, application: Application) -> bool:
    return user.has_perm(f"csirt_network.sign_{step.name.lower()}", application)


def signs_on_paper(user: Any, step: Step, application: Application) -> bool:
    """The programme records what somebody else has signed."""
    own = {Step.CONTACT_POINT: is_contact_point_of_its_state, Step.CONSENT: represents_the_national_team}.get(step)
    return own is not None and not own(user, application)
