"""Answers that come all at once, from a program: saved as drafts and sent, or nothing of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from capability.actions.saving import attach, confirm, forget, save_answer
from capability.actions.sending import incomplete, submit_update
from capability.drafts import Content, Item, WorkingCopy, told
from capability.forms import FORMS, AnswerForm, can_confirm, form_for, stored_form
from capability.forms.factor import FactorForm
from capability.models import DraftAnswer, Submission, Update
from review.actions import Refused


@dataclass(frozen=True)
class Given:
    """One answer. `evidence` holds pairs of title and link; they are added to what is attached already."""

    question: str
    content: Content
    is_still_true: bool = False
    evidence: tuple[tuple[str, str], ...] = ()


class Wrong(NamedTuple):
    question: str
    field: str
    sentence: str


class NotSent(Refused):
    """Nothing was saved and nothing sent: ``wrong`` says why, question by question."""

    def __init__(self, wrong: list[Wrong]) -> None:
        super().__init__(_("Some answers are missing or not complete. Nothing was saved and nothing was sent."))
        self.wrong = wrong


@transaction.atomic
def answer_and_submit(
    *, update: Update, key: UUID, given: list[Given], replaces_drafts: bool, by: Any
) -> tuple[Submission, bool]:
    """The submission, and whether it was made now: the same key again gives the same one and saves nothing.

    Drafts that somebody began on the pages count as answers; what they say is overwritten only with `replaces_drafts`.
    Whether `by` may send is the caller's question. Raises NotSent, and Refused as `submit_update` does.
    """
    held_rows = Update.objects.visible_to(by).select_for_update(of=("self",))
    held = held_rows.select_related("round", "edition", "state").get(pk=update.pk)
    if sent := Submission.objects.visible_to(by).filter(state=held.state_id, key=key).first():
        return _same(sent, held), False
    copy = WorkingCopy(held, by)
    if copy.is_open:
        wrong = [fault for one in given for fault in _take(copy.items[one.question], one, replaces_drafts, by)]
        if wrong := wrong + list(_missing(WorkingCopy(held, by), {fault.question for fault in wrong})):
            raise NotSent(wrong)
    return submit_update(update=held, key=key, by=by), True


def _same(sent: Submission, update: Update) -> Submission:
    if sent.update_sent_id != update.pk:
        raise Refused(_("This key was used for another update. Send a new one."))
    return sent


def _take(item: Item, one: Given, replaces_drafts: bool, by: Any) -> Iterator[Wrong]:
    code = item.question.code
    if not item.may_change:
        yield Wrong(code, "", _("This answer was not returned, so it cannot be changed now. Leave it out."))
        return
    form = _form_of(item, one.content)
    content = form.content()
    if _is_begun(item) and not replaces_drafts and not _says_so_already(item.draft, content, one.is_still_true):
        sentence = _("A draft of this answer says something else. Read it in the portal, or send replace_drafts.")
        yield Wrong(code, "", sentence)
        return
    if one.is_still_true:
        yield from _confirm(item, by)
    elif not (_is_begun(item) and _says_so_already(item.draft, content, False)):
        save_answer(item=item, content=content, revision=item.revision, by=by)
    yield from _attach(item, form, one.evidence, by)


def _form_of(item: Item, content: Content) -> AnswerForm:
    """The form of the page, filled in with `content`."""
    values = FORMS.get(item.question.code, FactorForm).values(content)
    return form_for(item, {f"{item.question.key}-{name}": value for name, value in values.items()})


def _is_begun(item: Item) -> bool:
    """Whether a draft holds somebody's words that were not sent yet."""
    if item.draft is None or Content.of(item.draft).is_empty:
        return False
    return item.sent is None or told(item.sent) != told(item.draft)


def _says_so_already(draft: DraftAnswer | None, content: Content, is_still_true: bool) -> bool:
    """Perhaps with more words: those stay."""
    if draft is None or is_still_true:
        return draft is not None and draft.is_still_true
    return (draft.stage, draft.facts) == (content.stage, content.facts) and content.text in ("", draft.text)


def _confirm(item: Item, by: Any) -> Iterator[Wrong]:
    if item.draft and not item.draft.is_still_true:
        forget(item=item, revision=item.revision, by=by)
        item.draft = None
    if item.draft is None and not can_confirm(item):
        yield Wrong(item.question.code, "still_true", _("Nothing complete is known yet. Give the whole answer."))
        return
    confirm(items=[item], by=by)


def _attach(item: Item, form: AnswerForm, evidence: tuple[tuple[str, str], ...], by: Any) -> Iterator[Wrong]:
    code = item.question.code
    if evidence and "link" not in form.fields:
        yield Wrong(code, "evidence", _("This question takes no evidence."))
        return
    for title, link in evidence:
        try:
            address = form.fields["link"].clean(link)
        except ValidationError as error:
            yield from (Wrong(code, "evidence", sentence) for sentence in error.messages)
            continue
        if address not in {proof.link for proof in item.evidence}:
            attach(item=item, by=by, title=title or address.split("://", 1)[-1].rstrip("/"), link=address)


def _missing(copy: WorkingCopy, named: set[str]) -> Iterator[Wrong]:
    """What still keeps the update from being sent, without the questions that were `named` already."""
    for item in incomplete(copy):
        if item.question.code not in named:
            yield from _why_not(item)


def _why_not(item: Item) -> Iterator[Wrong]:
    code = item.question.code
    if item.answer is None:
        yield Wrong(code, "", _("This question is not answered."))
        return
    errors = stored_form(item).errors.items()
    yield from (Wrong(code, _NAMES.get(name, name), str(said)) for name, words in errors for said in words)
    if not errors:
        yield Wrong(code, "", _("This answer was returned. Change it, or say in its text why it stays as it is."))


_NAMES = {"file": "evidence", "link": "evidence", "link_to_text": "link"}  # of form fields that answers call otherwise
