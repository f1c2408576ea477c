"""Alerts as their pages show them: what the labels let the token's owner read, answer and sight."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.once import KEY_HEADER, key_of, once
from common.api.problems import Conflict
from common.api.views import Asked, Reading
from csirt_network.actions.answering import acknowledge
from csirt_network.actions.sighting import sight
from csirt_network.alert_filter import AlertFilter
from csirt_network.alert_words import languages_of
from csirt_network.answers import sides_of
from csirt_network.api.files import KeptFileSerializer
from csirt_network.board import board_of
from csirt_network.forms.answers import AcknowledgeForm
from csirt_network.forms.sightings import SightingForm
from csirt_network.models import Acknowledgement, Alert, AlertFile, Indicator, Sighting, Team
from csirt_network.obstacles import quoted_by
from csirt_network.reads import note_reading
from review.actions import Refused

TEXTS = [f"{name}_{suffix}" for name in ("title", "happening", "to_do") for suffix in ("en", "es", "fr", "pt_br")]


class AlertSerializer(serializers.ModelSerializer):
    code = serializers.CharField(read_only=True)
    title = serializers.CharField(source="title_in_any", read_only=True)
    from_team: Any = serializers.SlugField(
        source="from_team.slug", read_only=True, default=None, allow_null=True, help_text="None: the programme."
    )
    languages = serializers.SerializerMethodField()

    class Meta:
        model = Alert
        fields: tuple[str, ...] = (
            "id",
            "code",
            "version",
            "tlp",
            "pap",
            "kind",
            "title",
            "from_team",
            "is_exercise",
            "published_at",
            "answer_by",
            "closed_at",
            "rsit",
            "cves",
            "languages",
        )

    def get_languages(self, alert: Alert) -> list[str]:
        return languages_of(alert)


class NetworkIndicatorSerializer(serializers.ModelSerializer):
    class Meta:
        model = Indicator
        fields = ("id", "kind", "value", "first_seen", "note")


class AlertFileSerializer(KeptFileSerializer):
    tlp = serializers.CharField(help_text="Its own label; empty: that of the alert.")
    route = "alert-file"

    def arguments(self, file: Any) -> list[Any]:
        return [file.alert_id, file.token]


class AlertDetailSerializer(AlertSerializer):
    """With all texts, and the indicators as tools want them."""

    indicators: Any = NetworkIndicatorSerializer(many=True, read_only=True, source="standing_indicators")
    quotes: Any = serializers.ListField(
        child=serializers.IntegerField(),
        source="shown_quotes",
        read_only=True,
        help_text="The alerts it quotes, of those that the token's owner may read.",
    )
    files: Any = AlertFileSerializer(many=True, read_only=True, source="standing_files")

    class Meta(AlertSerializer.Meta):
        fields = (*AlertSerializer.Meta.fields, *TEXTS, "products", "closing", "indicators", "quotes", "files")


class GivenAlertAnswer(serializers.Serializer):
    answer = serializers.ChoiceField(choices=Acknowledgement.Answer.choices)
    note = serializers.CharField(required=False, allow_blank=True, max_length=2000)
    side = serializers.CharField(required=False, help_text="For people of several teams: the number of one, or me.")


class SaidAlertAnswer(serializers.ModelSerializer):
    team: Any = serializers.SlugField(source="team.slug", read_only=True, default=None, allow_null=True)

    class Meta:
        model = Acknowledgement
        fields = ("answer", "note", "team", "version", "at")


class GivenSighting(serializers.Serializer):
    indicator = serializers.IntegerField(required=False, allow_null=True, help_text="None: seen, and not said which.")
    kind = serializers.ChoiceField(choices=Sighting.Kind.choices)
    count = serializers.IntegerField(min_value=0)
    seen_on = serializers.DateField()
    note = serializers.CharField(required=False, allow_blank=True, max_length=500)


class SaidSighting(serializers.ModelSerializer):
    class Meta:
        model = Sighting
        fields = ("key", "indicator", "kind", "count", "seen_on", "note", "at")


class AlertViewSet(Reading):
    """Alerts of the network. Every one says its TLP label and what may be done with it: keep to it."""

    model, serializer_class, filterset_class = Alert, AlertSerializer, AlertFilter
    lookup_value_converter = "int"
    ordering = ("-year", "-number")

    def rows(self, user: Any) -> QuerySet[Alert]:
        return Alert.objects.visible_to(user).out().select_related("from_team")

    @extend_schema(responses=AlertDetailSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One alert. Reading TLP:AMBER+STRICT and TLP:RED is recorded, as on its page."""
        alert: Any = self.get_object()
        note_reading(request._request, alert)
        alert.standing_indicators = list(Indicator.objects.visible_to(request.user).standing().filter(alert=alert))
        alert.shown_quotes = [quoted.pk for quoted in quoted_by(alert, request.user)]
        alert.standing_files = list(AlertFile.objects.visible_to(request.user).standing().filter(alert=alert))
        return Response(AlertDetailSerializer(alert).data)

    @extend_schema(operation_id="alerts_acknowledge", request=GivenAlertAnswer, responses=SaidAlertAnswer)
    def acknowledge(self, request: Request, pk: int) -> Response:
        """Answer for your team: the same answer again changes nothing, another one replaces it."""
        alert = self._find(request, pk)
        if not request.user.has_perm("csirt_network.answer_alert", alert):
            raise PermissionDenied(_("Your team was not sent this alert, so its answer is not asked for."))
        form = AcknowledgeForm(_body(request), sides=sides_of(alert, request.user))
        try:
            said = acknowledge(alert=alert, by=request.user, **_checked(form))
        except Refused as refusal:
            raise Conflict(str(refusal)) from refusal
        return Response(SaidAlertAnswer(said).data)

    @extend_schema(
        operation_id="alerts_sight",
        request=GivenSighting,
        responses={200: SaidSighting, 201: SaidSighting},
        parameters=[KEY_HEADER],
    )
    def sight(self, request: Request, pk: int) -> Response:
        """Say that your team saw it, how often and when; or that an indicator is a false positive, or has expired.

        The same key again gives the same answer (200 instead of 201).
        """
        alert = self._find(request, pk)
        team = Team.objects.own(request.user).order_by("pk").first()
        if team is None or not request.user.has_perm("csirt_network.sight_alert", alert):
            raise PermissionDenied(_("Sightings come from teams of the network."))
        standing = Indicator.objects.visible_to(request.user).standing().filter(alert=alert)
        key = key_of(request)
        given = _checked(SightingForm(_body(request) | {"key": key}, indicators=standing))
        own = Sighting.objects.visible_to(request.user)

        def make() -> tuple[int, bool]:
            try:
                sight(alert=alert, team=team, by=request.user, **given)
            except Refused as refusal:
                raise Conflict(str(refusal)) from refusal
            made = own.filter(alert=alert, **given | {"note": given["note"].strip()}).first()
            if made is None:  # or it says something else: of a colleague, or of a day ago
                raise Conflict(_("This key was used for another sighting. Send a new one."))
            return made.pk, True

        made, is_new = once(request, make)
        return Response(SaidSighting(own.get(pk=made)).data, status=201 if is_new else 200)

    def _find(self, request: Request, pk: int) -> Alert:
        found = self.rows(request.user).filter(pk=pk).first()
        if found is None:
            raise Http404
        return found


