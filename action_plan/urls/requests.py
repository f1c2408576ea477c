from django.urls import path

from action_plan.views import requests

REQUEST = "requests/<int:pk>/"

urlpatterns = [
    path("requests/", requests.request_list, name="request-list"),
    path("requests.csv", requests.requests_csv, name="requests-csv"),
    path("requests.xlsx", requests.requests_xlsx, name="requests-xlsx"),
    path("requests/new/", requests.request_new, name="request-new"),
    path(REQUEST, requests.request_detail, name="request-detail"),
    path(f"{REQUEST}take-over/", requests.request_take, name="request-take"),
    path(f"{REQUEST}plan/", requests.request_plan, name="request-plan"),
    path(f"{REQUEST}decline/", requests.request_decline, name="request-decline"),
    path(f"{REQUEST}met/", requests.request_met, name="request-met"),
    path(f"{REQUEST}take-back/", requests.request_take_back, name="request-take-back"),
]
