from django.urls import path

from reporting.views import archive, reports, schedules

urlpatterns = [
    path("reports/", reports.run_list, name="run-list"),
    path("reports.csv", archive.run_table, name="run-table-csv"),
    path("reports.xlsx", archive.run_table, {"form": "xlsx"}, name="run-table-xlsx"),
    path("reports/make/", reports.run_make, name="run-make"),
    path("reports/archive/", archive.archive, name="run-archive"),
    path("reports/archive.csv", archive.archive_table, name="run-archive-table"),
    path("reports/archive.xlsx", archive.archive_table, {"form": "xlsx"}, name="run-archive-table-xlsx"),
    path("reports/<int:pk>/", reports.run_detail, name="run-detail"),
    path("reports/<int:pk>/retry/", reports.run_retry, name="run-retry"),
    path("reports/<int:pk>/<slug:language>.<slug:format>", reports.run_file, name="run-file"),
    path("reports/schedules/", schedules.schedule_list, name="schedule-list"),
    path("reports/schedules.csv", schedules.schedule_table, {"form": "csv"}, name="schedule-csv"),
    path("reports/schedules.xlsx", schedules.schedule_table, {"form": "xlsx"}, name="schedule-xlsx"),
    path("reports/schedules/new/", schedules.schedule_new, name="schedule-new"),
    path("reports/schedules/<int:pk>/", schedules.schedule_detail, name="schedule-detail"),
    path("reports/schedules/<int:pk>/pause/", schedules.schedule_pause, name="schedule-pause"),
]
