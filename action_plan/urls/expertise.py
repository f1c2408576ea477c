from django.urls import path

from action_plan.views import expertise as views

ONE = "expertise/<slug:slug>/"

urlpatterns = [
    path("expertise/", views.expertise_list, name="expertise-list"),
    path("expertise.csv", views.expertise_table, {"form": "csv"}, name="expertise-csv"),
    path("expertise.xlsx", views.expertise_table, {"form": "xlsx"}, name="expertise-xlsx"),
    path("expertise/new/", views.expertise_new, name="expertise-new"),
    path(ONE, views.expertise_detail, name="expertise-detail"),
    path(f"{ONE}place/", views.expertise_place, name="expertise-place"),
    path(f"{ONE}placements/<int:pk>/", views.placement_change, name="expertise-placement"),
    path(f"{ONE}evaluate/", views.expertise_evaluate, name="expertise-evaluate"),
]
