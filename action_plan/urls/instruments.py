from django.urls import path

from action_plan.views import instruments

INSTRUMENT = "instruments/<slug:slug>/"

urlpatterns = [
    path("instruments/", instruments.instrument_list, name="instrument-list"),
    path("instruments.csv", instruments.instrument_csv, name="instrument-csv"),
    path("instruments.xlsx", instruments.instrument_xlsx, name="instrument-xlsx"),
    path(INSTRUMENT, instruments.instrument_detail, name="instrument-detail"),
    path(f"{INSTRUMENT}link/", instruments.instrument_link, name="instrument-link"),
    path(f"{INSTRUMENT}unlink/", instruments.instrument_unlink, name="instrument-unlink"),
]
