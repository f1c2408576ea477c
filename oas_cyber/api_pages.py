"""What people read of the API: its page and its description."""

from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer2, OpenApiYamlRenderer2
from drf_spectacular.views import SpectacularAPIView
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import IsAuthenticated

from accounts.api import TokenAuthentication


class Offer(NamedTuple):
    path: str
    words: str | Promise
    method: str = "GET"


OFFERS = (
    Offer("states/", _("The member states, in the language of your profile.")),
    Offer("states/{state}/documents/", _("The documents of a state’s answers, without their content.")),
    Offer("states/{state}/csirt/", _("What a state said of its national CSIRT and other teams, over time.")),
    Offer("states/{state}/strategy/", _("What a state said of its national strategy, over time.")),
    Offer("states/{state}/threats/", _("The threat picture of a state, over time.")),
    Offer("states/{state}/requests/", _("What a state asked the programme for, over time.")),
    Offer("states/{state}/compare/", _("A state beside its past, the region, and states that share with you.")),
    Offer("states/{state}/over-time/", _("The maturity of a state at each accepted update.")),
    Offer("states/{state}/moves/", _("What moved in a state, and which activities came before.")),
    Offer("region/over-time/", _("The region over time, from five states up.")),
    Offer("region/moves/", _("What moved in all states, for the programme’s staff.")),
    Offer("objectives/", _("The programme’s five objectives, with live figures.")),
    Offer("rounds/timeliness/", _("Who sent on time, late or not at all, for the programme’s staff.")),
    Offer("indicators/", _("The maturity model: every indicator, with a sentence for each stage.")),
    Offer("rounds/", _("Update rounds, with their dates.")),
    Offer("updates/", _("The update of each state in each round, and how far it is.")),
    Offer("updates/{state}/{round}/", _("One update: what was sent, and what was decided.")),
    Offer("updates/{state}/{round}/submissions/{number}/", _("An update as it was sent once, with what was decided.")),
    Offer("updates/{state}/{round}/submit/", _("Send the update of your state, as its lead liaison."), "POST"),
    Offer("answers/", _("The current profile: of each state and question the answer accepted last.")),
    Offer("facts/csirts/", _("National and other CSIRTs.")),
    Offer("facts/strategies/", _("Where each national strategy stands.")),
    Offer("facts/threats/", _("The threat picture of each state.")),
    Offer("facts/requests/", _("Requests for support.")),
    Offer("facts/indices/", _("Figures of indices of others, by edition.")),
    Offer("facts/laws/", _("Laws and conventions.")),
    Offer("network/applications/", _("Applications to the network of CSIRTs that you are a side of.")),
    Offer("alerts/", _("Alerts of the network that their label lets you read.")),
    Offer("alerts/{id}/", _("One alert: its texts, and indicators as tools want them.")),
    Offer("alerts/{id}/acknowledge/", _("Answer an alert for your team."), "POST"),
    Offer("alerts/{id}/sightings/", _("Report that your team saw it."), "POST"),
    Offer("alerts/{id}/stix/", _("One alert as a bundle of STIX 2.1.")),
    Offer("csirts/", _("The directory of teams, with the contacts you may know.")),
    Offer("library/", _("The library of the network, as far as its labels let you read.")),
    Offer("network/assessments/", _("SIM3 assessments that you may read.")),
    Offer("network/profiles/", _("The SIM3 levels that teams of some kind should reach.")),
    Offer("network/maturity/", _("How mature the teams of the region find themselves together, by SIM3.")),
    Offer("network/figures/", _("What is exchanged in the network, counted.")),
    Offer("network/claims/", _("Networks and domains that your team claims as its own.")),
    Offer("network/warnings/", _("Early warnings: what touches the networks and domains of your team.")),
    Offer("exchange/objects/", _("Objects of STIX 2.1 in the collections, as far as you may read them.")),
    Offer("exchange/imports/", _("Files that your team looked at and imported.")),
    Offer("working-groups/", _("Working groups, their mandates and who takes part.")),
    Offer("working-groups/{group}/meetings/", _("The calendar of a working group.")),
    Offer("working-groups/{group}/votes/", _("What a working group votes on, and the results.")),
    Offer("working-groups/{group}/papers/", _("Papers and minutes of a working group.")),
    Offer("plans/", _("Country plans that you may read, with their seven lines.")),
    Offer("activities/", _("What the programme does and did, as far as you may know of it.")),
    Offer("partners/", _("Partners of the programme, and others that its agreements name.")),
    Offer("agreements/", _("What partners and the programme agreed on, as far as you may read it.")),
    Offer("commitments/", _("What parties of agreements undertook, as far as you may read it.")),
    Offer("commitments/{id}/deliveries/", _("Report what your organisation delivered on a commitment."), "POST"),
    Offer("contributions/", _("What was given, as it was stated, as far as you may read it.")),
    Offer("courses/", _("Courses with their sessions, and how long nominations are taken.")),
    Offer("missions/", _("Technical assistance missions, with findings and recommendations once they are shared.")),
    Offer("recommendations/", _("What became of each recommendation of a mission.")),
    Offer("deployments/", _("How far the CSIRT of each state is, milestone by milestone.")),
    Offer("requests/", _("What states asked the programme for, and how far it is.")),
    Offer("materials/", _("Materials of awareness campaigns, with a file for each language.")),
    Offer("instruments/", _("The instruments behind the programme, and what implements each.")),
    Offer("notes/", _("Notes verbales to your state, and whether they were answered.")),
    Offer("contact-points/", _("Whom your state named as its points of contact.")),
    Offer("operations/", _("Joint operations, as far as you take part or a label lets you read.")),
    Offer("campaigns/", _("Awareness campaigns, for whom they are and how they reach them.")),
    Offer("deliveries/", _("What was delivered on commitments, as far as you may read it.")),
    Offer("rates/", _("The exchange rates that amounts are compared by, for the programme’s staff.")),
    Offer("expertise/", _("Requests for expertise of your state.")),
    Offer("sharing-groups/", _("The sharing groups that your teams are in.")),
    Offer("csirts/{slug}/history/", _("What a team said of itself before.")),
    Offer("alerts/{id}/answers/", _("Who has opened and answered an alert, for whoever asked.")),
    Offer("reports/", _("Finished reports that you may read, and where their files are.")),
    Offer("reports/files/{id}/", _("A file of a report: PDF or XLSX.")),
    Offer("certificates/{number}/", _("Whether a certificate of a course is valid.")),
    Offer("reports/sent/", _("What was sent to whom, for the programme’s staff.")),
    Offer("agreements/{slug}/amendments/", _("What amendments changed in an agreement: the terms before and after.")),
    Offer("plans/{id}/versions/", _("A country plan as it was offered each time, and what was answered.")),
    Offer("plans/{id}/versions/{number}/", _("A country plan as it was offered once.")),
    Offer("alerts/{id}/versions/", _("An alert as it went out each time, for whoever could read it then.")),
    Offer("alerts/{id}/versions/{number}/", _("An alert as it went out once, for whoever could read it then.")),
    Offer("alerts/{id}/corrections/", _("Other words that were proposed for an alert, and what became of them.")),
    Offer("exercises/", _("Crisis management exercises of your team, and those that you run or watch.")),
    Offer("exercises/{slug}/injects/", _("The injects of an exercise that have come at your team.")),
    Offer("exercises/{slug}/injects/{number}/responses/", _("Answer an inject for your team."), "POST"),
    Offer("exercises/{slug}/timeline/", _("What happened in an exercise, in order, as far as you may see it.")),
    Offer("exercises/{slug}/report/", _("The after-action report of an exercise, once it is published.")),
    Offer("alerts/{id}/comments/", _("What readers of an alert say of it to each other.")),
    Offer("activities/{slug}/people/", _("Whom public texts name at an activity, with the title held then.")),
    Offer("contributions/{slug}/instalments/", _("What is due of a contribution and what came in, for its giver.")),
    Offer("contributions/{slug}/allocations/", _("What a contribution is set aside for, for its giver.")),
    Offer("network/contact-tests/", _("Contact tests of the network, for the programme’s staff.")),
    Offer("network/contact-tests/{id}/calls/", _("Who was called in a contact test, and when each answered.")),
    Offer("network/entries/", _("Entries of the directory to look after, for the programme’s staff.")),
    Offer("csirts/{slug}/reachability/", _("How soon a team answered contact tests.")),
    Offer("closed-days/", _("Days on which a state does not work besides its public holidays.")),
    Offer("schedules/", _("Reports that are made by themselves, for the programme’s staff.")),
    Offer("sources/", _("Where published figures and facts come from.")),
    Offer("links/", _("Links that could not be reached, for the programme’s staff.")),
    Offer("search/", _("What holds these words, of everything that you may read.")),
    Offer("my-turn/", _("What waits for you, the most urgent first.")),
)


@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """For people who are signed in; a token opens no pages."""
    if request.token:  # type: ignore[attr-defined]
        raise PermissionDenied
    reads, sends = (settings.API_LIMITS[name][0] for name in ("read-token", "submit-token"))
    context = {"offers": OFFERS, "api": f"{settings.SITE_URL}/api/v1/", "reads": reads, "sends": sends}
    return render(request, "api/documentation.html", context)


@lru_cache
def _description(language: str) -> dict[str, Any]:
    with override(language):
        return dict(SchemaGenerator().get_schema(request=None, public=True))


class KeptGenerator(SchemaGenerator):
    """The description is the same for everybody and takes a second to make: a process makes it once per language."""

    def get_schema(self, request: Any = None, public: bool = False) -> dict[str, Any]:
        asked = get_language()
        return _description(asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE)


class Schema(SpectacularAPIView):
    """JSON, or YAML for whoever asks for it. The one view here that a session opens too: it says nothing of anybody."""

    renderer_classes: Any = (OpenApiJsonRenderer2, OpenApiYamlRenderer2)  # application/json, application/yaml
    authentication_classes: Any = (TokenAuthentication, SessionAuthentication)
    permission_classes = (IsAuthenticated,)
    generator_class = KeptGenerator
