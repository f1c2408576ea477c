"""The action plan: each subject has its addresses in a file of its own."""

from django.urls import URLPattern

from action_plan.urls import requests

urlpatterns: list[URLPattern] = [
    *requests.urlpatterns,
]
