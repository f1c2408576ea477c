"""Saving drafts. Every save names the revision it was made of: what a colleague saved meanwhile stays."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from capability.drafts import Content, Item, Proof, standing
from capability.forms import stored_form
from capability.models import DraftAnswer, DraftContributor, DraftEvidence, Update
from documents.models import File
from review.actions import Refused
from review.states import Status


class Conflict(Exception):
    """A colleague saved a newer revision of the same answer: ``newest``, which stays as it is."""

    def __init__(self, newest: DraftAnswer) -> None:
        super().__init__(newest)
        self.newest = newest


@transaction.atomic
def save_answer(*, item: Item, content: Content, revision: int, by: Any) -> DraftAnswer:
    """Saves `content` as made of `revision` (0: of no draft). Raises Conflict, or Refused when nothing may change."""
    _hold(item, by)
    content, is_still_true = _settle(item, content)
    item.draft = _newest(item)
    if item.draft is None:
        return _begin(item, content, by, revision=1, is_still_true=is_still_true)
    if Content.of(item.draft) == content and item.draft.is_still_true == is_still_true:
        return item.draft  # the same once more: an answer that was lost on the way, or two events for one change
    if item.draft.revision != revision:
        raise Conflict(item.draft)
    return _write(item, item.draft, by, content, is_still_true=is_still_true)


@transaction.atomic
def confirm(*, items: list[Item], by: Any) -> None:
    """Answers `items` with what is known, evidence included. Those answered meanwhile stay as they are."""
    for item in items:
        _hold(item, by)
        item.draft = _newest(item)
        if item.draft is None and item.known:
            _begin(item, item.known, by, revision=1, is_still_true=True)


@transaction.atomic
def forget(*, item: Item, revision: int, by: Any) -> None:
    """Takes the draft back, so that the last answer is there to be confirmed again."""
    _hold(item, by)
    newest = _newest(item)
    if newest and newest.revision != revision:
        raise Conflict(newest)
    if newest and item.update.status == Status.DRAFT:
        newest.delete()
        _count(item.update)


@transaction.atomic
def attach(*, item: Item, by: Any, title: str, file: File | None = None, link: str = "") -> DraftEvidence:
    """Adds a proof. Nothing else of the answer changes, so a colleague's newer words are no hindrance."""
    draft = _draft_for_evidence(item, by)
    proof = DraftEvidence.objects.create(
        answer=draft,
        state_id=draft.state_id,
        title=title[:200],
        file=file,
        link=link,
        added_by=by,
        added_at=timezone.now(),
    )
    _reconsider(item, by)
    return proof


@transaction.atomic
def detach(*, item: Item, by: Any, proof: Proof) -> None:
    """Takes a proof off the answer; what was sent with an earlier answer stays with that one."""
    draft = _draft_for_evidence(item, by)
    DraftEvidence.objects.filter(answer=draft, file=proof.file_id, link=proof.link).delete()
    _reconsider(item, by)


@transaction.atomic
def name_contributor(*, item: Item, by: Any, name: str, ministry: str, answered_at: datetime) -> None:
    """Keeps with the draft who answered, to be sent with it; the same person once."""
    draft = _draft_for_evidence(item, by)
    DraftContributor.objects.bulk_create(
        [
            DraftContributor(
                answer=draft, state_id=draft.state_id, name=name, ministry=ministry, answered_at=answered_at
            )
        ],
        ignore_conflicts=True,
    )


def _hold(item: Item, by: Any) -> None:
    """Locks the update, so that nothing is saved into what is being sent, and says why when nothing may change."""
    held = Update.objects.visible_to(by).select_for_update(of=("self",)).select_related("round").get(pk=item.update.pk)
    item.update.status = held.status
    if not held.is_open:
        raise Refused(_("This round is closed. The answers can be read, but not changed."))
    if held.status not in (Status.DRAFT, Status.RETURNED):
        raise Refused(_("This update was sent. The answers can be read, but not changed."))
    if held.status == Status.RETURNED and not item.returned:
        raise Refused(_("This answer was not returned, so it cannot be changed now."))


