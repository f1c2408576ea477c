"""What becomes of each question when a filled-in form is saved: told before anything is written, then done."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from capability.actions.saving import Conflict, attach, save_answer
from capability.drafts import Content, Item, WorkingCopy
from capability.forms import AnswerForm, form_for
from capability.models import DraftAnswer
from capability.workbook.filled import Filled
from capability.workbook.layout import LINK, STAGE, STILL, TEXT, stage_in_words
from review.actions import Refused

SAVE, SAME, REFUSED, KEPT = "save", "same", "refused", "kept"


@dataclass
class Line:
    """One question: what happens to it (save, same, refused, kept), in a sentence."""

    item: Item
    fate: str
    sentence: str
    content: Content | None = None  # None: only a link comes along
    link: str = ""
    revision: int = 0
    missing: list[str] = field(default_factory=list)


def plan_of(copy: WorkingCopy, filled: Filled) -> list[Line]:
    """In the order of the sections, one line for each question."""
    return [_line(item, filled) for item in copy.items.values()]


def carry_out(lines: list[Line], by: Any) -> list[Line]:
    """Saves what is to be saved. What changed since the dry run is told anew, not overwritten."""
    return [_carried_out(line, by) if line.fate == SAVE else line for line in lines]


def _carried_out(line: Line, by: Any) -> Line:
    try:
        if line.content is not None:
            save_answer(item=line.item, content=line.content, revision=line.revision, by=by)
        if line.link:
            attach(item=line.item, by=by, title=line.link.split("://", 1)[-1].rstrip("/"), link=line.link)
    except Conflict as conflict:
        return replace(line, fate=KEPT, sentence=_kept(conflict.newest))
    except Refused as refusal:
        return replace(line, fate=REFUSED, sentence=str(refusal))
    return replace(line, sentence=_("Saved."))


def _line(item: Item, filled: Filled) -> Line:
    code = item.question.code
    typed = {name: value for name, value in filled.fields.get(code, {}).items() if name not in (LINK, STILL)}
    said = filled.fields.get(code, {})
    if faults := filled.faults.get(code):
        return Line(item, REFUSED, " ".join(faults))
    try:
        link = _link(item, said.get(LINK, ""))
    except ValidationError as error:
        return Line(item, REFUSED, " ".join(error.messages))
    return _compared(item, typed, said.get(STILL) == "yes", link, filled.revisions.get(code, 0))


def _compared(item: Item, typed: dict[str, str], is_still_true: bool, link: str, revision: int) -> Line:
    is_blank = not any(typed.values())
    asked = replace(item, returned=None)  # that a returned answer is different now, this form itself says
    form = form_for(asked, _data(item, {} if is_blank and _holds(item) else typed, is_still_true))
    content: Content | None = form.content()
    if is_blank and is_still_true and item.question.indicator and not item.known and not item.draft:
        return Line(item, REFUSED, _("There is no earlier answer that could still be true. Choose a stage."))
    if (is_blank and not is_still_true) or _is_as_it_stands(item, form.content(), is_still_true):
        content = None
    if content is None and not link:
        return Line(item, SAME, _nothing_new(item, is_blank))
    if not item.may_change:
        return Line(item, REFUSED, _closed(item))
    if content is not None and item.draft and item.draft.revision != revision:
        return Line(item, KEPT, _kept(item.draft))
    missing = _missing(form, link)
    return Line(item, SAVE, _to_be_saved(item, content), content, link, revision, missing)


def _holds(item: Item) -> bool:
    return item.draft is not None or item.sent is not None or item.known is not None


def _data(item: Item, typed: dict[str, str], is_still_true: bool) -> dict[str, Any]:
    """As the page would post it: what the form no longer holds stays as it is."""
    values = {name: "" if value is None else str(value) for name, value in form_for(item).initial.items()}
    if is_still_true and item.question.indicator and item.known and not typed.get(STAGE):
        typed = {TEXT: ""} | typed | {STAGE: str(item.known.stage or "")}
    return {f"{item.question.key}-{name}": value for name, value in (values | typed).items()}


def _is_as_it_stands(item: Item, content: Content, is_still_true: bool) -> bool:
    """The same as in the draft or as sent; without either, the same as what is known and nobody confirmed."""
    before = item.answer
    if before is not None:
        stands = Content.of(before)
        return content == stands or (before.is_still_true and content == replace(stands, text=""))
    is_known = item.known is not None and content == replace(item.known, text="")
    return not is_still_true and (content.is_empty or (is_known and item.question.indicator is None))


def _link(item: Item, text: str) -> str:
    """A new address, checked; nothing when it is attached already."""
    form: AnswerForm = form_for(item)
    address: str = form.fields[LINK].clean(text) if text and LINK in form.fields else ""
    return "" if address in {proof.link for proof in item.evidence} else address


def _missing(form: AnswerForm, link: str) -> list[str]:
    """What is still to be done before the update can be sent; a draft may lack it."""
    errors = {name: sentences for name, sentences in form.errors.items() if not (link and name == "file")}
    return [str(sentence) for sentences in errors.values() for sentence in sentences]


def _to_be_saved(item: Item, content: Content | None) -> str:
    if content is None:
        return _("The link to evidence will be attached.")
    if item.question.indicator is None:
        return _("What was entered will be saved.")
    if content.stage is None:
        return _("The words will be saved. The stage is still to be chosen.")
    stage = {"stage": stage_in_words(content.stage)}
    return (_("Stage %(stage)s, with words.") if content.text else _("Stage %(stage)s.")) % stage


def _nothing_new(item: Item, is_blank: bool) -> str:
    if is_blank:
        return _("Nothing was entered, so nothing changes.")
    if item.answer is None:
        return _("As it was last known. To confirm it, enter “Yes” beside “Still true?”.")
    return _("The same as in the portal.")


def _closed(item: Item) -> str:
    if item.update.is_to_fill:
        return _("This answer was not returned, so it cannot be changed now.")
    return _("The answers of this update cannot be changed now.")


def _kept(newest: DraftAnswer) -> str:
    known = {"name": newest.saved_by.name, "when": date_format(localtime(newest.saved_at), "DATETIME_FORMAT")}
    return _("%(name)s saved a newer answer on %(when)s, after this form was downloaded. That answer stays.") % known
