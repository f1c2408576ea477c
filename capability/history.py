"""Who changed what in an update, from the audit trail, in words: the page behind "stage 2 → 3, by whom, when"."""

import json
from typing import Any, NamedTuple

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import AuditEntry, User
from capability.models import Answer, AnswerDecision, Evidence, Submission, Update
from capability.questions import questions_of

PAGE = 50
ON_ITS_WAY = frozenset({"id", "version", "at", "last_saved_at", "key"})  # columns that say nothing to people
TOLD = {  # what is told of a row that was added or removed
    "capability.update": ("status",),
    "capability.submission": ("number",),
    "capability.answer": ("stage", "text", "facts"),
    "capability.answerdecision": ("verdict", "comment"),
    "capability.evidence": ("title", "link"),
}

LABELS = {  # columns whose names are no words for people
    "audience": gettext_lazy("Who sees it"),
    "answered": gettext_lazy("Questions answered"),
    "is_released": gettext_lazy("Released to the state"),
}


class Change(NamedTuple):
    label: str
    before: str
    after: str


class Line(NamedTuple):
    entry: AuditEntry
    who: str
    subject: str
    changes: list[Change]


def entries_of(update: Update, user: Any, question: str = "", *, reads: bool = False) -> QuerySet[AuditEntry]:
    """Every change of the update, its submissions, answers, proof and decisions; or of one question only.

    With `reads`, also who of the programme read what was sent.
    """
    answers = Answer.objects.visible_to(user).filter(update=update)
    answers = answers.filter(question=question) if question else answers
    ids = list(answers.values_list("pk", flat=True))
    about = (
        Q(model="capability.answer", object_id__in=ids)
        | Q(model="capability.evidence", object_id__in=_ids(Evidence, user, ids))
        | Q(model="capability.answerdecision", object_id__in=_ids(AnswerDecision, user, ids))
        | Q(model="capability.answerdecision", verb="D", before__answer_id__in=ids)
    )
    if not question:
        sent = Submission.objects.visible_to(user).filter(update_sent=update).values("pk")
        about |= Q(model="capability.update", object_id=update.pk) | Q(
            model="capability.submission", object_id__in=sent
        )
    entries = AuditEntry.objects.visible_to(user).filter(about).order_by("-id")
    return entries if reads else entries.exclude(verb=AuditEntry.Verb.READ)


def lines_of(entries: list[AuditEntry], update: Update, user: Any) -> list[Line]:
    """The same queries for one entry and for a page of them."""
    people = User.objects.visible_to(user).in_bulk({entry.by_id for entry in entries if entry.by_id})
    answers = {answer.pk: answer for answer in _answers(update, user)}
    titles = {
        code: f"{question.number} {question.title}".strip() for code, question in questions_of(update.edition).items()
    }
    return [
        Line(
            entry,
            str(people.get(entry.by_id, _("Not known"))),
            _subject(entry, answers, titles),
            _changes(entry, answers),
        )
        for entry in entries
    ]


def _ids(model: Any, user: Any, answers: list[int]) -> QuerySet[Any]:
    return model.objects.visible_to(user).filter(answer__in=answers).values("pk")


def _answers(update: Update, user: Any) -> QuerySet[Answer]:
    """Those of the update, and those accepted earlier in the edition that they are read against."""
    same_state = Answer.objects.visible_to(user).filter(state=update.state_id, update__edition=update.edition_id)
    return same_state.filter(Q(update=update) | Q(is_accepted=True)).select_related("submission").order_by("pk")


def _subject(entry: AuditEntry, answers: dict[int, Answer], titles: dict[str, str]) -> str:
    row = entry.after or entry.before or {}
    answer = answers.get(entry.object_id if entry.model == "capability.answer" else row.get("answer_id", 0))
    what = capfirst(str(_model(entry)._meta.verbose_name))
    if answer is None:
        return what
    return _("%(what)s, %(question)s") % {"what": what, "question": titles.get(answer.question, answer.question)}


def _changes(entry: AuditEntry, answers: dict[int, Answer]) -> list[Change]:
    before, after = entry.before or {}, entry.after or {}
    if entry.verb == AuditEntry.Verb.CHANGED:
        columns = [column for column, _old, _new in entry.changes if column not in ON_ITS_WAY]
    else:
        columns = list(TOLD[entry.model])
    if entry.model == "capability.answer" and entry.verb == AuditEntry.Verb.ADDED:
        before = _said_before(answers.get(entry.object_id), answers)
    told = [Change(_label(entry, c), _words(entry, c, before.get(c)), _words(entry, c, after.get(c))) for c in columns]
    return [change for change in told if change.before != change.after]


def _said_before(answer: Answer | None, answers: dict[int, Answer]) -> dict[str, Any]:
    """The answer to the same question that this one took up: of the submission before, or accepted before."""
    if answer is None:
        return {}
    older = [other for other in answers.values() if other.question == answer.question and other.pk < answer.pk]
    return {} if not older else {name: getattr(older[-1], name) for name in TOLD["capability.answer"]}


def _model(entry: AuditEntry) -> Any:
    return apps.get_model(entry.model)


def _field(entry: AuditEntry, column: str) -> Any:
    try:
        return _model(entry)._meta.get_field(column.removesuffix("_id"))
    except FieldDoesNotExist:
        return None


def _label(entry: AuditEntry, column: str) -> str:
    field = _field(entry, column)
    words = LABELS.get(column) or (field.verbose_name if field else column)
    return capfirst(str(words))


def _words(entry: AuditEntry, column: str, value: Any) -> str:
    if value is None or value in ("", {}):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    choices = {str(code): str(words) for code, words in getattr(_field(entry, column), "flatchoices", ())}
    words = choices.get(str(value), "")
    if column == "stage":
        return f"{value} {words}"
    return words or (json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value))
