"""The update as the state fills it in: the task list, one section, and saving in the background."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from capability.actions.saving import Conflict, confirm, detach, forget, save_answer
from capability.actions.taking_back import may_take_back
from capability.drafts import Item, SectionItems, WorkingCopy
from capability.forms import form_for
from capability.models import Update
from capability.questions import questions_of
from capability.views.answering import Outcome, Row, Wish, next_open, rows_of, save_all, without_row
from capability.views.finding import find_update, last_submission
from capability.views.signed_out import back_to_the_field, question_url
from capability.wording import facts_in_words
from documents.checks import ACCEPT
from member_states.models import Liaison
from review.actions import Refused


def find_draft(request: HttpRequest, state: str, round: str) -> Update:
    update = find_update(request.user, state, round)
    if not request.user.has_perm("capability.view_draft", update):
        raise PermissionDenied
    return update


@require_safe
def update_detail(request: HttpRequest, state: str, round: str) -> HttpResponse:
    update = find_update(request.user, state, round)
    submission = last_submission(request.user, update)
    if not request.user.has_perm("capability.view_draft", update):
        progress = {"update": update, "submission": submission, "of": len(questions_of(update.edition))}
        return render(request, "capability/update_progress.html", progress)
    copy = WorkingCopy(update, request.user)
    liaisons = Liaison.objects.visible_to(request.user).current().filter(state=update.state)
    context: dict[str, Any] = {
        "update": update,
        "copy": copy,
        "submission": submission,
        "liaisons": liaisons.select_related("person"),
        "may_take_back": may_take_back(update, request.user),
    }
    return render(request, "capability/update_tasks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def update_section(request: HttpRequest, state: str, round: str, section: str) -> HttpResponse:
    update = find_draft(request, state, round)
    copy = WorkingCopy(update, request.user, with_sentences_of=section)
    found = copy.section(section)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _page(request, copy, found, rows_of(found, request.GET.get("open", "")))
    try:
        return _answer(request, copy, found)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(update)


@require_POST
@back_to_the_field
def update_save(request: HttpRequest, state: str, round: str, section: str, question: str) -> HttpResponse:
    """Saves one answer while the person goes on writing. Answers with what changes on the page around it."""
    update = find_draft(request, state, round)
    copy = WorkingCopy(update, request.user)
    found, item = find_item(copy, section, question)
    form = form_for(item, request.POST)
    context: dict[str, Any] = {"item": item, "section": found, "now": timezone.now()}
    template, status = "capability/update_saved.html", 200
    try:
        if item.draft or not form.content().is_empty:
            save_answer(item=item, content=form.content(), revision=form.revision, by=request.user)
    except Conflict as conflict:
        row = Row(item, form, True, False, conflict.newest, form.content())
        template, status, context = "capability/update_conflict.html", 409, {"row": _in_words(row), "is_part": True}
    except Refused as refusal:
        template, status, context = "capability/update_refused.html", 409, {"refusal": refusal}
    return render(request, template, context, status=status)


def find_item(copy: WorkingCopy, section: str, question: str) -> tuple[SectionItems, Item]:
    found, item = copy.section(section), copy.items.get(question)
    if found is None or item is None or item.question.section != section:
        raise Http404
    return found, item


def _answer(request: HttpRequest, copy: WorkingCopy, section: SectionItems) -> HttpResponse:
    """Saves all that came, does what the button says, and goes on; or shows the page again with what is wrong."""
    wish = Wish.of(request.POST)
    outcome = save_all(section, without_row(request.POST, wish), request.FILES, wish, request.user)
    if not outcome.conflicts and not outcome.wrong:
        _grant(copy, section, wish, request.user)
    fresh = WorkingCopy(copy.update, request.user, with_sentences_of=section.section.slug)
    now = fresh.section(section.section.slug) or section
    rows = rows_of(now, wish.question, outcome, check=wish.verb == "continue")
    if outcome.conflicts:
        return _page(request, fresh, now, rows, status=409)
    if outcome.wrong or any(row.form.errors for row in rows):
        return _page(request, fresh, now, rows, status=422)
    return redirect(_saying_saved(request, _onward(fresh, now, wish)))


def _grant(copy: WorkingCopy, section: SectionItems, wish: Wish, by: Any) -> None:
    if wish.verb == "rest":
        confirm(items=[item for item in section.items if item.may_change and not item.draft and item.known], by=by)
    item = copy.items.get(wish.question)
    if item is None or item not in section.items or not item.may_change:
        return
    if wish.verb == "still":
        confirm(items=[item], by=by)
    elif wish.verb == "undo":
        forget(item=item, revision=item.revision, by=by)
    elif wish.verb == "remove":
        for proof in item.evidence:
            if proof.key == wish.proof:
                detach(item=item, by=by, proof=proof)


def _onward(copy: WorkingCopy, section: SectionItems, wish: Wish) -> str:
    update, slug = copy.update, section.section.slug
    where = (update.state.slug, update.round.slug if update.round else "")
    if wish.verb == "leave":
        return update.get_absolute_url()
    if wish.verb == "continue":
        following = copy.after(slug)
        name = "update-section" if following else "update-check"
        return reverse(name, args=[*where, *([following.section.slug] if following else [])])
    if wish.verb == "done":
        item = next_open(copy, slug, wish.question)
        if item:
            return question_url(*where, slug, item.question.code)
    if wish.verb in ("more", "drop") and wish.question in copy.items:
        return question_url(*where, slug, wish.question, f"-{slugify(wish.proof.split('-')[0])}")
    if wish.verb in ("open", "attach", "remove", "mine", "theirs"):
        part = "-evidence" if wish.verb in ("attach", "remove") else ""
        return question_url(*where, slug, wish.question, part)
    anchor = wish.question.replace(".", "-") or "main"
    return f"{reverse('update-section', args=[*where, slug])}#{anchor}"


def _saying_saved(request: HttpRequest, url: str) -> str:
    """Tells the script that the words it kept have arrived (static/js/unsent.js)."""
    if not request.POST.get("script"):
        return url
    page, _hash, anchor = url.partition("#")
    return f"{page}{'&' if '?' in page else '?'}saved=1{_hash}{anchor}"


def _page(
    request: HttpRequest, copy: WorkingCopy, section: SectionItems, rows: list[Row], *, status: int = 200
) -> HttpResponse:
    for row in rows:
        _in_words(row)
    slugs = [found.section.slug for found in copy.sections]
    context = {
        "update": copy.update,
        "copy": copy,
        "section": section,
        "rows": rows,
        "number": slugs.index(section.section.slug) + 1,
        "of": len(slugs),
        "unconfirmed": [row for row in rows if row.can_confirm],
        "errors": [error for row in rows for error in _errors_of(row)],
        "refused": status != 200,
        "accept": ACCEPT,
    }
    return render(request, "capability/update_section.html", context, status=status)


def _in_words(row: Row) -> Row:
    """Facts as lines of words, for what is only shown."""
    code = row.item.question.code
    if row.item.question.indicator is None:
        row.said = facts_in_words(code, row.item.content.facts)
        if row.conflict and row.mine:
            row.theirs_said = facts_in_words(code, row.conflict.facts)
            row.mine_said = facts_in_words(code, row.mine.facts)
    return row


def _errors_of(row: Row) -> list[dict[str, str]]:
    """For the summary on top: each sentence with the field it leads to."""
    if not row.form.errors:
        return []
    errors = []
    for name, sentences in row.form.errors.items():
        field = row.form[name]
        anchor = f"{field.auto_id}_0" if field.use_fieldset else field.auto_id
        title = f"{row.item.question.number} {row.item.question.title}" if row.item.question.indicator else ""
        for sentence in sentences:
            text = _("%(question)s: %(error)s") % {"question": title, "error": sentence} if title else str(sentence)
            errors.append({"id": anchor, "text": text})
    return errors


__all__ = ["Outcome", "find_draft", "find_item", "update_detail", "update_save", "update_section"]
