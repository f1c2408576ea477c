"""The action plan: each subject has its addresses in a file of its own."""

from action_plan.urls import awareness, requests

urlpatterns = [
    *awareness.urlpatterns,
    *requests.urlpatterns,
]