class AnsweredSerializer(serializers.Serializer):
    name = serializers.CharField(help_text="Of the team, or of a person who was named.")
    state = serializers.CharField()
    opened_at = serializers.DateTimeField(allow_null=True)
    answer: Any = SaidAlertAnswer(allow_null=True)


class AlertAnswerViewSet(Asked):
    """Which teams an alert went to, which have opened it and what they answered; for whoever asked them."""

    model = Alert
    pagination_class = None

    def rows(self, user: Any) -> QuerySet[Alert]:
        return Alert.objects.visible_to(user).out()

    @extend_schema(operation_id="alert_answers_list", responses=AnsweredSerializer(many=True))
    def list(self, request: Request, pk: int) -> Response:
        """Who needs help first."""
        alert = self.rows(request.user).filter(pk=pk).first()
        if alert is None:
            raise Http404
        if not request.user.has_perm("csirt_network.view_answers", alert):
            raise PermissionDenied(_("Answers are read by whoever asked for them."))
        return Response(AnsweredSerializer(board_of(alert, request.user), many=True).data)


def _body(request: Request) -> dict[str, Any]:
    """As a form takes it."""
    given = request.data if isinstance(request.data, dict) else {}
    return {name: value for name, value in given.items() if value is not None}


def _checked(form: Any) -> dict[str, Any]:
    if not form.is_valid():
        raise ValidationError({name: [str(error) for error in errors] for name, errors in form.errors.items()})
    given: dict[str, Any] = form.cleaned_data
    return given
