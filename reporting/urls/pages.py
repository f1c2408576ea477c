"""Pages that read across the house."""

from django.conf import settings
from django.urls import path

from reporting.views import front, region, states

urlpatterns = [
    path("", front.front, name="front"),
    *(path(f"{code}/", front.front_in, {"language": code}, name=f"front-{code}") for code, _ in settings.LANGUAGES),
    path("region/", region.region, name="region"),
    path("region/matrix.csv", region.region_matrix, name="region-matrix"),
    path("states/", states.state_list, name="state-list"),
    path("states/<slug:slug>/", states.state_detail, name="state-detail"),
    path("states/<slug:slug>/maturity/", states.state_maturity, name="state-maturity"),
    path("states/<slug:slug>/updates/", states.state_updates, name="state-updates"),
]
