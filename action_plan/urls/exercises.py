from django.urls import path

from action_plan.views import exercise_reports, exercises, injects

ONE = "exercises/<slug:slug>/"
INJECT = f"{ONE}injects/<int:number>/"

urlpatterns = [
    path("exercises/", exercises.exercise_list, name="exercise-list"),
    path("exercises.csv", exercises.exercise_csv, name="exercise-csv"),
    path("exercises.xlsx", exercises.exercise_xlsx, name="exercise-xlsx"),
    path("exercises/new/", exercises.exercise_new, name="exercise-new"),
    path(ONE, exercises.exercise_detail, name="exercise-detail"),
    path(f"{ONE}edit/", exercises.exercise_edit, name="exercise-edit"),
    path(f"{ONE}people/", exercises.exercise_people, name="exercise-people"),
    path(f"{ONE}move/<slug:verb>/", exercises.exercise_move, name="exercise-move"),
    path(f"{ONE}live/", injects.live, name="exercise-live"),
    path(f"{ONE}injects/new/", injects.inject_new, name="exercise-inject-new"),
    path(INJECT, injects.inject_page, name="exercise-inject"),
    path(f"{INJECT}edit/", injects.inject_edit, name="exercise-inject-edit"),
    path(f"{INJECT}remove/", injects.inject_remove, name="exercise-inject-remove"),
    path(f"{INJECT}release/", injects.inject_release, name="exercise-inject-release"),
    path(f"{INJECT}scores/", injects.inject_scores, name="exercise-inject-scores"),
    path(f"{ONE}hot-wash/", exercise_reports.hot_wash, name="exercise-hot-wash"),
    path(f"{ONE}report/", exercise_reports.report, name="exercise-report"),
    path(f"{ONE}report/edit/", exercise_reports.report_edit, name="exercise-report-edit"),
    path(f"{ONE}report.pdf", exercise_reports.report_pdf, name="exercise-report-pdf"),
    path(f"{ONE}timeline.csv", exercise_reports.timeline_csv, name="exercise-timeline-csv"),
    path(f"{ONE}timeline.xlsx", exercise_reports.timeline_xlsx, name="exercise-timeline-xlsx"),
    path(f"{ONE}recommendations/new/", exercise_reports.recommend, name="exercise-recommend"),
]
