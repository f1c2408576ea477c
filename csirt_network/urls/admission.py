from django.urls import path

from csirt_network.views import admission, admission_steps, network

APPLICATION = "network/applications/<int:pk>/"

urlpatterns = [
    path("network/", network.network, name="network"),
    path("network/join/", network.join, name="network-join"),
    path("network/closed-days/<slug:state>/", network.closed_days, name="closed-days"),
    path("network/closed-days/<slug:state>.csv", network.closed_days_table, {"form": "csv"}, name="closed-days-csv"),
    path("network/closed-days/<slug:state>.xlsx", network.closed_days_table, {"form": "xlsx"}, name="closed-days-xlsx"),
    path("network/closed-days/<slug:state>/<int:pk>/remove/", network.closed_day_remove, name="closed-day-remove"),
    path("network/applications/", admission.application_list, name="application-list"),
    path("network/applications.csv", admission.applications_csv, name="applications-csv"),
    path("network/applications.xlsx", admission.applications_xlsx, name="applications-xlsx"),
    path("network/applications/open/", admission.application_open, name="application-open"),
    path(APPLICATION, admission.application_detail, name="application-detail"),
    path(f"{APPLICATION}fill/", admission.application_fill, name="application-fill"),
    path(f"{APPLICATION}sign/<slug:step>/", admission_steps.application_sign, name="application-sign"),
    path(f"{APPLICATION}withdraw/", admission_steps.application_withdraw, name="application-withdraw"),
    path(f"{APPLICATION}meeting/", admission_steps.application_meeting, name="application-meeting"),
    path(f"{APPLICATION}documents/<int:document>/", admission.application_document, name="application-document"),
    path(
        f"{APPLICATION}letters/<slug:letter>/<slug:language>/", admission.application_letter, name="application-letter"
    ),
]
