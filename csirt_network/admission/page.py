"""What the page of one application shows to its reader: the clock, the steps, and what the reader can do now."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.functional import Promise

from csirt_network.actions.admission import was_refused
from csirt_network.admission import letters
from csirt_network.admission.clock import Clock, clock_of
from csirt_network.admission.rules import may_sign, signs_on_paper
from csirt_network.admission.steps import BEFORE_THE_ANSWER, CHECKS, TO_DO, WHOSE, Stand, Step, Verdict
from csirt_network.forms.admission import MeetingForm, SignForm, WithdrawForm
from csirt_network.models import Application, ApplicationDocument, Approval

FORMS = (Step.CONTACT_POINT, Step.CONSENT, Step.DOCUMENTS, Step.DECISION)


@dataclass(frozen=True)
class Line:
    """A step: done (with what was signed), the next one, or still to come."""

    words: str | Promise
    approval: Approval | None = None
    is_next: bool = False

    @property
    def checked(self) -> list[str | Promise]:
        return [CHECKS[key] for key in self.approval.checked if key in CHECKS] if self.approval else []


class PageOf:
    def __init__(self, application: Application, user: Any, form: Any = None) -> None:
        self.application, self.user = application, user
        self.given = form

    @cached_property
    def clock(self) -> Clock | None:
        return clock_of(self.application)

    @property
    def whose_move(self) -> str | Promise:
        return WHOSE.get(Stand(self.application.stands), "")

    @property
    def to_do(self) -> str | Promise:
        return TO_DO.get(Stand(self.application.stands), "")

    @cached_property
    def lines(self) -> list[Line]:
        taken = [Line(one.get_step_display(), one) for one in self.application.approvals.all()]
        return taken + [Line(step.label, is_next=step == self.application.next_step) for step in self._to_come()]

    def _to_come(self) -> list[Step]:
        upcoming = self.application.next_step
        if upcoming is None:
            return []
        order: list[Step] = [step for step in Step if step is not Step.WITHDRAWN]
        taken = {one.step for one in self.application.approvals.all() if one.verdict != Verdict.MORE}
        later = [step for step in order[order.index(upcoming) + 1 :] if step not in taken]
        return [upcoming, *(step for step in later if step is not Step.CONSENT or not self.application.is_national)]

    @cached_property
    def documents(self) -> list[ApplicationDocument]:
        return list(ApplicationDocument.objects.visible_to(self.user).filter(application=self.application))

    @cached_property
    def letters(self) -> list[letters.Letter]:
        return letters.letters_of(self.application)

    @property
    def languages(self) -> dict[str, str]:
        return letters.LANGUAGES

    @cached_property
    def may_fill(self) -> bool:
        return self.application.is_to_fill and self.user.has_perm("csirt_network.fill_application", self.application)

    @cached_property
    def may_write(self) -> bool:
        """To the head of the team, who fills it in."""
        return self.application.is_to_fill and self.user.has_perm("csirt_network.write_to_head", self.application)

    @cached_property
    def sign_form(self) -> SignForm | None:
        step = self.application.next_step
        if step not in FORMS or not may_sign(self.user, step, self.application):
            return None
        return self.given if isinstance(self.given, SignForm) else sign_form(self.application, self.user, step)

    @property
    def on_paper(self) -> bool:
        step = self.application.next_step
        return step is not None and signs_on_paper(self.user, step, self.application)

    @cached_property
    def meeting_form(self) -> MeetingForm | None:
        if self.application.stands != Stand.MEETING or not may_sign(self.user, Step.MEETING, self.application):
            return None
        on: date | None = self.application.meeting_on
        return self.given if isinstance(self.given, MeetingForm) else MeetingForm(initial={"on": on})

    @cached_property
    def withdraw_form(self) -> WithdrawForm | None:
        can = self.application.stands in BEFORE_THE_ANSWER and may_sign(self.user, Step.WITHDRAWN, self.application)
        if not can:
            return None
        return self.given if isinstance(self.given, WithdrawForm) else WithdrawForm()

    @property
    def form_with_errors(self) -> Any:
        return self.given if self.given is not None and self.given.errors else None


def sign_form(application: Application, user: Any, step: Step, posted: Any = None) -> SignForm:
    may_say_yes = step is not Step.DECISION or not was_refused(application)
    return SignForm(posted, step=step, on_paper=signs_on_paper(user, step, application), may_say_yes=may_say_yes)
