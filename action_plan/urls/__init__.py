"""The action plan: each subject has its addresses in a file of its own."""

from django.urls import URLPattern

from action_plan.urls import (
    activities,
    awareness,
    deployments,
    exercises,
    expertise,
    experts,
    instruments,
    missions,
    plans,
    requests,
    training,
)

urlpatterns: list[URLPattern] = [
    *activities.urlpatterns,
    *awareness.urlpatterns,
    *deployments.urlpatterns,
    *exercises.urlpatterns,
    *expertise.urlpatterns,
    *experts.urlpatterns,
    *instruments.urlpatterns,
    *missions.urlpatterns,
    *plans.urlpatterns,
    *requests.urlpatterns,
    *training.urlpatterns,
]
