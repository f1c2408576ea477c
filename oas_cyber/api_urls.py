"""The API, version 1. Its own page and its description stand first; then what it offers."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from action_plan.api.activities import ActivityViewSet
from action_plan.api.awareness import CampaignViewSet, MaterialViewSet
from action_plan.api.certificates import VerificationViewSet
from action_plan.api.deployments import DeploymentViewSet
from action_plan.api.exercises import AfterActionViewSet, ExerciseViewSet, InjectViewSet, TimelineViewSet
from action_plan.api.expertise import ExpertiseViewSet
from action_plan.api.instruments import InstrumentViewSet
from action_plan.api.missions import MissionViewSet
from action_plan.api.plans import PlanVersionViewSet, PlanViewSet
from action_plan.api.recommendations import RecommendationViewSet
from action_plan.api.requests import SupportViewSet
from action_plan.api.training import CourseViewSet
from capability.api import answers, documents, facts, framework, of_state, rounds, updates
from capability.api.timeliness import TimelinessViewSet
from correspondence.api import ContactViewSet, NoteViewSet
from csirt_network.api.admission import ApplicationViewSet
from csirt_network.api.alert_history import AlertVersionViewSet, CommentViewSet, CorrectionViewSet
from csirt_network.api.alerts import AlertAnswerViewSet, AlertViewSet
from csirt_network.api.directory import TeamViewSet
from csirt_network.api.figures import NetworkFiguresViewSet
from csirt_network.api.freshness import (
    ClosedDayViewSet,
    DrillCallViewSet,
    DrillViewSet,
    ReachabilityViewSet,
    StaleViewSet,
)
from csirt_network.api.groups import ProfileVersionViewSet, SharingGroupViewSet
from csirt_network.api.library import LibraryViewSet
from csirt_network.api.maturity import AssessmentViewSet, RegionMaturityViewSet, Sim3ProfileViewSet
from csirt_network.api.working_groups import MeetingViewSet, PaperViewSet, ProposalViewSet, WorkingGroupViewSet
from documents.api import LinkViewSet, SourceViewSet
from exchange.api.alerts import AlertStixViewSet
from exchange.api.claims import ClaimViewSet, WarningViewSet
from exchange.api.objects import ImportViewSet, ObjectViewSet
from member_states.api import StateViewSet
from notices.api import TurnViewSet
from oas_cyber import api_pages
from partnerships.api.agreements import AgreementViewSet, AmendmentViewSet
from partnerships.api.deliveries import DeliveryViewSet, RateViewSet
from partnerships.api.operations import OperationViewSet
from partnerships.api.partners import PartnerViewSet
from partnerships.api.people import PeopleOfActivityViewSet
from partnerships.api.promises import (
    AllocationViewSet,
    CommitmentViewSet,
    ContributionViewSet,
    InstalmentViewSet,
)
from reporting.api import CompareViewSet
from reporting.api_insight import (
    RegionMovesViewSet,
    RegionOverTimeViewSet,
    StateMovesViewSet,
    StateOverTimeViewSet,
)
from reporting.api_objectives import ObjectiveViewSet
from reporting.api_of_reports import ReportFileViewSet, ReportViewSet, ScheduleViewSet, SentReportViewSet
from search.api import SearchViewSet

router = SimpleRouter(use_regex_path=False)
router.register("states", StateViewSet, "api-state")
router.register("indicators", framework.IndicatorViewSet, "api-indicator")
router.register("rounds", rounds.RoundViewSet, "api-round")
router.register("answers", answers.AnswerViewSet, "api-answer")
router.register("facts/csirts", facts.CsirtViewSet, "api-csirt")
router.register("facts/strategies", facts.StrategyViewSet, "api-strategy")
router.register("facts/threats", facts.ThreatViewSet, "api-threat")
router.register("facts/requests", facts.RequestViewSet, "api-request")
router.register("facts/indices", facts.IndexViewSet, "api-index")
router.register("network/applications", ApplicationViewSet, "api-application")
router.register("network/contact-tests", DrillViewSet, "api-contact-test")
router.register("facts/laws", facts.LawViewSet, "api-law")
router.register("plans", PlanViewSet, "api-plan")
router.register("alerts", AlertViewSet, "api-alert")
router.register("csirts", TeamViewSet, "api-team")
router.register("materials", MaterialViewSet, "api-material")
router.register("activities", ActivityViewSet, "api-activity")
router.register("library", LibraryViewSet, "api-library")
router.register("network/assessments", AssessmentViewSet, "api-assessment")
router.register("network/profiles", Sim3ProfileViewSet, "api-sim3-profile")
router.register("working-groups", WorkingGroupViewSet, "api-working-group")
router.register("requests", SupportViewSet, "api-support")
router.register("courses", CourseViewSet, "api-course")
router.register("missions", MissionViewSet, "api-mission")
router.register("deployments", DeploymentViewSet, "api-deployment")
router.register("instruments", InstrumentViewSet, "api-instrument")
router.register("agreements", AgreementViewSet, "api-agreement")
router.register("partners", PartnerViewSet, "api-partner")
router.register("operations", OperationViewSet, "api-operation")
router.register("exercises", ExerciseViewSet, "api-exercise")
router.register("recommendations", RecommendationViewSet, "api-recommendation")
router.register("commitments", CommitmentViewSet, "api-commitment")
router.register("exchange/objects", ObjectViewSet, "api-object")
router.register("exchange/imports", ImportViewSet, "api-import")
router.register("contributions", ContributionViewSet, "api-contribution")
router.register("notes", NoteViewSet, "api-note")
router.register("contact-points", ContactViewSet, "api-contact")
router.register("network/claims", ClaimViewSet, "api-claim")
router.register("network/warnings", WarningViewSet, "api-warning")
router.register("deliveries", DeliveryViewSet, "api-delivery")
router.register("campaigns", CampaignViewSet, "api-campaign")
router.register("expertise", ExpertiseViewSet, "api-expertise")
router.register("sharing-groups", SharingGroupViewSet, "api-sharing-group")
router.register("sources", SourceViewSet, "api-source")
router.register("reports", ReportViewSet, "api-report")
router.register("schedules", ScheduleViewSet, "api-schedule")

EXERCISE = "exercises/<slug:slug>/"
GROUP = "working-groups/<slug:group>/"
UPDATE = "updates/<slug:state>/<slug:round>/"
alert = AlertViewSet
update, one = updates.UpdateViewSet, {"basename": "api-update"}

urlpatterns = [
    path("", api_pages.documentation, name="api"),
    path("schema/", api_pages.Schema.as_view(), name="api-schema"),
    path(
        "states/<slug:state>/documents/",
        documents.DocumentViewSet.as_view({"get": "list"}, basename="api-document"),
        name="api-document-list",
    ),
    path("states/<slug:state>/compare/", CompareViewSet.as_view({"get": "list"}), name="api-compare"),
    path("states/<slug:state>/over-time/", StateOverTimeViewSet.as_view({"get": "list"}), name="api-state-over-time"),
    path("states/<slug:state>/moves/", StateMovesViewSet.as_view({"get": "list"}), name="api-state-moves"),
    path("region/over-time/", RegionOverTimeViewSet.as_view({"get": "list"}), name="api-region-over-time"),
    path("region/moves/", RegionMovesViewSet.as_view({"get": "list"}), name="api-region-moves"),
    path("objectives/", ObjectiveViewSet.as_view({"get": "list"}), name="api-objectives"),
    path("rounds/timeliness/", TimelinessViewSet.as_view({"get": "list"}), name="api-timeliness"),
    path("updates/", update.as_view({"get": "list"}, **one), name="api-update-list"),
    path(UPDATE, update.as_view({"get": "retrieve"}, **one), name="api-update-detail"),
    path(f"{UPDATE}submit/", update.as_view({"post": "submit"}, **one), name="api-update-submit"),
    path(f"{UPDATE}submissions/<int:number>/", update.as_view({"get": "submission"}, **one), name="api-submission"),
    path("states/<slug:state>/csirt/", of_state.StateCsirt.as_view({"get": "list"}), name="api-state-csirt"),
    path("states/<slug:state>/strategy/", of_state.StateStrategy.as_view({"get": "list"}), name="api-state-strategy"),
    path("states/<slug:state>/threats/", of_state.StateThreats.as_view({"get": "list"}), name="api-state-threats"),
    path("states/<slug:state>/requests/", of_state.StateRequests.as_view({"get": "list"}), name="api-state-requests"),
    path("alerts/<int:pk>/acknowledge/", alert.as_view({"post": "acknowledge"}), name="api-alert-acknowledge"),
    path("alerts/<int:pk>/sightings/", alert.as_view({"post": "sight"}), name="api-alert-sight"),
    path("alerts/<int:pk>/stix/", AlertStixViewSet.as_view({"get": "stix"}), name="api-alert-stix"),
    path("alerts/<int:pk>/answers/", AlertAnswerViewSet.as_view({"get": "list"}), name="api-alert-answers"),
    path("alerts/<int:pk>/versions/", AlertVersionViewSet.as_view({"get": "list"}), name="api-alert-versions"),
    path(
        "alerts/<int:pk>/versions/<int:number>/",
        AlertVersionViewSet.as_view({"get": "retrieve"}),
        name="api-alert-version",
    ),
    path("alerts/<int:pk>/corrections/", CorrectionViewSet.as_view({"get": "list"}), name="api-alert-corrections"),
    path("alerts/<int:pk>/comments/", CommentViewSet.as_view({"get": "list"}), name="api-alert-comments"),
    path(
        "network/contact-tests/<int:pk>/calls/",
        DrillCallViewSet.as_view({"get": "list"}),
        name="api-contact-test-calls",
    ),
    path("network/entries/", StaleViewSet.as_view({"get": "list"}), name="api-network-entries"),
    path("closed-days/", ClosedDayViewSet.as_view({"get": "list"}), name="api-closed-day-list"),
    path(
        "csirts/<slug:slug>/reachability/", ReachabilityViewSet.as_view({"get": "list"}), name="api-team-reachability"
    ),
    path(
        "activities/<slug:slug>/people/", PeopleOfActivityViewSet.as_view({"get": "list"}), name="api-activity-people"
    ),
    path(
        "contributions/<slug:slug>/instalments/",
        InstalmentViewSet.as_view({"get": "list"}),
        name="api-contribution-instalments",
    ),
    path(
        "contributions/<slug:slug>/allocations/",
        AllocationViewSet.as_view({"get": "list"}),
        name="api-contribution-allocations",
    ),
    path("csirts/<slug:slug>/history/", ProfileVersionViewSet.as_view({"get": "list"}), name="api-team-history"),
    path("reports/sent/", SentReportViewSet.as_view({"get": "list"}), name="api-sent-report-list"),
    path("reports/files/<int:pk>/", ReportFileViewSet.as_view({"get": "retrieve"}), name="api-report-file"),
    path("certificates/<str:number>/", VerificationViewSet.as_view({"get": "retrieve"}), name="api-certificate"),
    path("links/", LinkViewSet.as_view({"get": "list"}), name="api-link-list"),
    path("rates/", RateViewSet.as_view({"get": "list"}), name="api-rate-list"),
    path(
        "commitments/<int:pk>/deliveries/",
        CommitmentViewSet.as_view({"post": "deliver"}),
        name="api-commitment-deliver",
    ),
    path("network/maturity/", RegionMaturityViewSet.as_view({"get": "list"}), name="api-network-maturity"),
    path("network/figures/", NetworkFiguresViewSet.as_view({"get": "list"}), name="api-network-figures"),
    path(f"{GROUP}meetings/", MeetingViewSet.as_view({"get": "list"}), name="api-meeting-list"),
    path(f"{GROUP}votes/", ProposalViewSet.as_view({"get": "list"}), name="api-proposal-list"),
    path(f"{GROUP}papers/", PaperViewSet.as_view({"get": "list"}), name="api-paper-list"),
    path(f"{EXERCISE}injects/", InjectViewSet.as_view({"get": "list"}), name="api-inject-list"),
    path(
        f"{EXERCISE}injects/<int:number>/responses/",
        InjectViewSet.as_view({"post": "respond"}),
        name="api-inject-respond",
    ),
    path(f"{EXERCISE}timeline/", TimelineViewSet.as_view({"get": "list"}), name="api-exercise-timeline"),
    path(f"{EXERCISE}report/", AfterActionViewSet.as_view({"get": "retrieve"}), name="api-exercise-report"),
    path("plans/<int:pk>/versions/", PlanVersionViewSet.as_view({"get": "list"}), name="api-plan-versions"),
    path(
        "plans/<int:pk>/versions/<int:number>/",
        PlanVersionViewSet.as_view({"get": "retrieve"}),
        name="api-plan-version",
    ),
    path(
        "agreements/<slug:slug>/amendments/",
        AmendmentViewSet.as_view({"get": "list"}),
        name="api-agreement-amendments",
    ),
    path("my-turn/", TurnViewSet.as_view({"get": "list"}), name="api-my-turn"),
    path("search/", SearchViewSet.as_view({"get": "list"}), name="api-search"),
    *router.urls,
]