def _drafts(item: Item) -> QuerySet[DraftAnswer]:
    drafts = DraftAnswer.objects.filter(update=item.update, question=item.question.code)
    return drafts.select_related("saved_by").prefetch_related("evidence__file")


def _newest(item: Item) -> DraftAnswer | None:
    return _drafts(item).first()


def _settle(item: Item, content: Content) -> tuple[Content, bool]:
    """The last answer once more, without new words, is still true, and keeps the words it has."""
    known = item.known
    if known is None or content.text or replace(known, text="") != content:
        return content, False
    return known, True


def _begin(item: Item, content: Content, by: Any, *, revision: int, is_still_true: bool = False) -> DraftAnswer:
    """The first draft of an answer takes over the evidence of the one before it, and who contributed to it."""
    before = standing(item.sent or item.last)
    draft = DraftAnswer.objects.create(
        update=item.update,
        state_id=item.update.state_id,
        question=item.question.code,
        indicator=item.question.indicator,
        stage=content.stage,
        facts=content.facts,
        text=content.text,
        is_still_true=is_still_true,
        revision=revision,
        saved_by=by,
        authors=[by.pk],
    )
    DraftEvidence.objects.bulk_create(
        DraftEvidence(
            answer=draft,
            state_id=draft.state_id,
            title=proof.title,
            file_id=proof.file_id,
            link=proof.link,
            added_by_id=proof.added_by_id,
            added_at=proof.added_at,
        )
        for proof in before
    )
    _take_over_contributors(item, draft)
    return _reconsider(item, by)


def _take_over_contributors(item: Item, draft: DraftAnswer) -> None:
    """Of what came back in the same update; the years before had others."""
    before = item.sent.contributors.all() if item.sent else ()
    DraftContributor.objects.bulk_create(
        DraftContributor(
            answer=draft,
            state_id=draft.state_id,
            name=one.name,
            ministry=one.ministry,
            answered_at=one.answered_at,
        )
        for one in before
    )


def _write(item: Item, draft: DraftAnswer, by: Any, content: Content, *, is_still_true: bool) -> DraftAnswer:
    written = DraftAnswer.objects.filter(pk=draft.pk, revision=draft.revision).update(
        stage=content.stage,
        facts=content.facts,
        text=content.text,
        is_still_true=is_still_true,
        revision=F("revision") + 1,
        saved_by=by,
        saved_at=timezone.now(),
    )
    if not written:
        raise Conflict(draft)
    return _reconsider(item, by)


def _draft_for_evidence(item: Item, by: Any) -> DraftAnswer:
    """A proof may come before any word: its draft has revision 0, which the first words are then made of."""
    _hold(item, by)
    item.draft = _newest(item)
    return item.draft or _begin(item, Content.of(item.sent), by, revision=0)


def _reconsider(item: Item, by: Any) -> DraftAnswer:
    """Asks again whether the answer is complete, and writes down who worked on it."""
    draft = item.draft = _drafts(item).get()
    item.__dict__.pop("evidence", None)
    is_complete = stored_form(item).is_valid()
    authors = draft.authors if by.pk in draft.authors else [*draft.authors, by.pk]
    if (is_complete, authors) != (draft.is_complete, draft.authors):
        DraftAnswer.objects.filter(pk=draft.pk).update(is_complete=is_complete, authors=authors)
        draft.is_complete, draft.authors = is_complete, authors
    _count(item.update)
    return draft


def _count(update: Update) -> None:
    """How far the draft is: all that staff see of it."""
    complete = DraftAnswer.objects.filter(update=OuterRef("pk"), is_complete=True).order_by().values("update")
    answered = Coalesce(Subquery(complete.annotate(number=Count("pk")).values("number")), 0)
    Update.objects.filter(pk=update.pk).update(answered=answered, last_saved_at=timezone.now())
