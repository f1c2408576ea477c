from django.urls import path

from action_plan.views import activities, activity_calendar, activity_list, calendar_feeds
from action_plan.views import activity_parts as parts

urlpatterns = [
    path("activities/", activity_list.activity_list, name="activity-list"),
    path("activities.csv", activity_list.activity_csv, name="activity-csv"),
    path("activities.xlsx", activity_list.activity_xlsx, name="activity-xlsx"),
    path("activities/calendar/", activity_calendar.activity_calendar, name="activity-calendar"),
    path("activities/feeds/", calendar_feeds.calendar_feeds, name="calendar-feeds"),
    path("activities/feeds/<int:pk>/revoke/", calendar_feeds.calendar_feed_revoke, name="calendar-feed-revoke"),
    path("calendars/<str:token>/activities.ics", calendar_feeds.own_calendar, name="own-calendar"),
    path("activities/new/", activities.activity_new, name="activity-new"),
    path("activities/<slug:slug>/", activities.activity_detail, name="activity-detail"),
    path("activities/files/<uuid:token>/", parts.activity_file, name="activity-file"),
    path("activities/<slug:slug>/participants/", parts.activity_participants, name="activity-participants"),
    path("activities/<slug:slug>/check-list/", parts.activity_checks, name="activity-checks"),
    path("activities/<slug:slug>/outputs/", parts.activity_output, name="activity-output"),
    path(
        "activities/<slug:slug>/outputs/<int:pk>/remove/", parts.activity_output_remove, name="activity-output-remove"
    ),
    path("activities/<slug:slug>/files/", parts.activity_file_add, name="activity-file-add"),
    path("activities/<slug:slug>/files/<uuid:token>/remove/", parts.activity_file_remove, name="activity-file-remove"),
    path("activities/<slug:slug>/cost/", parts.activity_cost, name="activity-cost"),
    path("activities/<slug:slug>/edit/", activities.activity_edit, name="activity-edit"),
    path("activities/<slug:slug>/move/<slug:verb>/", activities.activity_move, name="activity-move"),
    path("activities/<slug:slug>/audience/", activities.activity_audience, name="activity-audience"),
    path("activities/<slug:slug>/outcome/", activities.activity_outcome, name="activity-outcome"),
]
