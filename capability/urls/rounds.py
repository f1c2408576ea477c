from django.urls import path

from capability.views import extensions, reminding, rounds, timeliness

urlpatterns = [
    path("rounds/", rounds.round_list, name="round-list"),
    path("rounds.csv", rounds.round_table, name="round-table-csv"),
    path("rounds.xlsx", rounds.round_table, {"form": "xlsx"}, name="round-table-xlsx"),
    path("rounds/new/", rounds.round_new, name="round-new"),
    path("rounds/timeliness/", timeliness.round_timeliness, name="round-timeliness"),
    path("rounds/timeliness.csv", timeliness.round_timeliness_table, name="round-timeliness-table"),
    path("rounds/timeliness.xlsx", timeliness.round_timeliness_workbook, name="round-timeliness-workbook"),
    path("rounds/<slug:round>/", rounds.round_detail, name="round-detail"),
    path("rounds/<slug:round>.csv", rounds.round_states_table, name="round-states-csv"),
    path("rounds/<slug:round>.xlsx", rounds.round_states_table, {"form": "xlsx"}, name="round-states-xlsx"),
    path("rounds/<slug:round>/open/", rounds.round_open, name="round-open"),
    path("rounds/<slug:round>/close/", rounds.round_close, name="round-close"),
    path("rounds/<slug:round>/remind/", reminding.round_remind, name="round-remind"),
    path("states/<slug:state>/updates/<slug:round>/extend/", extensions.update_extend, name="update-extend"),
]
