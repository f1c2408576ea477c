from django.urls import path

from action_plan.views import attendance, certificates, courses, nominations, participants

COURSE = "training/<slug:slug>"

urlpatterns = [
    path("training/", courses.course_list, name="course-list"),
    path("training.csv", courses.course_table, name="course-table-csv"),
    path("training.xlsx", courses.course_table, {"form": "xlsx"}, name="course-table-xlsx"),
    path(f"{COURSE}/", courses.course, name="course-detail"),
    path(f"{COURSE}/edit/", courses.course_edit, name="course-edit"),
    path(f"{COURSE}/open/", courses.course_open, name="course-open"),
    path(f"{COURSE}/sessions/new/", courses.session_new, name="course-session-new"),
    path(f"{COURSE}/sessions/<int:pk>/", courses.session_edit, name="course-session-edit"),
    path(f"{COURSE}/sessions/<int:pk>/remove/", courses.session_remove, name="course-session-remove"),
    path(f"{COURSE}/nominate/", nominations.nominate, name="course-nominate"),
    path(f"{COURSE}/nominations/<int:pk>/", nominations.correct, name="course-nomination"),
    path(f"{COURSE}/nominations/<int:pk>/withdraw/", nominations.withdraw, name="course-withdraw"),
    path(f"{COURSE}/selection/", nominations.selection, name="course-selection"),
    path(f"{COURSE}/nominees.csv", nominations.nominees_csv, name="course-nominees-csv"),
    path(f"{COURSE}/nominees.xlsx", nominations.nominees_xlsx, name="course-nominees-xlsx"),
    path(f"{COURSE}/attendance/", attendance.grid, name="course-attendance"),
    path(f"{COURSE}/attendance/<int:pk>/", attendance.of_session, name="course-attendance-session"),
    path(f"{COURSE}/attendance.csv", attendance.table, name="course-attendance-csv"),
    path(f"{COURSE}/attendance.xlsx", attendance.table, {"form": "xlsx"}, name="course-attendance-xlsx"),
    path(f"{COURSE}/evaluation/", attendance.evaluation, name="course-evaluations"),
    path(f"{COURSE}/evaluation/ask/", attendance.evaluation_ask, name="course-evaluation-ask"),
    path(f"{COURSE}/certificates/", certificates.certificate_list, name="course-certificates"),
    path(f"{COURSE}/certificates.csv", certificates.certificate_table, name="course-certificates-csv"),
    path(
        f"{COURSE}/certificates.xlsx", certificates.certificate_table, {"form": "xlsx"}, name="course-certificates-xlsx"
    ),
    path(f"{COURSE}/certificates/issue/", certificates.issue, name="course-certificates-issue"),
    path(f"{COURSE}/certificates/<int:pk>/revoke/", certificates.revoke, name="course-certificate-revoke"),
    path(f"{COURSE}/certificates/<int:pk>/certificate.pdf", certificates.certificate_pdf, name="course-certificate"),
    path("participants/<str:token>/", participants.participant, name="course-participant"),
    path("participants/<str:token>/certificate.pdf", participants.certificate, name="participant-certificate"),
    path("participants/<str:token>/evaluation/", participants.evaluation, name="course-evaluation"),
    path("verify/", participants.verify_any, name="certificate-verify-any"),
    path("verify/<str:number>/", participants.verify, name="certificate-verify"),
]
