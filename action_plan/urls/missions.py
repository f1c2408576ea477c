from django.urls import path

from action_plan.views import missions, recommendations

MISSION, ONE = "missions/<slug:slug>/", "recommendations/<int:pk>/"

urlpatterns = [
    path("missions/", missions.mission_list, name="mission-list"),
    path("missions.csv", missions.mission_csv, name="mission-csv"),
    path("missions.xlsx", missions.mission_xlsx, name="mission-xlsx"),
    path("missions/new/", missions.mission_new, name="mission-new"),
    path(MISSION, missions.mission_detail, name="mission-detail"),
    path(f"{MISSION}edit/", missions.mission_edit, name="mission-edit"),
    path(f"{MISSION}team/", missions.mission_team, name="mission-team"),
    path(f"{MISSION}findings/", missions.mission_findings, name="mission-findings"),
    path(f"{MISSION}release/", missions.mission_release, name="mission-release"),
    path(f"{MISSION}recommendations/new/", recommendations.recommendation_new, name="recommendation-new"),
    path("recommendations/", recommendations.recommendation_list, name="recommendation-list"),
    path("recommendations.csv", recommendations.recommendation_csv, name="recommendation-csv"),
    path("recommendations.xlsx", recommendations.recommendation_xlsx, name="recommendation-xlsx"),
    path(ONE, recommendations.recommendation_detail, name="recommendation-detail"),
    path(f"{ONE}edit/", recommendations.recommendation_edit, name="recommendation-edit"),
    path(f"{ONE}remove/", recommendations.recommendation_remove, name="recommendation-remove"),
    path(f"{ONE}report/", recommendations.recommendation_report, name="recommendation-report"),
    path(f"{ONE}decide/", recommendations.recommendation_decide, name="recommendation-decide"),
]
