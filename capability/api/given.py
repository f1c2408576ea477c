"""What a program may send: answers as the pages would save them, and nothing else."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from capability.actions.answering import Given
from capability.drafts import Content
from capability.forms.strategy import MOST, STAGES
from capability.models import Stage
from capability.models.strategies import PEOPLE
from capability.questions import CSIRT, REQUESTS, STRATEGY, THREATS, threat_classes
from common.api.bodies import Strict
from common.mandate import Point, Sector


def words(length: int = 500) -> Any:
    return serializers.CharField(required=False, allow_blank=True, max_length=length)


class CsirtFacts(Strict):
    status, name, short_name, host = words(), words(), words(), words()
    website, constituency = words(), words()
    established = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=9999)
    answers_day_and_night = serializers.BooleanField(required=False, allow_null=True)


class StageDates(Strict):
    """When each stage was reached: 2023, 2023-05 or 2023-05-17."""

    def get_fields(self) -> dict[str, Any]:
        return {stage.value: words(10) for stage in STAGES}


class Version(Strict):
    title, adopted, link = words(), words(10), words()


class Consultation(Strict):
    sector = serializers.ChoiceField(choices=Sector.choices)
    held = words(10)

    def get_fields(self) -> dict[str, Any]:
        number: dict[str, Any] = {"required": False, "allow_null": True, "min_value": 0, "max_value": 999_999}
        return super().get_fields() | {name: serializers.IntegerField(**number) for name in PEOPLE}


class StrategyFacts(Strict):
    step, title, adopted, later_versions, link = words(), words(), words(), words(), words()
    in_force = serializers.BooleanField(required=False, allow_null=True)
    stages = StageDates(required=False)
    versions: Any = serializers.ListSerializer(child=Version(), required=False, max_length=MOST["versions"])
    consultations: Any = serializers.ListSerializer(
        child=Consultation(), required=False, max_length=MOST["consultations"]
    )


class ThreatFacts(Strict):
    level, trend, source = words(), words(), words()


class ThreatsFacts(Strict):
    """One entry for each class of threat, and the source of the whole picture."""

    def get_fields(self) -> dict[str, Any]:
        of_all = {"source": words(200)}
        return {threat.code: ThreatFacts(required=False) for threat in threat_classes()} | of_all


class RequestsFacts(Strict):
    """One text for each point that support is asked for."""

    def get_fields(self) -> dict[str, Any]:
        return {str(point.value): words(2000) for point in Point}


FACTS: dict[str, type[Strict]] = {
    CSIRT: CsirtFacts,
    STRATEGY: StrategyFacts,
    THREATS: ThreatsFacts,
    REQUESTS: RequestsFacts,
}


class GivenEvidence(Strict):
    title = words(200)
    link = serializers.CharField(max_length=500)


class GivenAnswer(Strict):
    """For an indicator stage and text; for csirt, strategy, threats and requests facts and text."""

    question = serializers.CharField(max_length=12, help_text="Its code: D1.1, csirt, strategy, threats, requests.")
    stage = serializers.IntegerField(required=False, allow_null=True, min_value=min(Stage), max_value=max(Stage))
    text = serializers.CharField(required=False, allow_blank=True, max_length=4000)
    facts = serializers.DictField(required=False, help_text="As the answers of the profile hold them.")
    still_true = serializers.BooleanField(default=False, help_text="The last accepted answer holds; nothing else here.")
    evidence: Any = serializers.ListSerializer(child=GivenEvidence(), required=False, max_length=10)

    def validate_question(self, question: str) -> str:
        if question not in self.context["questions"]:
            raise serializers.ValidationError(_("This update asks no such question."))
        return question

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        code, facts = attrs["question"], attrs.get("facts") or {}
        is_rated = self.context["questions"][code].indicator is not None
        if is_rated and facts:
            raise serializers.ValidationError({"facts": [_("This question takes a stage and no facts.")]})
        if not is_rated and attrs.get("stage") is not None:
            raise serializers.ValidationError({"stage": [_("This question takes facts and no stage.")]})
        if attrs["still_true"] and (facts or attrs.get("stage") or attrs.get("text")):
            raise serializers.ValidationError({"still_true": [_("Say that it is still true, or what it is now.")]})
        return attrs if is_rated else attrs | {"facts": _facts(code, facts)}


class GivenUpdate(Strict):
    answers: Any = serializers.ListSerializer(child=GivenAnswer(), max_length=100)
    replace_drafts = serializers.BooleanField(
        default=False, help_text="Overwrite what somebody began to write in the portal."
    )

    def validate_answers(self, answers: list[dict[str, Any]]) -> list[dict[str, Any]]:
        codes = [answer["question"] for answer in answers]
        if twice := sorted({code for code in codes if codes.count(code) > 1}):
            sentence = _("Answer each question once. These come twice: %(codes)s.") % {"codes": ", ".join(twice)}
            raise serializers.ValidationError(sentence)
        return answers


def _facts(code: str, facts: dict[str, Any]) -> dict[str, Any]:
    said = FACTS[code](data=facts)
    if not said.is_valid():
        raise serializers.ValidationError({"facts": said.errors})
    return _without_blanks(said.validated_data)


def _without_blanks(facts: dict[str, Any]) -> dict[str, Any]:
    plain = {name: _plain(value) for name, value in facts.items()}
    return {name: value for name, value in plain.items() if value not in ("", None, {}, [])}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [row for row in map(_plain, value) if row]
    return _without_blanks(value) if isinstance(value, dict) else value


def answers_of(body: dict[str, Any]) -> list[Given]:
    return [
        Given(
            question=answer["question"],
            content=Content(answer.get("stage"), answer.get("facts") or {}, answer.get("text", "")),
            is_still_true=answer["still_true"],
            evidence=tuple((proof.get("title", ""), proof["link"]) for proof in answer.get("evidence", ())),
        )
        for answer in body["answers"]
    ]
