"""Updates: how far each is, what was sent in it, and what the state was told."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from django_filters import FilterSet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.once import KEY_HEADER, key_of, once
from capability.actions.answering import NotSent, answer_and_submit
from capability.api.answers import SaidSerializer, with_evidence
from capability.api.filters import EditionFilter, RoundFilter, StateFilter
from capability.api.given import GivenUpdate, answers_of
from capability.models import Answer, AnswerDecision, Submission, Update
from capability.questions import questions_of
from capability.reads import note_submission
from capability.views.finding import find_update
from common.api.problems import Conflict, Unready
from common.api.views import Asked
from review.actions import Refused


class UpdateSerializer(serializers.ModelSerializer):
    state = serializers.SlugField(source="state.slug", read_only=True)
    round = serializers.SlugField(source="round.slug", read_only=True)
    edition = serializers.IntegerField(source="edition.year", read_only=True)
    due_on = serializers.DateField(read_only=True, help_text="Of this state: that of its round, or later.")
    extended_until: Any = serializers.DateField(read_only=True, allow_null=True, help_text="If it was given more time.")

    class Meta:
        model = Update
        fields = (
            "id",
            "state",
            "round",
            "edition",
            "status",
            "due_on",
            "extended_until",
            "answered",
            "last_saved_at",
            "accepted_at",
        )


class DecisionSerializer(serializers.ModelSerializer):
    class Meta:
        model = AnswerDecision
        fields = ("verdict", "comment", "is_released")


class SentAnswerSerializer(SaidSerializer):
    decision = serializers.SerializerMethodField()

    class Meta:
        model = Answer
        fields = (*SaidSerializer.Meta.fields, "is_changed", "decision")

    @extend_schema_field(DecisionSerializer(allow_null=True))
    def get_decision(self, answer: Answer) -> Any:
        decision = self.context["decisions"].get(answer.pk)
        return DecisionSerializer(decision).data if decision else None


class SubmissionSerializer(serializers.ModelSerializer):
    """The same for the same submission, whatever becomes of the update."""

    state = serializers.SlugField(source="update_sent.state.slug", read_only=True)
    round = serializers.SlugField(source="update_sent.round.slug", read_only=True)
    reference = serializers.CharField(read_only=True)
    submitted_by = serializers.CharField(source="submitted_by.name", read_only=True)

    class Meta:
        model = Submission
        fields = ("reference", "state", "round", "number", "key", "submitted_at", "submitted_by")


class WholeSubmissionSerializer(SubmissionSerializer):
    answers = SentAnswerSerializer(source="own_answers", many=True, read_only=True)

    class Meta:
        model = Submission
        fields = (*SubmissionSerializer.Meta.fields, "answers")


class UpdateDetailSerializer(UpdateSerializer):
    """With every submission, and the answers of the last one as they were sent."""

    submissions = SubmissionSerializer(source="sent", many=True, read_only=True)
    answers = SentAnswerSerializer(source="last_answers", many=True, read_only=True)

    class Meta:
        model = Update
        fields = (*UpdateSerializer.Meta.fields, "submissions", "answers")


class UpdateFilter(FilterSet):
    state = StateFilter()
    round = RoundFilter()
    edition = EditionFilter()

    class Meta:
        model = Update
        fields = ("state", "round", "edition", "status")


class UpdateViewSet(ListModelMixin, Asked):
    """Each state's update in each round: for the state itself and for the programme's staff. Drafts are never shown."""

    model = Update
    serializer_class = UpdateSerializer
    filterset_class = UpdateFilter
    ordering = ("-pk",)

    def rows(self, user: Any) -> QuerySet[Update]:
        updates = Update.objects.visible_to(user).in_full(user).in_rounds()
        return updates.select_related("state", "round", "edition")

    @extend_schema(responses=UpdateDetailSerializer, operation_id="updates_retrieve")
    def retrieve(self, request: Request, state: str, round: str) -> Response:
        """One update: what was sent in it, and what was decided of it."""
        user = request.user
        update: Any = find_update(user, state, round)
        update.sent = _submissions(update, user)
        for submission in update.sent[-1:]:
            note_submission(request._request, submission)
        update.last_answers = _answers(update.sent[-1:], user)
        return Response(UpdateDetailSerializer(update, context=_decided(update.last_answers, user)).data)

    @extend_schema(responses=WholeSubmissionSerializer, operation_id="updates_submission")
    def submission(self, request: Request, state: str, round: str, number: int) -> Response:
        """One of the times that an update was sent, as it was sent, with what was decided of it."""
        update = find_update(request.user, state, round)
        found: Any = next((one for one in _submissions(update, request.user) if one.number == number), None)
        if found is None:
            raise Http404
        note_submission(request._request, found)
        found.own_answers = _answers([found], request.user)
        return Response(WholeSubmissionSerializer(found, context=_decided(found.own_answers, request.user)).data)

    @extend_schema(
        operation_id="updates_submit",
        request=GivenUpdate,
        responses={200: SubmissionSerializer, 201: SubmissionSerializer},
        parameters=[KEY_HEADER],
    )
    def submit(self, request: Request, state: str, round: str) -> Response:
        """Send the update of a state: answers are checked, saved and sent together, or not at all.

        For the lead liaison. The same key again gives the same answer (200 instead of 201), and nothing is sent twice.
        What was drafted in the portal counts; a draft that says something else is kept unless replace_drafts is sent.
        """
        update = find_update(request.user, state, round)
        _permit(request.user, update)
        body = GivenUpdate(data=request.data, context={"questions": questions_of(update.edition)})
        body.is_valid(raise_exception=True)
        key = key_of(request)
        made, is_new = once(request, lambda: _send(update, key, body.validated_data, request.user))
        sent = _submissions(update, request.user)
        submission = next(one for one in sent if one.pk == made)
        return Response(SubmissionSerializer(submission).data, status=201 if is_new else 200)


def _send(update: Update, key: UUID, body: dict[str, Any], by: Any) -> tuple[int, bool]:
    try:
        submission, is_new = answer_and_submit(
            update=update, key=key, given=answers_of(body), replaces_drafts=body["replace_drafts"], by=by
        )
    except NotSent as refusal:
        errors = [{"question": one.question, "field": one.field, "detail": one.sentence} for one in refusal.wrong]
        raise Unready(str(refusal), errors) from refusal
    except Refused as refusal:
        raise Conflict(str(refusal)) from refusal
    return submission.pk, is_new


def _answers(submissions: list[Submission], user: Any) -> list[Answer]:
    answers = Answer.objects.visible_to(user).filter(submission__in=submissions).order_by("pk")
    return list(with_evidence(answers, user))


def _decided(answers: list[Answer], user: Any) -> dict[str, Any]:
    """What the serializer of the answers is told."""
    decisions = AnswerDecision.objects.visible_to(user).filter(answer__in=answers)
    return {"decisions": {decision.answer_id: decision for decision in decisions}}


def _submissions(update: Update, user: Any) -> list[Submission]:
    sent = list(Submission.objects.visible_to(user).filter(update_sent=update).select_related("submitted_by"))
    for submission in sent:
        submission.update_sent = update
    return sent


def _permit(user: Any, update: Update) -> None:
    if not user.has_perm("capability.view_draft", update):
        raise PermissionDenied(_("An update is sent by the lead liaison of its state, and by nobody else."))
    if update.is_open and not user.has_perm("capability.submit_update", update):
        raise PermissionDenied(_("An update is sent by the lead liaison of its state, and by nobody else."))
