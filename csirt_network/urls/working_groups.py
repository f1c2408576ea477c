from django.urls import path

from csirt_network.views import votes
from csirt_network.views import working_groups as views

GROUP = "working-groups/<slug:slug>/"

urlpatterns = [
    path("working-groups/", views.working_group_list, name="working-group-list"),
    path("working-groups.csv", views.working_group_table, name="working-group-table-csv"),
    path("working-groups.xlsx", views.working_group_table, {"form": "xlsx"}, name="working-group-table-xlsx"),
    path("working-groups/new/", views.working_group_new, name="working-group-new"),
    path(GROUP, views.working_group, name="working-group"),
    path(f"{GROUP}edit/", views.working_group_edit, name="working-group-edit"),
    path(f"{GROUP}join/", views.working_group_join, name="working-group-join"),
    path(f"{GROUP}leave/", views.working_group_leave, name="working-group-leave"),
    path(f"{GROUP}meetings/new/", views.meeting_new, name="working-group-meeting-new"),
    path(f"{GROUP}meetings/<int:pk>/edit/", views.meeting_edit, name="working-group-meeting-edit"),
    path(f"{GROUP}meetings/<int:pk>/calendar.ics", views.meeting_calendar, name="working-group-calendar"),
    path(f"{GROUP}papers/new/", views.paper_new, name="working-group-paper-new"),
    path(f"{GROUP}papers/<uuid:token>/", views.paper_file, name="working-group-paper"),
    path(f"{GROUP}votes/new/", votes.proposal_new, name="proposal-new"),
    path(f"{GROUP}votes/<int:pk>/", votes.proposal, name="proposal"),
    path(f"{GROUP}votes/<int:pk>/vote/", votes.proposal_vote, name="proposal-vote"),
    path(f"{GROUP}votes/<int:pk>/close/", votes.proposal_close, name="proposal-close"),
]
