"""To be read here; what stands in it is made on the pages of the portal."""

from django.contrib import admin

from accounts.desk import ReadDesk
from action_plan.models import (
    Activity,
    ActivityCost,
    ActivityFile,
    ActivityMove,
    ActivityState,
    ActivityWord,
    AfterAction,
    AskedSupport,
    AskedSupportMove,
    CalendarFeed,
    Campaign,
    CheckItem,
    CountryPlan,
    Course,
    CourseLetter,
    CourseSession,
    Deployment,
    Exercise,
    ExerciseMove,
    ExerciseObserver,
    ExerciseTeam,
    Expectation,
    Expert,
    ExpertCountry,
    Expertise,
    ExpertiseEvaluation,
    ExpertiseNeed,
    ExpertLetter,
    ExpertSkill,
    Findings,
    HotWash,
    Inject,
    InjectNotice,
    Instrument,
    InstrumentActivity,
    InstrumentPoint,
    LineNeed,
    Material,
    MaterialDownload,
    MaterialFile,
    Milestone,
    Mission,
    MissionMember,
    Output,
    ParticipantCount,
    Placement,
    PlanLine,
    PlanMove,
    PlanVersion,
    Presentation,
    Reach,
    Recommendation,
    RecommendationChange,
    RecommendationReport,
    Response,
    Score,
)


@admin.register(Activity)
class ActivityDesk(ReadDesk):
    list_display = ("title", "kind", "point", "status", "starts_on", "ends_on", "audience")
    list_filter = ("status", "kind", "point")
    search_fields = ("title_en", "title_es", "title_fr", "title_pt_br", "place")


@admin.register(ActivityState)
class ActivityStateDesk(ReadDesk):
    list_display = ("activity", "state", "audience")


@admin.register(ParticipantCount)
class ParticipantCountDesk(ReadDesk):
    list_display = ("activity", "state", "sector", "women", "men", "other", "not_stated")


@admin.register(ActivityMove)
class ActivityMoveDesk(ReadDesk):
    list_display = ("activity", "status_before", "status_after", "by", "at")


@admin.register(CheckItem)
class CheckItemDesk(ReadDesk):
    list_display = ("activity", "text", "is_done")


@admin.register(Output)
class OutputDesk(ReadDesk):
    list_display = ("activity", "what", "link")


@admin.register(ActivityWord)
class ActivityWordDesk(ReadDesk):
    list_display = ("activity", "word", "audience")


@admin.register(ActivityFile)
class ActivityFileDesk(ReadDesk):
    list_display = ("activity", "title", "name", "added_at")


@admin.register(ActivityCost)
class ActivityCostDesk(ReadDesk):
    list_display = ("activity", "amount", "currency")


@admin.register(CalendarFeed)
class CalendarFeedDesk(ReadDesk):
    list_display = ("name", "person", "state", "expires_at", "revoked_at")


@admin.register(CountryPlan)
class CountryPlanDesk(ReadDesk):
    list_display = ("state", "starts_on", "ends_on", "status", "owner")
    list_filter = ("status",)


@admin.register(PlanLine)
class PlanLineDesk(ReadDesk):
    list_display = ("plan", "point", "target_stage", "target_on")


@admin.register(LineNeed)
class LineNeedDesk(ReadDesk):
    list_display = ("line", "kind", "stage", "level", "trend", "chosen_at")
    list_filter = ("kind",)


@admin.register(PlanVersion)
class PlanVersionDesk(ReadDesk):
    list_display = ("plan", "number", "offered_by", "offered_at")


@admin.register(PlanMove)
class PlanMoveDesk(ReadDesk):
    list_display = ("plan", "verb", "name", "at")
    list_filter = ("verb",)


@admin.register(Course)
class CourseDesk(ReadDesk):
    list_display = ("activity", "seats", "nominations_close_on", "opened_at")


@admin.register(CourseSession)
class CourseSessionDesk(ReadDesk):
    list_display = ("course", "title", "starts_at", "ends_at")


@admin.register(CourseLetter)
class CourseLetterDesk(ReadDesk):
    list_display = ("pk", "about", "queued_at", "status", "sent_at", "until", "is_used")
    list_filter = ("status", "about")
    fields = ("about", "status", "reason", "queued_at", "sent_at", "until")


@admin.register(AskedSupport)
class AskedSupportDesk(ReadDesk):
    list_display = ("state", "point", "status", "asked_at", "officer")
    list_filter = ("status", "point")


@admin.register(AskedSupportMove)
class AskedSupportMoveDesk(ReadDesk):
    list_display = ("subject", "status_before", "status_after", "by", "at")


@admin.register(Campaign)
class CampaignDesk(ReadDesk):
    list_display = ("activity", "message")


@admin.register(Material)
class MaterialDesk(ReadDesk):
    list_display = ("title", "kind", "campaign", "published_at", "withdrawn_at")


