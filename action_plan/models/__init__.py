from action_plan.models.activities import POINT_OF, Activity, ActivityState, Audience, Kind, ParticipantCount
from action_plan.models.activity_parts import ActivityCost, ActivityFile, ActivityMove, CheckItem, Output
from action_plan.models.activity_words import ActivityWord
from action_plan.models.awareness import Campaign, Material, MaterialDownload, MaterialFile, Reach
from action_plan.models.calendar_feeds import CalendarFeed
from action_plan.models.certificates import Certificate
from action_plan.models.deployments import Deployment, Milestone
from action_plan.models.exercises import Exercise, ExerciseMove, ExerciseObserver, ExerciseTeam
from action_plan.models.expertise import Expertise, ExpertiseEvaluation, ExpertiseNeed, Placement
from action_plan.models.experts import Expert, ExpertCountry, ExpertLetter, ExpertSkill
from action_plan.models.injects import AfterAction, Expectation, HotWash, Inject, InjectNotice, Response, Score
from action_plan.models.instruments import Instrument, InstrumentActivity, InstrumentPoint
from action_plan.models.missions import Findings, Mission, MissionMember
from action_plan.models.plans import CountryPlan, LineNeed, PlanLine, PlanMove, PlanVersion
from action_plan.models.recommendations import Recommendation, RecommendationChange, RecommendationReport
from action_plan.models.requests import AskedSupport, AskedSupportMove
from action_plan.models.roundtables import Presentation
from action_plan.models.training import Attendance, Course, CourseLetter, CourseSession, Evaluation, Mark, Nomination

__all__ = [
    "POINT_OF",
    "Activity",
    "ActivityCost",
    "ActivityFile",
    "ActivityMove",
    "ActivityState",
    "ActivityWord",
    "AfterAction",
    "AskedSupport",
    "AskedSupportMove",
    "Attendance",
    "Audience",
    "CalendarFeed",
    "Campaign",
    "Certificate",
    "CheckItem",
    "CountryPlan",
    "Course",
    "CourseLetter",
    "CourseSession",
    "Deployment",
    "Evaluation",
    "Exercise",
    "ExerciseMove",
    "ExerciseObserver",
    "ExerciseTeam",
    "Expectation",
    "Expert",
    "ExpertCountry",
    "ExpertLetter",
    "ExpertSkill",
    "Expertise",
    "ExpertiseEvaluation",
    "ExpertiseNeed",
    "Findings",
    "HotWash",
    "Inject",
    "InjectNotice",
    "Instrument",
    "InstrumentActivity",
    "InstrumentPoint",
    "Kind",
    "LineNeed",
    "Mark",
    "Material",
    "MaterialDownload",
    "MaterialFile",
    "Milestone",
    "Mission",
    "MissionMember",
    "Nomination",
    "Output",
    "ParticipantCount",
    "Placement",
    "PlanLine",
    "PlanMove",
    "PlanVersion",
    "Presentation",
    "Reach",
    "Recommendation",
    "RecommendationChange",
    "RecommendationReport",
    "Response",
    "Score",
]
