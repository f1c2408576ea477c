from django.urls import path

from csirt_network.views import freshness

urlpatterns = [
    path("csirts/<slug:slug>/confirm/", freshness.team_confirm, name="team-confirm"),
    path("csirts/<slug:slug>/reachability/", freshness.team_reachability, name="team-reachability"),
    path("csirts/<slug:slug>/reachability/<int:pk>/", freshness.drill_answer, name="drill-answer"),
    path("network/entries/", freshness.freshness, name="freshness"),
    path("network/entries.csv", freshness.freshness_table, name="freshness-csv"),
    path("network/entries.xlsx", freshness.freshness_table, {"form": "xlsx"}, name="freshness-xlsx"),
    path("network/contact-tests/new/", freshness.drill_new, name="drill-new"),
    path("network/contact-tests/<int:pk>/", freshness.drill_detail, name="drill-detail"),
    path("network/contact-tests/<int:pk>.csv", freshness.drill_table, name="drill-csv"),
    path("network/contact-tests/<int:pk>.xlsx", freshness.drill_table, {"form": "xlsx"}, name="drill-xlsx"),
    path("network/contact-tests/<int:pk>/<slug:slug>/", freshness.drill_phone, name="drill-phone"),
    path("contact-test/link/<str:token>/", freshness.drill_link, name="drill-link"),
]