@admin.register(MaterialFile)
class MaterialFileDesk(ReadDesk):
    list_display = ("material", "language", "name", "at", "replaced_at")
    exclude = ("content",)


@admin.register(MaterialDownload)
class MaterialDownloadDesk(ReadDesk):
    list_display = ("file", "day", "count")


@admin.register(Reach)
class ReachDesk(ReadDesk):
    list_display = ("campaign", "channel", "number", "unit", "method", "starts_on", "ends_on")


@admin.register(Instrument)
class InstrumentDesk(ReadDesk):
    list_display = ("name", "kind", "adopted", "reference", "source")


@admin.register(InstrumentPoint)
class InstrumentPointDesk(ReadDesk):
    list_display = ("instrument", "point", "source")


@admin.register(InstrumentActivity)
class InstrumentActivityDesk(ReadDesk):
    list_display = ("instrument", "activity")


@admin.register(Presentation)
class PresentationDesk(ReadDesk):
    list_display = ("activity", "state", "subject", "as_host")


@admin.register(Deployment)
class DeploymentDesk(ReadDesk):
    list_display = ("state", "activity", "team", "started_by", "started_at")


@admin.register(Milestone)
class MilestoneDesk(ReadDesk):
    list_display = ("deployment", "step", "reached", "by", "at")


@admin.register(Mission)
class MissionDesk(ReadDesk):
    list_display = ("activity", "state", "requested_on", "is_released")
    list_filter = ("is_released",)


@admin.register(MissionMember)
class MissionMemberDesk(ReadDesk):
    list_display = ("mission", "name", "role", "organisation")


@admin.register(Findings)
class FindingsDesk(ReadDesk):
    list_display = ("mission", "state", "is_released")


@admin.register(Recommendation)
class RecommendationDesk(ReadDesk):
    list_display = ("mission", "exercise", "number", "state", "institution", "due_on", "priority", "status")
    list_filter = ("status", "priority")


@admin.register(RecommendationReport)
class RecommendationReportDesk(ReadDesk):
    list_display = ("recommendation", "status", "by", "at", "decision")


@admin.register(RecommendationChange)
class RecommendationChangeDesk(ReadDesk):
    list_display = ("recommendation", "column", "by", "at")


@admin.register(Expert)
class ExpertDesk(ReadDesk):
    list_display = ("pk", "status", "made_at", "confirmed_at", "left_at")
    list_filter = ("status",)


@admin.register(ExpertSkill)
class ExpertSkillDesk(ReadDesk):
    list_display = ("expert_id", "factor", "level")


@admin.register(ExpertCountry)
class ExpertCountryDesk(ReadDesk):
    list_display = ("expert_id", "country")


@admin.register(ExpertLetter)
class ExpertLetterDesk(ReadDesk):
    list_display = ("pk", "queued_at", "status", "sent_at")
    list_filter = ("status",)
    fields = ("status", "reason", "queued_at", "sent_at")


@admin.register(Expertise)
class ExpertiseDesk(ReadDesk):
    list_display = ("activity", "state", "made_at")


@admin.register(ExpertiseNeed)
class ExpertiseNeedDesk(ReadDesk):
    list_display = ("expertise_id", "factor")


@admin.register(Placement)
class PlacementDesk(ReadDesk):
    list_display = ("expertise_id", "expert_id", "starts_on", "ends_on", "status")


@admin.register(ExpertiseEvaluation)
class ExpertiseEvaluationDesk(ReadDesk):
    list_display = ("expertise_id", "score", "by", "at")


@admin.register(Exercise)
class ExerciseDesk(ReadDesk):
    list_display = ("name", "director", "planned_at", "status", "is_released")
    list_filter = ("status",)


@admin.register(ExerciseTeam)
class ExerciseTeamDesk(ReadDesk):
    list_display = ("exercise", "team", "state")


@admin.register(ExerciseObserver)
class ExerciseObserverDesk(ReadDesk):
    list_display = ("exercise", "person")


@admin.register(ExerciseMove)
class ExerciseMoveDesk(ReadDesk):
    list_display = ("exercise", "status_before", "status_after", "second", "by", "at")


@admin.register(Inject)
class InjectDesk(ReadDesk):
    list_display = ("exercise", "number", "kind", "title", "due_minute", "released_at")


@admin.register(Expectation)
class ExpectationDesk(ReadDesk):
    list_display = ("inject",)


@admin.register(Response)
class ResponseDesk(ReadDesk):
    list_display = ("inject", "player", "by", "second", "at")


@admin.register(Score)
class ScoreDesk(ReadDesk):
    list_display = ("inject", "player", "level", "by", "at")


@admin.register(HotWash)
class HotWashDesk(ReadDesk):
    list_display = ("exercise", "player", "by", "at")


@admin.register(AfterAction)
class AfterActionDesk(ReadDesk):
    list_display = ("exercise", "edited")


@admin.register(InjectNotice)
class InjectNoticeDesk(ReadDesk):
    list_display = ("inject", "player", "at")
