from django.urls import path

from capability.views import rounds

urlpatterns = [
    path("rounds/", rounds.round_list, name="round-list"),
    path("rounds/new/", rounds.round_new, name="round-new"),
    path("rounds/<slug:round>/", rounds.round_detail, name="round-detail"),
    path("rounds/<slug:round>/open/", rounds.round_open, name="round-open"),
    path("rounds/<slug:round>/close/", rounds.round_close, name="round-close"),
]
