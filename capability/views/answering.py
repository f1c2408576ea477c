"""What one press of a button in a section brings: every answer on the page is saved first, then the button's wish."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from capability.actions.saving import Conflict, attach, save_answer
from capability.drafts import Content, Item, SectionItems, WorkingCopy
from capability.forms import AnswerForm, can_confirm, form_for, stored_form
from capability.models import DraftAnswer
from capability.wording import Line
from documents.actions import keep_file

Wrong = dict[str, list[str]]  # by the name of the field


@dataclass
class Wish:
    """The button: a verb and the question it stands beside."""

    verb: str
    question: str = ""
    proof: str = ""

    @classmethod
    def of(cls, data: QueryDict) -> "Wish":
        verb, question, proof = f"{data.get('do') or 'continue'}::".split(":")[:3]
        return cls(verb, question, proof)


@dataclass
class Row:
    """One question as the page shows it."""

    item: Item
    form: AnswerForm
    is_open: bool
    can_confirm: bool
    conflict: DraftAnswer | None = None
    mine: Content | None = None  # beside the conflict
    said: list[Line] = field(default_factory=list)
    mine_said: list[Line] = field(default_factory=list)
    theirs_said: list[Line] = field(default_factory=list)


@dataclass
class Outcome:
    """What became of the answers that were sent along. `data` is what stays in the fields."""

    data: QueryDict
    conflicts: dict[str, DraftAnswer] = field(default_factory=dict)
    wrong: dict[str, Wrong] = field(default_factory=dict)
    posted: set[str] = field(default_factory=set)


def without_row(data: QueryDict, wish: Wish) -> QueryDict:
    """What was typed, without the row of a list that the button removes."""
    start = f"{wish.question}-{wish.proof}-"
    if wish.verb != "drop" or not wish.proof:
        return data
    left = data.copy()
    for name in [name for name in left if name.startswith(start)]:
        del left[name]
    return left


def save_all(section: SectionItems, data: QueryDict, files: Any, wish: Wish, by: Any) -> Outcome:
    """Saves what may be saved; a colleague's newer answer, a refused file and a wrong link are reported, not lost."""
    outcome = Outcome(data.copy())
    for item in section.items:
        form = form_for(item, data, files)
        if not form.was_posted or not item.may_change:
            continue
        outcome.posted.add(item.question.code)
        try:
            _save(item, form, wish, by)
        except Conflict as conflict:
            outcome.conflicts[item.question.code] = conflict.newest
        if wrong := attach_posted(item, outcome.data, files, by):
            outcome.wrong[item.question.code] = wrong
    return outcome


def attach_posted(item: Item, data: QueryDict, files: Any, by: Any) -> Wrong:
    """Attaches the file and the link that came along; what is wrong with them, by field. Clears a link it took."""
    wrong: Wrong = {}
    form = form_for(item, data, files)
    if "file" not in form.fields:
        return wrong
    upload, link = files.get(form.add_prefix("file")), form.typed("link")
    try:
        if upload:
            kept = keep_file(upload=upload, state=item.update.state, by=by)
            attach(item=item, by=by, title=kept.name, file=kept)
    except ValidationError as error:
        wrong["file"] = [f"{upload.name}: {message}" for message in error.messages]
    try:
        if link:
            address = form.fields["link"].clean(link)
            attach(item=item, by=by, title=address.split("://", 1)[-1].rstrip("/"), link=address)
            data[form.add_prefix("link")] = ""
    except ValidationError as error:
        wrong["link"] = error.messages
    return wrong


def rows_of(section: SectionItems, opened: str, outcome: Outcome | None = None, *, check: bool = False) -> list[Row]:
    """`opened` is the question to show open. With `check`, what was begun is looked at and opens where it is wrong."""
    rows = [_row(item, outcome, check=check) for item in section.items]
    for row in rows:
        asked = row.item.question.code == opened or row.item.status == "returned"
        row.is_open = row.item.may_change and (asked or bool(row.form.errors) or row.conflict is not None)
    if not opened and not any(row.is_open for row in rows):
        _open_first_blank(rows)
    return rows


def _row(item: Item, outcome: Outcome | None, *, check: bool) -> Row:
    code = item.question.code
    posted = outcome is not None and code in outcome.posted
    form = form_for(item, outcome.data) if outcome and posted else form_for(item)
    if check and (posted or item.draft):
        form = _checked(form if posted else stored_form(item))
    elif posted:
        form.errors.clear()
    row = Row(item, form, False, item.draft is None and can_confirm(item))
    if outcome and code in outcome.conflicts:
        row.conflict, row.mine = outcome.conflicts[code], form_for(item, outcome.data).content()
    for name, messages in (outcome.wrong.get(code, {}) if outcome else {}).items():
        form.errors.pop(name, None)
        form.add_error(name, messages)
    return row


def _checked(form: AnswerForm) -> AnswerForm:
    """An untouched factor is not wrong: it is for later, and the check before sending names it."""
    is_untouched = form.item.question.indicator and form.item.draft is None and form.content().is_empty
    if is_untouched:
        form.errors.clear()
    else:
        form.is_valid()
    return form


def _open_first_blank(rows: list[Row]) -> None:
    """In the first update of an edition there is nothing to confirm: the first blank question stands open."""
    for row in rows:
        if row.item.may_change and row.item.status in ("not_started", "in_progress"):
            row.is_open = True
            return


def _save(item: Item, form: AnswerForm, wish: Wish, by: Any) -> None:
    content, is_asked = form.content(), wish.question == item.question.code
    if is_asked and wish.verb == "theirs":
        return
    if item.draft is None and not _is_meant(item, content, wish):
        return
    revision = form.revision
    if is_asked and wish.verb == "mine":
        newest = form.typed("newest")
        revision = int(newest) if newest.isdecimal() and len(newest) < 9 else revision
    save_answer(item=item, content=content, revision=revision, by=by)


def _is_meant(item: Item, content: Content, wish: Wish) -> bool:
    """Without a draft: something was typed, or the page of a plain section was sent as it stands."""
    if item.question.indicator is None and wish.verb == "continue":
        return True
    is_as_shown = item.question.indicator is None and content == item.known
    return content not in (Content(), item.content) and not is_as_shown


def next_open(copy: WorkingCopy, section: str, after: str) -> Item | None:
    """The next question of the section that is not done."""
    found = copy.section(section)
    items = found.items if found else []
    codes = [item.question.code for item in items]
    later = items[codes.index(after) + 1 :] if after in codes else items
    return next((item for item in later if not item.is_done), None)
